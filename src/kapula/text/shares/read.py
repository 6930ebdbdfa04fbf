"""The columns that shares are told from, as arrays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from kapula.analyses.columns import labels as coded
from kapula.analyses.days import day_of
from kapula.errors import ColumnTypeError
from kapula.measures.engine.periods import filtered
from kapula.schema import require
from kapula.tables import as_table, fetch
from kapula.trends.periods import label_of, require_period

Places = NDArray[np.int64]
ABSTAINED = "abstained"
ALL = (0,)


@dataclass(frozen=True, slots=True)
class Comments:
    """``has``: (comments, labels). ``group`` and ``period``: places in ``groups`` and ``periods``, 0 when not asked for."""

    labels: tuple[str, ...]
    has: NDArray[np.bool_]
    group: Places
    groups: tuple[Any, ...]
    period: Places
    periods: tuple[str | None, ...]
    cluster: Places | None
    version: Places
    versions: tuple[str, ...]


def read(
    data: Any,
    column: str,
    of: str,
    *,
    time: str | None,
    period: str,
    by: str | None,
    cluster: str | None,
    version: str | None,
    abstained: str | None,
    labels: Sequence[str] | None,
    filters: Any,
    timezone: str,
) -> Comments:
    """Comments that have been analysed and whose group and time are known, in memory."""
    table = as_table(data)
    asked = [name for name in (time, by, cluster, version, abstained) if name]
    require(table.columns, [column, *asked])
    require_period(period)
    table = filtered(table, filters)
    kept = {"said": table[column], **{f"as_{place}": table[name] for place, name in enumerate(asked)}}
    if time:
        kept["day"] = day_of(table, time, timezone)
    rows = fetch(table.select(**kept))
    told = {name: rows[f"as_{place}"] for place, name in enumerate(asked)}
    text = pa.types.is_string(rows["said"].type) or pa.types.is_large_string(rows["said"].type)
    said = _said(rows["said"], told[abstained].to_pylist() if abstained else None, of, text)
    if of == "sentiment" and labels:
        _require_known(said, labels, column)
    names = tuple(labels) if labels else tuple(sorted({label for one in said if one is not None for label in one}))
    group, groups = coded(told[by]) if by else (np.zeros(len(said), dtype=np.int64), [None])
    days = rows["day"].to_pylist() if time else None
    at = [label_of(day, period) if day is not None else "" for day in days] if days is not None else [None] * len(said)
    periods: tuple[Any, ...] = tuple(sorted({one for one in at if one != ""})) if time else (None,)
    place = {label: index for index, label in enumerate(periods)}
    when = np.array([place.get(one, -1) for one in at], dtype=np.int64)
    analysed = np.array([one is not None for one in said], dtype=bool)
    keep = analysed & (group >= 0) & (when >= 0)
    customers = coded(told[cluster])[0] if cluster else None
    made, versions = coded(told[version]) if version else (np.zeros(len(said), dtype=np.int64), [""])
    return Comments(
        labels=names,
        has=_matrix([one for one, kept in zip(said, keep, strict=True) if kept], names),
        group=group[keep],
        groups=tuple(groups),
        period=when[keep],
        periods=periods,
        cluster=None if customers is None else _own(customers[keep]),
        version=made[keep],
        versions=tuple(str(one) for one in versions),
    )


def _said(column: Any, abstained: list[Any] | None, of: str, text: bool) -> list[set[str] | None]:
    """The labels of each comment; None where it was not analysed. A blank cell of a text column of themes is a comment without any."""
    values = column.to_pylist()
    if of == "sentiment":
        if not text:
            raise ColumnTypeError(
                "Sentiments are words.", hint="Name the column sentiment.", type=str(column.type), expected="string"
            )
        unsure = abstained or [False] * len(values)
        return [
            None if not value else {ABSTAINED} if held else {value} for value, held in zip(values, unsure, strict=True)
        ]
    if text:
        return [{part.strip() for part in (value or "").split(",") if part.strip()} for value in values]
    if not (pa.types.is_list(column.type) or pa.types.is_large_list(column.type)):
        raise ColumnTypeError(
            "Themes are a list of codes, or codes with commas between them.",
            hint="Name the column themes of kapula.text.analyse's table.",
            type=str(column.type),
            expected="list or string",
        )
    return [
        None if value is None else {one["code"] if isinstance(one, dict) else str(one) for one in value}
        for value in values
    ]


def _require_known(said: list[set[str] | None], labels: Sequence[str], column: str) -> None:
    """Where no comment has any of the labels, every share would be 0 %."""
    found = sorted({label for one in said if one for label in one})
    if found and not set(found) & set(labels):
        raise ColumnTypeError(
            f"Column {column!r} holds none of the labels: it has {found[0][:40]!r}.",
            hint=f"Name a column that holds {', '.join(labels)}.",
            column=column,
            type="string",
            expected="labels",
        )


def _matrix(said: list[set[str] | None], names: tuple[str, ...]) -> NDArray[np.bool_]:
    place = {name: index for index, name in enumerate(names)}
    found = np.zeros((len(said), len(names)), dtype=bool)
    for row, one in enumerate(said):
        for label in one or ():
            if label in place:
                found[row, place[label]] = True
    return found


def _own(customers: Places) -> Places:
    """A comment of nobody known is a customer of its own."""
    unknown = customers < 0
    found = customers.copy()
    found[unknown] = customers.max(initial=-1) + 1 + np.arange(int(unknown.sum()))
    return found
