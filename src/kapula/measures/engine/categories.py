"""``kapula.shares``: the shares of all categories at once, with simultaneous intervals."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from kapula.errors import ParameterError
from kapula.measures.engine.periods import filtered
from kapula.measures.engine.run import measure as measure_one
from kapula.results import MeasureResult, Row
from kapula.schema import require
from kapula.tables import as_table, fetch

MOST_CATEGORIES = 100


def shares(
    table: Any,
    column: str,
    *,
    by: Any = None,
    filters: Any = None,
    missing: Any = (),
    level: float = 0.95,
    **settings: Any,
) -> MeasureResult:
    """The share of each category of ``column``; all intervals hold together with probability ``level``.

    Each row's ``by`` is the category, or with ``by=…`` a dict of the groups and the category under the column's name.
    Blanks and ``missing`` codes are no category. ``settings``: weight, cluster, time, period, minimum_n … of
    :func:`kapula.measure`. Source: Goodman (1965), Technometrics 7, 247–254: Wilson's interval at level 1 − α/k for k
    categories.
    """
    rows = filtered(as_table(table), filters)
    require(rows.columns, [column])
    codes = (missing,) if isinstance(missing, int | float | str) else tuple(missing)
    values = _categories(rows, column, codes)
    results = [
        (
            value,
            measure_one(
                rows,
                "share",
                by=by,
                column=column,
                missing=codes,
                positive=[value],
                level=1 - (1 - level) / max(1, len(values)),
                **settings,
            ),
        )
        for value in values
    ]
    found = tuple(replace(row, by=_label(by, row, column, value)) for value, result in results for row in result.rows)
    first = results[0][1] if results else measure_one(rows, "share", column=column, by=by, positive=[""], **settings)
    method = {**first.method, "interval": "goodman", "level": level, "categories": values}
    return MeasureResult("shares", "share", found, method, first.set_aside)


def _categories(rows: Any, column: str, missing: tuple[Any, ...]) -> list[Any]:
    found = fetch(rows.select(value=rows[column]).distinct().limit(MOST_CATEGORIES + len(missing) + 2)).to_pylist()
    values = [row["value"] for row in found if row["value"] is not None and row["value"] not in missing]
    if len(values) > MOST_CATEGORIES:
        raise ParameterError(
            f"Column {column!r} has more than {MOST_CATEGORIES} different values.",
            hint="Group the values first, or name another column.",
            parameter="column",
            value=column,
        )
    return sorted(values, key=lambda value: (isinstance(value, str), value))


def _label(by: Any, row: Row, column: str, value: Any) -> Any:
    if by is None:
        return value
    outer = row.by if isinstance(row.by, dict) else {by if isinstance(by, str) else by[0]: row.by}
    return {**outer, column: value}
