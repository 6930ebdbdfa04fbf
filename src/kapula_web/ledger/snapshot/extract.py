"""Reading a block of one canonical table from SQL as Arrow, and shaping it as kapula.schema says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import duckdb
import pyarrow as pa
from django.conf import settings
from django.db import connection

from kapula.schema import ANSWER_PREFIX, ATTRIBUTE_PREFIX
from kapula_web.ledger.snapshot import said

_JSON: Final = frozenset({"answers", "attributes"})

_FROM: Final = {
    "responses": """ledger_response r join ledger_source s on s.id = r.source_id
        left join accounts_team t on t.id = r.team_id left join ledger_touchpoint p on p.id = r.touchpoint_id""",
    "comments": """ledger_comment c join ledger_response r on r.id = c.response_id
        left join texts_commentanalysis a on a.comment_id = c.id
        left join accounts_team t on t.id = r.team_id left join ledger_touchpoint p on p.id = r.touchpoint_id""",
    "observations": """ledger_observation r
        left join accounts_team t on t.id = r.team_id left join ledger_touchpoint p on p.id = r.touchpoint_id""",
    "events": "ledger_event r left join ledger_touchpoint p on p.id = r.touchpoint_id",
    "outcomes": "ledger_outcome r",
}

_COLUMNS: Final[dict[str, dict[str, str]]] = {
    "responses": {
        "id": "r.id", "source": "s.code", "external_id": "r.external_id", "perspective": "r.perspective",
        "customer": "r.customer", "account": "r.account", "team": "t.code", "touchpoint": "p.code",
        "channel": "r.channel", "segment": "r.segment", "occurred_at": "r.occurred_at",
        "received_at": "r.received_at", "language": "r.language", "weight": "r.weight", "answers": "r.answers",
        "attributes": "r.attributes",
    },
    "comments": {
        "id": "c.id", "response": "c.response_id", "question": "c.question", "text": "c.text",
        "language": "coalesce(nullif(c.language, ''), a.language)", "occurred_at": "r.occurred_at",
        "team": "t.code", "touchpoint": "p.code", **said.COLUMNS,
    },
    "observations": {
        "id": "r.id", "measure": "r.measure", "touchpoint": "p.code", "team": "t.code", "period": "r.period",
        "grain": "r.grain", "value": "r.value", "n": "r.n",
    },
    "events": {
        "id": "r.id", "customer": "r.customer", "account": "r.account", "kind": "r.kind", "touchpoint": "p.code",
        "occurred_at": "r.occurred_at", "attributes": "r.attributes",
    },
    "outcomes": {
        "id": "r.id", "customer": "r.customer", "account": "r.account", "period": "r.period", "grain": "r.grain",
        "revenue": "r.revenue", "active": "r.active", "attributes": "r.attributes",
    },
}  # fmt: skip

_TYPES: Final[dict[str, str]] = {
    "id": "BIGINT", "response": "BIGINT", "n": "BIGINT", "weight": "DOUBLE", "value": "DOUBLE", "revenue": "DOUBLE",
    "active": "BOOLEAN", "period": "DATE", "occurred_at": "TIMESTAMPTZ", "received_at": "TIMESTAMPTZ", **said.TYPES,
}  # fmt: skip


_ARROW: Final = {"BIGINT": pa.int64(), "DOUBLE": pa.float64(), "BOOLEAN": pa.bool_()}
FETCHED: Final = 20_000
"""Rows held as Python values at a time: ten thousand cost about 30 MB."""


@dataclass(frozen=True, slots=True)
class Shape:
    """The columns answers and attributes are spread into: question codes and attribute names of the organisation."""

    questions: tuple[str, ...]
    attributes: tuple[str, ...]


def block_of_rows(table: str, organisation_id: int, first: int, last: int) -> pa.Table:
    """Rows with ids ``first`` … ``last`` as text and numbers, straight from SQL. Comments go by their response's id."""
    columns = _COLUMNS[table]
    fields = ", ".join(_field(name, source) for name, source in columns.items())
    order = "c.id" if table == "comments" else "r.id"
    # The plus keeps the planner from walking the organisation's whole index for each block: the ids are the short way.
    sql = (
        f"select {fields} from {_FROM[table]} where +r.organisation_id = %s and r.id between %s and %s order by {order}"
    )
    schema = pa.schema([(name, _ARROW.get(_TYPES.get(name, ""), pa.string())) for name in columns])
    batches = []
    with connection.cursor() as cursor:
        cursor.execute(sql, [organisation_id, first, last])
        while rows := cursor.fetchmany(FETCHED):
            arrays = [_array(name, column) for name, column in zip(columns, zip(*rows, strict=True), strict=True)]
            batches.append(pa.record_batch(arrays, schema=schema))
    return pa.Table.from_batches(batches, schema=schema)


def _field(name: str, source: str) -> str:
    if name in said.LISTS:
        return said.field(name, source, connection.vendor)
    # As text both databases answer alike, and SQLite's slow per-value converters stay out of the way.
    as_text = name in _JSON or _TYPES.get(name) in {"TIMESTAMPTZ", "DATE"}
    return f"cast({source} as text)" if as_text else source


def _array(name: str, values: Sequence[Any]) -> pa.Array:
    kind = _ARROW.get(_TYPES.get(name, ""), pa.string())
    plain = [None if value is None else bool(value) for value in values] if kind == pa.bool_() else list(values)
    return pa.array(plain, kind)


def write_part(con: duckdb.DuckDBPyConnection, table: str, rows: pa.Table, shape: Shape, file: str) -> None:
    """Rows of a block → one typed Parquet file."""
    columns = ", ".join(_select(table, shape))
    con.register("block", rows)
    try:
        con.execute(f"copy (select {columns} from block) to '{file}' (format parquet, compression zstd)")
    finally:
        con.unregister("block")


def _select(table: str, shape: Shape) -> list[str]:
    picked = []
    for name in _COLUMNS[table]:
        if name == "answers":
            picked += _spread("answers", shape.questions, ANSWER_PREFIX, "DOUBLE")
        elif name == "attributes" and table == "responses":
            picked += _spread("attributes", shape.attributes, ATTRIBUTE_PREFIX, "VARCHAR")
        elif name == "occurred_at":
            instant = (
                "occurred_at::TIMESTAMP AT TIME ZONE 'UTC'"
                if connection.vendor == "sqlite"
                else "occurred_at::TIMESTAMPTZ"
            )
            # The day as people lived it: weeks and days are counted in the installation's own time zone.
            picked += [f"{instant} as occurred_at", f"timezone('{settings.TIME_ZONE}', {instant})::DATE as occurred_on"]
        elif name == "received_at" and connection.vendor == "sqlite":
            picked.append("received_at::TIMESTAMP AT TIME ZONE 'UTC' as received_at")
        elif name in said.LISTS:
            picked += said.select(name)
        elif name in _TYPES:
            picked.append(f"{name}::{_TYPES[name]} as {name}")
        else:
            picked.append(f"nullif({name}, '') as {name}" if name != "text" else name)
    return picked


def _spread(column: str, keys: tuple[str, ...], prefix: str, kind: str) -> list[str]:
    if not keys:
        return []
    structure = json.dumps(dict.fromkeys(keys, kind)).replace("'", "''")
    spread = f"json_transform({column}, '{structure}')"
    return [f"struct_extract({spread}, {_quoted(key)}) as {_name(prefix + key)}" for key in keys]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _name(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
