"""Bringing the snapshot up to what the ledger says."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import duckdb
from django.db.models import Max, Min, Q
from django.utils import timezone

from kapula_web.ledger.models import AttributeName, Event, LedgerChange, Observation, Outcome, Question, Response
from kapula_web.ledger.snapshot.extract import Shape, block_of_rows, write_part
from kapula_web.ledger.snapshot.manifest import Manifest, Part, load, locked, save

BLOCK: Final = 100_000
LAYOUT: Final = 2
"""Raise when the columns of a part change: the next refresh then writes every part anew."""

_MODELS: Final = {"responses": Response, "observations": Observation, "events": Event, "outcomes": Outcome}
_ALONG: Final = {"responses": ("responses", "comments")}


def pending(organisation_id: int) -> int:
    """How many changes the snapshot has not taken in and can no longer wait for."""
    due = Q(due_at=None) | Q(due_at__lte=timezone.now())
    return LedgerChange.objects.filter(due, organisation_id=organisation_id).count()


def refresh(organisation_id: int, *, purge: bool = False) -> Manifest:
    """Take in all committed changes and return the manifest that holds them.

    ``purge``: files of replaced parts go at once, not at the next refresh (a reader may still be opening them);
    erasing a person uses it.
    """
    with locked(organisation_id) as home:
        manifest = load(organisation_id)
        # Listed before the rows are read: what is committed in between is read as well, and named again by its own change.
        changes = list(LedgerChange.objects.filter(organisation_id=organisation_id))
        if manifest.layout != LAYOUT:
            manifest = _swap(organisation_id, home, manifest, _all_blocks(organisation_id) | _known_blocks(manifest))
        elif changes:
            manifest = _swap(organisation_id, home, manifest, _touched(changes))
        LedgerChange.objects.filter(pk__in=[change.pk for change in changes]).delete()
        if purge:
            _sweep(home, manifest, keep=())
        return manifest


def rebuild(organisation_id: int) -> Manifest:
    """Write the whole snapshot anew from the ledger."""
    with locked(organisation_id) as home:
        manifest = load(organisation_id)
        return _swap(organisation_id, home, manifest, _all_blocks(organisation_id) | _known_blocks(manifest))


def _touched(changes: Iterable[LedgerChange]) -> set[tuple[str, int]]:
    return {
        (table, block)
        for change in changes
        for table in _ALONG.get(change.table, (change.table,))
        for block in range(change.first_id // BLOCK, change.last_id // BLOCK + 1)
    }


def _known_blocks(manifest: Manifest) -> set[tuple[str, int]]:
    return {(part.table, part.block) for part in manifest.parts}


def _all_blocks(organisation_id: int) -> set[tuple[str, int]]:
    found = set()
    for table, model in _MODELS.items():
        ends = model._default_manager.filter(organisation_id=organisation_id).aggregate(low=Min("id"), high=Max("id"))
        if ends["low"] is not None:
            blocks = range(ends["low"] // BLOCK, ends["high"] // BLOCK + 1)
            found |= {(name, block) for name in _ALONG.get(table, (table,)) for block in blocks}
    return found


def _swap(organisation_id: int, home: Path, manifest: Manifest, blocks: set[tuple[str, int]]) -> Manifest:
    as_of = timezone.now().isoformat()
    shape = _shape(organisation_id)
    parts = []
    with duckdb.connect() as con:
        con.execute("set threads = 2; set TimeZone = 'UTC'")
        for table, block in sorted(blocks):
            rows = block_of_rows(table, organisation_id, block * BLOCK, (block + 1) * BLOCK - 1)
            file = home / f"{table}-{block:06d}-{uuid.uuid4().hex[:12]}.parquet"
            if rows.num_rows:
                write_part(con, table, rows, shape, str(file))
            parts.append(Part(table, block, str(file), rows.num_rows))
    following = manifest.with_parts(parts, LAYOUT, as_of)
    save(organisation_id, following)
    _sweep(home, following, keep=following.retired)
    return following


def _shape(organisation_id: int) -> Shape:
    codes = Question.objects.filter(organisation_id=organisation_id, is_comment=False).order_by("code")
    return Shape(tuple(codes.values_list("code", flat=True)), _attributes(organisation_id))


def _attributes(organisation_id: int) -> tuple[str, ...]:
    """Names of the attributes responses carry, as the imports' plans declared them."""
    names = AttributeName.objects.filter(organisation_id=organisation_id).order_by("name")
    return tuple(names.values_list("name", flat=True))


def _sweep(home: Path, manifest: Manifest, keep: tuple[str, ...]) -> None:
    """Remove files no manifest names. Those just replaced stay for readers that opened the list a moment ago."""
    wanted = {part.file for part in manifest.parts} | set(keep)
    for file in home.glob("*.parquet"):
        if str(file) not in wanted:
            file.unlink(missing_ok=True)
