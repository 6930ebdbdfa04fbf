"""The rows of a running import, apart from the ledger: in temporary tables, until one short transaction moves them in.

``stage_rows`` has the target's columns, ``seq``, the row's number in the import, and ``file_id``, its identity in the file;
``stage_comments`` refers to it; ``stage_rejected`` holds what was not taken in; ``stage_match`` and ``stage_changed`` are the
comparison with the ledger (compare.py).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import connection
from django.utils import timezone

from kapula.connectors.contract import Batch, RejectedRow, RowsTold
from kapula.schema import ANSWER_PREFIX, ATTRIBUTE_PREFIX
from kapula_web.ledger.imports.check import mended_of
from kapula_web.ledger.imports.dialect import dialect, execute
from kapula_web.ledger.imports.shape import Codes, Shaper
from kapula_web.ledger.imports.targets import Target

TABLES = ("stage_rows", "stage_comments", "stage_rejected", "stage_match", "stage_changed")


class Stage:
    """Opened for one import and emptied after it. ``rows``, ``rejected``, ``repeated`` count what has come in, ``mended`` what was put
    right in reading (as ``check.mended_of`` tells); ``questions`` and ``attributes`` name what was seen; ``first_day`` and ``last_day`` are
    the days of the earliest and the latest row."""

    def __init__(self, target: Target, *, merging: bool, codes: dict[str, Codes]) -> None:
        self.target, self.merging, self.codes = target, merging, codes
        self.rows = self.rejected = self.repeated = 0
        self.mended: dict[str, Any] = {}
        self._told = RowsTold()
        self.first_day: date | None = None
        self.last_day: date | None = None
        self.questions: set[str] = set()
        self.attributes: set[str] = set()
        self.shaper = Shaper(target, merging=merging, codes=codes)

    def __enter__(self) -> Stage:
        self._drop()
        _on_disk(True)
        types = dialect().types
        columns = ", ".join(f"{column.name} {types[column.kind]}" for column in self.target.columns)
        execute(f"CREATE TEMP TABLE stage_rows ({dialect().id_column(self.target.sql)}, {columns}, file_id text)")
        execute("CREATE TEMP TABLE stage_comments (seq bigint, question text, text text)")
        execute("CREATE TEMP TABLE stage_rejected (number bigint, raw text, reasons text, external_id text)")
        execute(
            f"CREATE TEMP TABLE stage_match (seq {types['integer']} PRIMARY KEY, row_id bigint, changed {types['flag']})"
        )
        execute(f"CREATE TEMP TABLE stage_changed (row_id {types['integer']} PRIMARY KEY, seq bigint)")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.shaper.close()
        if not connection.needs_rollback:
            self._drop()
            _on_disk(False)

    def add(self, batch: Batch) -> None:
        """Take in a batch; nothing of the ledger is touched or locked."""
        if batch.rows.num_rows:
            dialect().copy("stage_rows", self.shaper.rows(batch, self.rows + 1))
            if (comments := self.shaper.comments(batch, self.rows + 1)) is not None:
                dialect().copy("stage_comments", comments)
            self._note(batch)
        if batch.rejected:
            dialect().copy("stage_rejected", _rejected(batch.rejected))
        self.rows += batch.rows.num_rows
        self.rejected += len(batch.rejected)
        self.repeated += batch.repeated
        self.mended = mended_of(batch, self._told)

    def ready(self) -> None:
        """All is in: index what the comparison looks up, and let the planner know the sizes."""
        execute("CREATE INDEX stage_comments_seq ON stage_comments (seq)")
        if connection.vendor == "postgresql":
            for table in TABLES[:2]:
                execute(f"ANALYZE {table}")

    def _note(self, batch: Batch) -> None:
        rows = batch.rows
        for prefix, seen in ((ANSWER_PREFIX, self.questions), (ATTRIBUTE_PREFIX, self.attributes)):
            seen.update(name.removeprefix(prefix) for name in rows.column_names if name.startswith(prefix))
        name = next((name for name in ("occurred_at", "period") if name in rows.column_names), None)
        if name is None:
            return
        ends = pc.min_max(rows[name]).as_py()
        if ends["min"] is not None:
            first, last = _day(ends["min"]), _day(ends["max"])
            self.first_day = min(self.first_day or first, first)
            self.last_day = max(self.last_day or last, last)

    def _drop(self) -> None:
        for table in TABLES:
            execute(f"DROP TABLE IF EXISTS {table}")


def _day(moment: date | datetime) -> date:
    """The day as people lived it, in the installation's own time zone."""
    return timezone.localdate(moment) if isinstance(moment, datetime) else moment


def _rejected(rows: Iterable[RejectedRow]) -> pa.Table:
    kept = list(rows)
    return pa.table(
        {
            "number": pa.array([row.number for row in kept], pa.int64()),
            "raw": [json.dumps(row.raw, ensure_ascii=False) for row in kept],
            "reasons": [json.dumps([list(reason) for reason in row.reasons], ensure_ascii=False) for row in kept],
            "external_id": [row.external_id for row in kept],
        }
    )


def _on_disk(yes: bool) -> None:
    """SQLite keeps temporary tables in memory by our settings; a large file must not. Inside a transaction it may not be changed."""
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        execute(f"PRAGMA temp_store = {'FILE' if yes else 'MEMORY'}")
