"""``kapula.linkage``: does the staff's experience show in the customers', where, and how long after?"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, Final

import numpy as np

from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.linkage.agreement import icc, rwg
from kapula.analyses.linkage.cells import Cells, Columns, collect, require_two_sides
from kapula.analyses.linkage.parts import FEWEST_UNITS
from kapula.analyses.linkage.results import Effect, LinkageResult, UnitRow
from kapula.analyses.linkage.scan import scan, steadiness
from kapula.errors import ParameterError
from kapula.statistics.suppression import suppress
from kapula.trends.periods import require_period

ADJUSTMENTS: Final = ("season", "none")
MOST_LAG: Final = 104


def linkage(
    table: Any,
    unit: str,
    time: str | None,
    customer: str,
    staff: str | Sequence[str],
    *,
    staff_table: Any = None,
    touchpoint: str | None = None,
    lags: Sequence[int] = tuple(range(7)),
    period: str = "week",
    staff_scale: tuple[float, float] | None = None,
    scale_step: float = 1.0,
    adjust: str = "season",
    minimum_n: int = 0,
    level: float = 0.95,
    filters: Any = None,
    timezone: str = "UTC",
    seed: int = 1,
    progress: Progress = no_progress,
) -> LinkageResult:
    """The slope of customers' score on the staff's, within units over time and between units, at each touchpoint and lag.

    ``table``: one row an answer, of either side, with ``unit`` and ``time`` (dates, or whole numbers of periods). ``customer`` and
    ``staff`` are columns of numbers, blank on the other side's rows; ``staff`` may be several items of one scale, whose mean counts.
    ``staff_table``: the staff's rows, when they stand apart. ``time`` None: units are compared, and nothing is said of change.

    - ``touchpoint``: a column of the customers' rows; each of its values is looked at by itself.
    - ``lags``: how many ``period``\\ s before the customers' answers the staff's were given; a negative lag asks the opposite order.
    - ``staff_scale``: (lowest, highest) answer in steps of ``scale_step``, for r_wg; without it there is none.
    - ``adjust``: "season" takes a trend and a yearly wave out of the within part, "none" nothing.
    - ``minimum_n``: units' own figures of fewer answers on either side are withheld, and those that would reveal them.
    - ``filters`` applies to ``table`` alone; ``seed`` is taken for the sake of one call for all analyses: nothing is drawn.

    Within: weighted least squares after unit means, CR2 errors clustered by unit; below six units, by stretches of time, and then of
    these units only. Between: meta-regression of units' means (REML, Knapp–Hartung). Benjamini–Hochberg over touchpoints × lags.
    Raises :class:`~kapula.errors.KapulaError` for columns and settings that cannot be used.
    """
    items = (staff,) if isinstance(staff, str) else tuple(staff)
    columns = Columns(unit, time, customer, items, touchpoint, require_period(period))
    lags = _require(columns, lags, adjust, level, staff_scale, scale_step, minimum_n, staff_table is not None)
    cells = collect(table, table if staff_table is None else staff_table, columns, filters, timezone)
    require_two_sides(cells, columns)
    settings = {
        "unit": unit, "time": time, "customer": customer, "staff": list(items), "touchpoint": touchpoint, "lags": list(lags),
        "period": period, "adjust": adjust, "staff_scale": list(staff_scale) if staff_scale else None, "minimum_n": minimum_n,
        "level": level, "timezone": timezone, "seed": seed, "within": "cr2", "between": "reml_knapp_hartung",
        "correction": "benjamini_hochberg",
    }  # fmt: skip
    found = scan(cells, lags if time else (0,), adjust=adjust, level=level, progress=progress)
    return _result(cells, found, settings, (staff_scale, scale_step, len(items)), minimum_n)


def _result(
    cells: Cells, effects: tuple[Effect, ...], settings: dict[str, Any], scale: tuple[Any, float, int], minimum_n: int
) -> LinkageResult:
    theirs, ours = cells.customer, cells.staff
    n = len(set(theirs.unit.tolist()) & set(ours.unit.tolist()))
    counts = int(ours.n.sum()), int(theirs.n.sum())
    told = [one for one in effects if one.within or one.between]
    if not told:
        return LinkageResult(
            NOT_ENOUGH, n, max(FEWEST_UNITS, n + 1), *counts, None, None, None, None, (), (), (), settings, _flat(cells)
        )
    several = ours.n >= 2
    verdict = (
        "linked"
        if any(one.within and one.within.sure for one in told)
        else "linked_between"
        if any(one.between and one.between.sure for one in told)
        else "no_link_seen"
    )
    return LinkageResult(
        verdict, n, None, *counts,
        icc(ours.unit, ours.n, ours.mean, ours.ss, level=settings["level"]),
        icc(theirs.unit, theirs.n, theirs.mean, theirs.ss, level=settings["level"]),
        rwg(ours.n[several], ours.spread[several], *scale),
        steadiness(cells), effects, _leads(told), unit_rows(cells, minimum_n), settings, _warnings(cells, effects),
    )  # fmt: skip


def _leads(effects: Sequence[Effect]) -> tuple[tuple[Any, int], ...]:
    """The steepest of the sure within slopes of each touchpoint that has one: the staff's figure varies alike at every lag, while
    standard
    errors of few clusters would choose by luck."""
    best: dict[Any, Effect] = {}
    for one in effects:
        if one.within and one.within.sure:
            other = best.get(one.touchpoint)
            if other is None or _steepness(one) > _steepness(other):
                best[one.touchpoint] = one
    return tuple((touchpoint, one.lag) for touchpoint, one in best.items())


def _steepness(one: Effect) -> float:
    assert one.within is not None
    return abs(one.within.estimate.value)


def _flat(cells: Cells) -> tuple[str, ...]:
    same = any(float(np.ptp(side.mean)) == 0 and float(side.ss.sum()) == 0 for side in (cells.customer, cells.staff))
    return ("zero_variance",) if same else ()


def _warnings(cells: Cells, effects: Sequence[Effect]) -> tuple[str, ...]:
    codes = [*_flat(cells)]
    if any(one.within and one.scope == "these_units" for one in effects):
        codes.append("few_units")
    if any(one.within is None and one.between is None for one in effects):
        codes.append("parts_not_enough")
    return tuple(codes)


def unit_rows(cells: Cells, minimum_n: int) -> tuple[UnitRow, ...]:
    """Each unit's means over all periods. A side below the minimum is withheld, and what its total would reveal."""
    sides: list[dict[int, tuple[int, float]]] = []
    hidden: list[tuple[set[tuple[Hashable, ...]], set[tuple[Hashable, ...]]]] = []
    for side in (cells.staff, cells.customer):
        n = np.bincount(side.unit, side.n, len(cells.units))
        sums = np.bincount(side.unit, side.n * side.mean, len(cells.units))
        sides.append({u: (int(n[u]), float(sums[u] / n[u])) for u in range(len(cells.units)) if n[u]})
        hidden.append(suppress({(u,): int(n[u]) for u in range(len(cells.units))}, minimum_n))
    rows = []
    for u, name in enumerate(cells.units):
        if u not in sides[0] or u not in sides[1]:
            continue
        codes = [
            *(["suppressed"] if any((u,) in first for first, _ in hidden) else []),
            *(["suppressed_complement"] if any((u,) in second for _, second in hidden) else []),
        ]
        shown = [None if any((u,) in part for part in hidden[s]) else sides[s][u][1] for s in (0, 1)]
        rows.append(UnitRow(name, sides[0][u][0], sides[1][u][0], shown[0], shown[1], tuple(codes)))
    return tuple(rows)


def _require(
    columns: Columns,
    lags: Sequence[int],
    adjust: str,
    level: float,
    scale: Any,
    step: float,
    minimum_n: int,
    apart: bool,
) -> tuple[int, ...]:
    names = [name for name in (columns.unit, columns.time, columns.touchpoint, columns.customer) if name]
    names += [name for name in columns.staff if not (apart and name == columns.customer)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None or not columns.staff:
        raise _refused(f"The column {twice!r} has two tasks.", "Name a column for each.", "columns", twice)
    chosen = tuple(dict.fromkeys(lags))
    if not chosen or any(isinstance(lag, bool) or not isinstance(lag, int) or abs(lag) > MOST_LAG for lag in chosen):
        raise _refused(f"{list(lags)!r} are no lags.", f"Give whole numbers up to {MOST_LAG}.", "lags", list(lags))
    if adjust not in ADJUSTMENTS:
        raise _refused(f"There is no adjustment {adjust!r}.", f"Use one of {', '.join(ADJUSTMENTS)}.", "adjust", adjust)
    if not 0.5 <= level < 1:
        raise _refused(f"The level {level} is not between 0.5 and 1.", "0.95 is usual.", "level", level)
    if scale is not None and not (scale[0] < scale[1] and step > 0):
        raise _refused(f"{scale!r} is no scale.", "Give the lowest and the highest answer.", "staff_scale", list(scale))
    if minimum_n < 0:
        raise _refused(f"The minimum {minimum_n} is below zero.", "Give 0 or more.", "minimum_n", minimum_n)
    return chosen


def _refused(message: str, hint: str, parameter: str, value: Any) -> ParameterError:
    return ParameterError(message, hint=hint, parameter=parameter, value=value)
