"""Journeys in memory: each customer's moments up to the answer that tells how it is remembered.

A row with a score is a moment; a row with a remembered score ends the journey of the moments before it. Where every row of a customer holds
both, the remembered score belongs to all of them, and a new one begins a new journey.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from ibis.expr import types as ir
from numpy.typing import NDArray

from kapula.analyses.columns import checked, labels
from kapula.analyses.days import day_of
from kapula.analyses.memory.order import require_order
from kapula.tables import fetch
from kapula.trends.times import first_days

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
WHEN, DAY = "kapula_when", "kapula_day"
NONE: Final = -1


@dataclass(frozen=True, slots=True)
class Journeys:
    """``remembered``: (journeys,), ``customer`` codes of them. The moments in order, one entry each: ``journey``, ``moment`` code and
    ``score``.
    ``several``: some customer has more than one journey."""

    moments: tuple[Any, ...]
    remembered: Floats
    customer: Codes
    journey: Codes
    moment: Codes
    score: Floats
    several: bool


def read(
    data: Any, customer: str, time: str, moment: str, score: str, remembered: str, days: int | None, filters: Any,
    timezone: str,
) -> Journeys:  # fmt: skip
    """The journeys that have at least one moment and an end. ``days``: only moments at most so long before it.

    Raises what :func:`kapula.analyses.columns.checked` and :func:`kapula.analyses.days.day_of` raise, and
    :class:`~kapula.errors.ParameterError` for times that name periods in which the order of moments cannot be told.
    """
    table = checked(data, [score, remembered], others=[customer, time, moment], filters=filters)
    table = _dated(table, customer, time, score, days, timezone)
    known = table.filter(table[customer].notnull(), table[WHEN].notnull())
    found = fetch(known.filter(known[score].notnull() | known[remembered].notnull()))
    who = labels(found[customer])[0]
    codes, moments = labels(found[moment])
    values = {name: found[name].to_numpy(zero_copy_only=False).astype(float) for name in (score, remembered)}
    at = found[WHEN].to_numpy(zero_copy_only=False).astype("datetime64[us]").astype(np.int64)
    # A relationship answer at the very time of a moment is after it.
    closing = ~np.isnan(values[remembered]) & np.isnan(values[score])
    order = np.lexsort((values[score], codes, closing, at, who))
    day_number = found[DAY].to_numpy(zero_copy_only=False).astype("datetime64[D]").astype(np.int64)
    return _joined(
        who[order],
        codes[order],
        values[score][order],
        values[remembered][order],
        day_number[order],
        tuple(moments),
        days,
    )


def _dated(table: ir.Table, customer: str, time: str, score: str, days: int | None, timezone: str) -> ir.Table:
    """The table with each row's moment in time and its day: of a period that is named, its first."""
    named = first_days(table, time)
    if named is not None:
        first, kind = named
        if kind != "day":
            require_order(table, customer, time, score, kind, days)
        return table.mutate(**{DAY: first, WHEN: first.cast("timestamp")})
    day, held = day_of(table, time, timezone), table[time].type()
    when = table[time] if held.is_timestamp() else table[time].cast("timestamp")
    return table.mutate(**{DAY: day.cast("date"), WHEN: when})


def _joined(
    who: Codes, codes: Codes, score: Floats, remembered: Floats, day: Codes, moments: tuple[Any, ...], days: int | None
) -> Journeys:
    """The rows come by customer and time."""
    if not who.size:
        nothing = np.zeros(0, np.int64)
        return Journeys(moments, np.zeros(0), nothing, nothing, nothing, np.zeros(0), False)
    first = np.r_[True, np.diff(who) != 0]
    held = ~np.isnan(remembered)
    closing = held & np.isnan(score)
    ends = np.bincount(who, closing, int(who.max()) + 1)[who] > 0
    # Where a customer has answers that end journeys, a journey begins after each; elsewhere where the score that is held changes.
    after = np.r_[False, closing[:-1]] & ends
    filled = _forward(remembered, first)
    turned = np.r_[False, (filled[1:] != filled[:-1]) & ~np.isnan(filled[:-1])] & ~ends & held
    part = np.cumsum(first | after | turned) - 1
    total = int(part.max()) + 1
    ending, last_day = np.full(total, np.nan), np.full(total, np.iinfo(np.int64).min)
    ending[part[held & ~ends]] = remembered[held & ~ends]
    ending[part[closing]] = remembered[closing]
    np.maximum.at(last_day, part, day)
    a_moment = ~np.isnan(score) & (codes >= 0)
    if days is not None:
        a_moment &= last_day[part] - day <= days
    whole = ~np.isnan(ending) & (np.bincount(part[a_moment], minlength=total) > 0)
    number = np.cumsum(whole) - 1
    kept = a_moment & whole[part]
    owner = np.zeros(total, np.int64)
    owner[part] = who
    customers = owner[whole]
    several = len(np.unique(customers)) < len(customers)
    return Journeys(moments, ending[whole], customers, number[part[kept]], codes[kept], score[kept], several)


def _forward(values: Floats, first: Any) -> Floats:
    """The last known value of the same customer, NaN before the first."""
    place = np.where(~np.isnan(values) | first, np.arange(len(values)), 0)
    return np.asarray(values[np.maximum.accumulate(place)])
