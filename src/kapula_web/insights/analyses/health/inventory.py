"""The organisation's measures, sources and questions as the library's inventory."""

from __future__ import annotations

import hashlib
from typing import Final

import pyarrow as pa

from kapula.analyses.health.inventory import NAMES
from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses.health.rows import measures, questions, sources
from kapula_web.insights.openings.services import counted_since

SCHEMA: Final = pa.schema(
    [
        (
            name,
            pa.date32()
            if name in ("created", "last_opened", "changed")
            else pa.int64()
            if name in ("received", "rejected", "comments")
            else pa.float64()
            if name in ("low", "high")
            else pa.string(),
        )
        for name in NAMES
    ]
)


def table(organisation: Organisation) -> pa.Table:
    """A row each. Openings are told once they have been counted at all."""
    counted = counted_since(organisation) is not None
    rows = [*measures(organisation, counted), *sources(organisation), *questions(organisation)]
    found = pa.Table.from_pylist([{name: row.get(name) for name in NAMES} for row in rows], schema=SCHEMA)
    return found if counted else found.drop_columns(["last_opened"])


def fingerprint(organisation: Organisation) -> str:
    """Changes when someone mends what the inventory tells; openings alone do not change it."""
    found = table(organisation)
    kept = found.select([name for name in found.column_names if name not in ("last_opened", "comments")])
    return hashlib.sha256(repr(kept.to_pylist()).encode()).hexdigest()[:12]
