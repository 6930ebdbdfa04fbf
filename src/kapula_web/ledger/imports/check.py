"""Trying a plan on the file's first rows, before anything is taken in: what would be refused, and what looks suspicious."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import pyarrow as pa

from kapula import connectors
from kapula.connectors import telling
from kapula.connectors.contract import Batch, Plan, RejectedRow, RowsTold
from kapula.errors import SourceError
from kapula_web.ledger.imports import files
from kapula_web.ledger.models import Import, Response

LOOKED_AT: Final = 5_000
COMPARED: Final = 500


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason of refusal: in which column, how many rows, and some of the values, the most common first."""

    column: str
    code: str
    rows: int
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """``rows`` were looked at, of which ``rejected`` would be refused. ``known``: how many of the ids compared the source already has, and
    ``moved`` how many of those at another time: many of them means that the ids begin anew in each file.
    ``mended``: as :func:`mended_of` tells."""

    rows: int
    rejected: int
    reasons: tuple[Reason, ...] = ()
    compared: int = 0
    known: int = 0
    moved: int = 0
    error: SourceError | None = None
    mended: dict[str, Any] = field(default_factory=dict)

    @property
    def accepted(self) -> int:
        return self.rows - self.rejected

    @property
    def ids_begin_anew(self) -> bool:
        return self.known >= 5 and self.moved > 0.5 * self.known


def check(run: Import, plan: Plan) -> Check:
    """Read the first rows by the plan. A plan that cannot be used gives a check whose ``error`` says why."""
    try:
        found = list(_first(run, plan))
    except SourceError as error:
        error.context["file"] = run.file_name
        return Check(0, 0, error=error)
    if not found:
        return Check(0, 0)
    rejected = [row for batch in found for row in batch.rejected]
    rows = sum(batch.rows.num_rows + batch.repeated for batch in found) + len(rejected)
    told, mended = RowsTold(), {}
    for batch in found:
        mended = mended_of(batch, told)
    return Check(rows, len(rejected), _reasons(rejected), *_against_ledger(run, found[0]), mended=mended)


def mended_of(batch: Batch, told: RowsTold) -> dict[str, Any]:
    """What was mended up to this batch, code → {"rows": how many, "lines": the file's lines of the first of them, None where unknown}."""
    for code, line in batch.mended:
        told.mend(code, line)
    return {
        code: {"rows": rows, "lines": told.lines[code][: telling.SHOWN] or None} for code, rows in told.mended.items()
    }


def _first(run: Import, plan: Plan) -> Iterator[Batch]:
    """Batches up to the rows looked at: rows of another width at a file's end come in a batch of their own."""
    left = LOOKED_AT
    for batch in connectors.read(files.path_of(run), plan, batch_rows=LOOKED_AT):
        yield batch
        left -= batch.rows.num_rows + len(batch.rejected) + batch.repeated
        if left <= 0:
            return


def _reasons(rejected: Sequence[RejectedRow]) -> tuple[Reason, ...]:
    rows: Counter[tuple[str, str]] = Counter()
    values: dict[tuple[str, str], Counter[str]] = {}
    for row in rejected:
        for column, code, value in row.reasons:
            rows[column, code] += 1
            values.setdefault((column, code), Counter())[value] += 1
    return tuple(
        Reason(column, code, count, tuple(value for value, _ in values[column, code].most_common(5)))
        for (column, code), count in rows.most_common(20)
    )


def _against_ledger(run: Import, batch: Batch) -> tuple[int, int, int]:
    if batch.table != "responses" or not batch.rows.num_rows:
        return 0, 0, 0
    head = batch.rows.select(["external_id", "occurred_at"]).slice(0, COMPARED)
    said: dict[str, Any] = dict(zip(*(column.to_pylist() for column in _utc(head).columns), strict=True))
    held = Response.objects.filter(organisation=run.organisation, source=run.source, external_id__in=list(said))
    times = dict(held.values_list("external_id", "occurred_at"))
    moved = sum(1 for key, at in times.items() if abs((said[key] - at).days) > 31)
    return len(said), len(times), moved


def _utc(rows: pa.Table) -> pa.Table:
    return rows.cast(pa.schema([("external_id", pa.string()), ("occurred_at", pa.timestamp("us", "UTC"))]))
