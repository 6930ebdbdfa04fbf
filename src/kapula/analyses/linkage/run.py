"""``kapula.linkage``: does the staff's experience show in the customers', where, and how long after?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kapula.analyses.contract import Progress, no_progress
from kapula.analyses.linkage.collecting import collect
from kapula.analyses.linkage.columns import Columns
from kapula.analyses.linkage.refusals import require_settings
from kapula.analyses.linkage.results import LinkageResult
from kapula.analyses.linkage.scan import scan
from kapula.analyses.linkage.verdict import result
from kapula.trends.periods import require_period


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
    period: str | None = None,
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

    ``table``: one row an answer, of either side, with ``unit`` and ``time`` (dates, ISO names of periods such as 2026-01, months and days
    written 202601 and 20260131, or whole numbers of periods). ``customer`` and
    ``staff`` are columns of numbers, blank on the other side's rows; ``staff`` may be several items of one scale, whose mean counts.
    ``staff_table``: the staff's rows, when they stand apart. ``time`` None: units are compared, and nothing is said of change.

    - ``touchpoint``: a column of the customers' rows; each of its values is looked at by itself.
    - ``lags``: how many ``period``\\ s before the customers' answers the staff's were given; a negative lag asks the opposite order.
    - ``period``: day, week, month, quarter or year; left out, the one that the times name, else the week.
    - ``staff_scale``: (lowest, highest) answer in steps of ``scale_step``, for r_wg; without it there is none.
    - ``adjust``: "season" takes a trend and a yearly wave out of the within part, "none" nothing.
    - ``minimum_n``: units' own figures of fewer answers on either side are withheld, and those that would reveal them.
    - ``filters`` applies to ``table`` alone; ``seed`` is taken for the sake of one call for all analyses: nothing is drawn.

    Within: weighted least squares after unit means, CR2 errors clustered by unit; below six units, by stretches of time, and then of
    these units only. Between: meta-regression of units' means (REML, Knapp–Hartung). Benjamini–Hochberg over touchpoints × lags.
    Raises :class:`~kapula.errors.KapulaError` for columns and settings that cannot be used.
    """
    items = (staff,) if isinstance(staff, str) else tuple(staff)
    columns = Columns(unit, time, customer, items, touchpoint, None if period is None else require_period(period))
    lags = require_settings(columns, lags, adjust, level, staff_scale, scale_step, minimum_n, staff_table is not None)
    cells = collect(table, table if staff_table is None else staff_table, columns, filters, timezone, staff_scale)
    settings = {
        "unit": unit, "time": time, "customer": customer, "staff": list(items), "touchpoint": touchpoint, "lags": list(lags),
        "period": cells.period, "adjust": adjust, "staff_scale": list(staff_scale) if staff_scale else None, "minimum_n": minimum_n,
        "level": level, "timezone": timezone, "seed": seed, "within": "cr2", "between": "reml_knapp_hartung",
        "correction": "benjamini_hochberg",
    }  # fmt: skip
    heard = cells.customer.n.size and cells.staff.n.size
    found = scan(cells, lags if time else (0,), adjust=adjust, level=level, progress=progress) if heard else ()
    return result(cells, found, settings, (staff_scale, scale_step, len(items)), minimum_n)
