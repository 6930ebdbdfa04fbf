"""The example world's rows → the ledger, staged and written as an import's are."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc
from django.utils import timezone

from kapula.connectors.contract import Batch, ColumnPlan, Plan
from kapula.example import World
from kapula.schema import ANSWER_PREFIX, ATTRIBUTE_PREFIX
from kapula_web.accounts.models import Organisation, User
from kapula_web.ledger.imports.compare import coverage
from kapula_web.ledger.imports.declare import known_codes
from kapula_web.ledger.imports.dialect import dialect
from kapula_web.ledger.imports.stage import Stage
from kapula_web.ledger.imports.targets import TARGETS
from kapula_web.ledger.imports.write import write
from kapula_web.ledger.models import Import, Source

_SHAPES = {"responses": "wide", "observations": "observations", "events": "events", "outcomes": "outcomes"}
_OF_CUSTOMERS = ("events", "outcomes")
_CUSTOMER_SYSTEM = "customer_system"
"""Where what customers did, and what came of it, is kept."""


def take_in(world: World, organisation: Organisation, actor: User) -> None:
    """Every table of the world; each source's rows are one finished import that can be looked at and undone."""
    sources = {source.code: source for source in Source.objects.filter(organisation=organisation)}
    for code, batch in _batches(world):
        _import(batch, sources[code], actor)


def _batches(world: World) -> Iterator[tuple[str, Batch]]:
    for code in pc.unique(world.responses["source"]).to_pylist():
        rows = world.responses.filter(pc.equal(world.responses["source"], code)).drop_columns(["source"])
        said = world.comments.filter(pc.is_in(world.comments["external_id"], value_set=rows["external_id"]))
        yield code, Batch("responses", _without_empty(rows), said, (), 1, 1)
    yield from _series(world)
    for table in _OF_CUSTOMERS:
        rows = getattr(world, table)
        if table == "events" and "external_id" not in rows.column_names:
            rows = rows.append_column("external_id", pa.array([f"E-{n:06d}" for n in range(1, rows.num_rows + 1)]))
        yield _CUSTOMER_SYSTEM, Batch(table, rows, None, (), 1, 1)


def _series(world: World) -> Iterator[tuple[str, Batch]]:
    """Each operational series comes from the system that keeps it."""
    of_source: dict[str, list[str]] = {}
    for series in world.organisation.series:
        of_source.setdefault(series.source, []).append(series.code)
    for code, measures in of_source.items():
        rows = world.observations.filter(pc.is_in(world.observations["measure"], value_set=pa.array(measures)))
        yield code, Batch("observations", rows, None, (), 1, 1)


def _without_empty(rows: pa.Table) -> pa.Table:
    """Questions the survey never asked are not blank answers: their columns go."""
    spread = (ANSWER_PREFIX, ATTRIBUTE_PREFIX)
    silent = [name for name in rows.column_names if name.startswith(spread) and rows[name].null_count == rows.num_rows]
    return rows.drop_columns(silent)


def _import(batch: Batch, source: Source, actor: User) -> None:
    organisation, target, now = source.organisation, TARGETS[batch.table], timezone.now()
    plan = Plan("parquet", _SHAPES[batch.table], tuple(_column(name) for name in batch.rows.column_names))
    run = Import.objects.create(
        organisation=organisation, source=source, file_name=f"{source.code}_{batch.table}.parquet", state=Import.State.RUNNING,
        plan=plan.to_dict(), created_by=actor, started_at=now,
    )  # fmt: skip
    with Stage(target, merging=False, codes=known_codes(organisation)) as stage:
        stage.add(batch)
        stage.ready()
        found = coverage(target, plan, organisation=organisation.pk, source=source.pk, merging=False)
        with dialect().long_write():
            written = write(found, import_id=run.pk, organisation=organisation, now=now)
            Import.objects.filter(pk=run.pk).update(
                state=Import.State.DONE, added=written.added, finished_at=timezone.now(), done=1, total=1
            )
            Source.objects.filter(pk=source.pk).update(last_received_at=now)


def _column(name: str) -> ColumnPlan:
    if name.startswith(ANSWER_PREFIX):
        return ColumnPlan(name, "score", question=name.removeprefix(ANSWER_PREFIX))
    return ColumnPlan(name, "attribute" if name.startswith(ATTRIBUTE_PREFIX) else name)
