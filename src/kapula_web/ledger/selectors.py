"""Reading the ledger's columnar snapshot: canonical tables as Ibis tables on DuckDB."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import ibis
import pyarrow as pa

from kapula.schema import TABLES
from kapula_web.accounts.models import Organisation
from kapula_web.ledger import snapshot
from kapula_web.ledger.models import AttributeName, Question
from kapula_web.ledger.snapshot.manifest import Manifest, load
from kapula_web.ledger.snapshot.writer import LAYOUT

_KEEP: Final = 64
_IBIS: Final = {pa.float64(): "float64", pa.string(): "string", pa.date32(): "date"}
_local = threading.local()


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What figures are computed from: changes its ``version`` whenever any figure could change."""

    organisation_id: int
    manifest: Manifest

    @property
    def version(self) -> str:
        return f"{self.organisation_id}.{self.manifest.version}.{self.manifest.name}"

    @property
    def as_of(self) -> datetime | None:
        return datetime.fromisoformat(self.manifest.as_of) if self.manifest.as_of else None

    def table(self, name: str) -> Any:
        """The canonical table as an Ibis table; with the canonical columns but no rows when nothing has come in."""
        known: OrderedDict[tuple[str, str], Any] = _tables()
        key = (self.version, name)
        if key not in known:
            known[key] = self._open(name)
            while len(known) > _KEEP:
                known.popitem(last=False)
        known.move_to_end(key)
        return known[key]

    def _open(self, name: str) -> Any:
        files = self.manifest.files(name)
        if not files:
            return ibis.memtable(_schema(self.organisation_id, name).empty_table())
        table = _connection().read_parquet(files, union_by_name=True)
        if name == "outcomes":
            table = _with_churned(table)
        # A question may be declared before anyone has answered it: its column is there, and empty.
        absent = {
            f.name: ibis.null(_IBIS[f.type]) for f in _schema(self.organisation_id, name) if f.name not in table.columns
        }
        return table.mutate(**absent) if absent else table


def current(organisation: Organisation) -> Snapshot:
    """The snapshot with every committed change in it."""
    if snapshot.pending(organisation.pk) or load(organisation.pk).layout != LAYOUT:
        return Snapshot(organisation.pk, snapshot.refresh(organisation.pk))
    return Snapshot(organisation.pk, load(organisation.pk))


def responses(organisation: Organisation) -> Any:
    return current(organisation).table("responses")


def comments(organisation: Organisation) -> Any:
    return current(organisation).table("comments")


def observations(organisation: Organisation) -> Any:
    return current(organisation).table("observations")


def events(organisation: Organisation) -> Any:
    return current(organisation).table("events")


def outcomes(organisation: Organisation) -> Any:
    return current(organisation).table("outcomes")


def data_version(organisation: Organisation) -> str:
    return current(organisation).version


def as_of(organisation: Organisation) -> datetime | None:
    return current(organisation).as_of


def _with_churned(outcomes: Any) -> Any:
    """``churned``: 1 in the period a customer or account left, 0 while it stayed, null where it was not active the period before."""
    before = outcomes.active.lag().over(
        ibis.window(group_by=[outcomes.customer, outcomes.account, outcomes.grain], order_by=outcomes.period)
    )
    return outcomes.mutate(churned=before.ifelse((~outcomes.active).cast("float64"), ibis.null("float64")))


def _connection() -> Any:
    """One DuckDB connection a thread, bounded in memory: pages are served beside it."""
    if not hasattr(_local, "connection"):
        con = ibis.duckdb.connect(threads=2, memory_limit="1GB")
        con.raw_sql("set TimeZone = 'UTC'; set parquet_metadata_cache = true; set enable_progress_bar = false")
        _local.connection = con
    return _local.connection


def _tables() -> OrderedDict[tuple[str, str], Any]:
    if not hasattr(_local, "tables"):
        _local.tables = OrderedDict()
    tables: OrderedDict[tuple[str, str], Any] = _local.tables
    return tables


def _schema(organisation_id: int, name: str) -> pa.Schema:
    fields = list(TABLES[name])
    if name in {"responses", "comments", "events"}:
        fields.append(pa.field("occurred_on", pa.date32()))
    if name == "outcomes":
        fields.append(pa.field("churned", pa.float64()))
    if name == "responses":
        questions = Question.objects.filter(organisation_id=organisation_id, is_comment=False)
        fields += [pa.field(f"answer_{code}", pa.float64()) for code in questions.values_list("code", flat=True)]
        attributes = AttributeName.objects.filter(organisation_id=organisation_id)
        fields += [pa.field(f"attribute_{code}", pa.string()) for code in attributes.values_list("name", flat=True)]
    return pa.schema(fields)
