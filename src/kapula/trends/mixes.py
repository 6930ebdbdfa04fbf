"""Counts of answers by period and category, and the breaks they show."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from kapula.measures.engine.answers import Answer
from kapula.measures.engine.periods import period_start as first_day
from kapula.measures.engine.request import Request
from kapula.measures.families.base import Family
from kapula.tables import fetch
from kapula.trends.comparability import KINDS, Break, Counts, Split, find_splits
from kapula.trends.periods import label_of, period_start

MOST_CODES: Final = 40
VANISHED: Final = 1e-6
"""A code in use is taken to have left the scale when its silence after the break would be this unlikely under its
share before."""

Mix = tuple[list[Any], dict[str, dict[Any, int]]]
"""Categories in order, and period label → category → count."""

Mixes = Mapping[str, Mapping[tuple[Any, ...], Mix]]
"""By kind of break, then by group."""


def count_mixes(
    request: Request, answers: Mapping[str, Answer], values: Mapping[str, Any]
) -> dict[str, dict[tuple[Any, ...], Mix]]:
    """Answers by group, period and each of ``values`` (name → column expression), counted in the engine in one pass: the
    combinations are counted there and added up here. Rows without an answer or a date are left out, and from a value's
    counts those without that value."""
    if not values:
        return {}
    answered = functools.reduce(lambda a, b: a & b, [answer.value.notnull() for answer in answers.values()])
    rows = request.table.filter(answered & request.table[request.time].notnull())
    groups = {f"g{place}": rows[name] for place, name in enumerate(request.by)}
    start = first_day(rows[request.time], request.period or "day", request.timezone)
    columns = {f"v{place}": value for place, value in enumerate(values.values())}
    cells = fetch(rows.group_by(**groups, t=start, **columns).aggregate(count=rows.count()))
    return {
        name: _marginal(cells, list(groups), column, request.period or "day")
        for name, column in zip(values, columns, strict=True)
    }


def _marginal(cells: pa.Table, groups: list[str], column: str, period: str) -> dict[tuple[Any, ...], Mix]:
    """The counts of one column's values by group and period, out of the counts of all combinations."""
    known = cells.filter(pc.is_valid(cells[column]))
    added = known.group_by([*groups, "t", column]).aggregate([("count", "sum")])
    counts: dict[tuple[Any, ...], dict[str, dict[Any, int]]] = {}
    for row in added.to_pylist():
        periods = counts.setdefault(tuple(row[name] for name in groups), {})
        periods.setdefault(label_of(row["t"], period), {})[row[column]] = int(row["count_sum"])
    return {group: (_categories(periods), periods) for group, periods in counts.items()}


def find_mixes(
    request: Request, kind: Family, sources: Mapping[str, str | None]
) -> dict[str, dict[tuple[Any, ...], Mix]]:
    """The mixes in which breaks are looked for, by kind of break. Where no column tells the version of the scale, the
    answers themselves do (``answers``), if they have a declared scale."""
    answers = kind.read(request)
    values = {name: request.table[column].cast("string") for name, column in sources.items() if column is not None}
    if sources.get("scale") is None and request.measure.scale is not None and len(answers) == 1:
        (answer,) = answers.values()
        if answer.value.type().is_numeric():
            values["answers"] = answer.value.cast("float64")
    return count_mixes(request, answers, values)


def find_breaks(mixes: Mixes, group: tuple[Any, ...], labels: Sequence[str], period: str) -> tuple[Break, ...]:
    """Every break of one group, in time order."""
    found: list[Break] = []
    for name, groups in mixes.items():
        if group in groups:
            look = scale_breaks if name == "answers" else functools.partial(breaks_of, name)
            found.extend(look(groups[group], labels, period))
    return tuple(sorted(found, key=lambda one: (one.date, one.code)))


def breaks_of(kind: str, mix: Mix, labels: Sequence[str], period: str) -> list[Break]:
    """The breaks of one kind in one group."""
    categories, matrix = _matrix(mix, labels)
    return [_break(kind, categories, split, labels, period) for split in find_splits(matrix, KINDS[kind])]


def scale_breaks(mix: Mix, labels: Sequence[str], period: str) -> list[Break]:
    """Changes of scale seen in the answers: at a change of their composition, codes at an end of the scale leave for
    good or appear."""
    categories, matrix = _matrix(mix, labels)
    if not 2 <= len(categories) <= MOST_CODES:
        return []
    found = find_splits(matrix, KINDS["scale"])
    return [_break("scale", categories, split, labels, period) for split in found if _ends_moved(split)]


def _ends_moved(split: Split) -> bool:
    """Whether the highest or the lowest code in use moved, surely, between the two sides (categories in ascending
    order)."""
    for before, after in ((split.before, split.after), (split.after, split.before)):
        used = np.flatnonzero(after)
        for beyond in (before[used.max() + 1 :].sum(), before[: used.min()].sum()):
            share = min(beyond / before.sum(), 1 - 1e-12)
            if after.sum() * np.log1p(-share) < np.log(VANISHED):
                return True
    return False


def _matrix(mix: Mix, labels: Sequence[str]) -> tuple[list[Any], Counts]:
    categories, periods = mix
    rows = [[periods.get(label, {}).get(category, 0) for category in categories] for label in labels]
    return categories, np.array(rows, dtype=float).reshape(len(labels), len(categories))


def _categories(periods: Mapping[str, Mapping[Any, int]]) -> list[Any]:
    found = {category for counts in periods.values() for category in counts}
    return sorted(
        found, key=lambda value: (isinstance(value, str), value if isinstance(value, str | int | float) else str(value))
    )


def _break(kind: str, categories: Sequence[Any], split: Split, labels: Sequence[str], period: str) -> Break:
    def shares(counts: Counts) -> dict[str, float]:
        names = (f"{value:g}" if isinstance(value, float) else str(value) for value in categories)
        return {name: float(count / counts.sum()) for name, count in zip(names, counts, strict=True)}

    label = labels[split.at]
    return Break(
        code=KINDS[kind].code,
        period=label,
        date=period_start(label, period).isoformat(),
        hard=KINDS[kind].hard,
        distance=split.distance,
        p=split.p,
        n_before=int(split.before.sum()),
        n_after=int(split.after.sum()),
        before=shares(split.before),
        after=shares(split.after),
    )
