"""``kapula.leading``: what moves before the target, by how long, how surely, and would it have helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kapula.analyses.contract import Progress, no_progress
from kapula.analyses.leading.answer import answered
from kapula.analyses.leading.panel import Panel, panels
from kapula.analyses.leading.request import Request, request
from kapula.analyses.leading.results import LeadingResult
from kapula.analyses.leading.windows import suspected


def leading(
    table: Any, unit: str | None, time: str, target: str, candidates: Sequence[str], *, max_lag: int = 8,
    period: str | None = None, dependent: bool = False, q: float = 0.05, level: float = 0.95, window: int | None = None,
    season: float | None = None, horizon: int = 1, segment: str | None = None, weight: str | None = None, filters: Any = None,
    timezone: str = "UTC", bad: str = "low", miss_cost: float = 3.0, event: float = 0.2, progress: Progress = no_progress,
) -> LeadingResult:  # fmt: skip
    """Which of ``candidates`` moves before ``target``, by how many periods, and does knowing it improve the forecast?

    ``table``: a row for each unit and period, or more (they are averaged, by ``weight`` where given: the answers
    behind a row). ``unit``:
    the column of teams, sites …, None for one series. ``time``: dates, ISO periods or whole numbers; ``period``
    gathers dates. Lags run
    from ``horizon`` to ``max_lag`` periods; lag 0 is told and never a lead. ``segment``: a scan for each value,
    corrected as one.
    ``window``: periods that each survey figure covers (overlapping windows are thinned; None: looked for, 1: they
    do not overlap).
    ``season``: periods in a season (None: from the calendar or the target, 0: none). ``dependent``:
    Benjamini–Yekutieli instead of
    Benjamini–Hochberg at ``q``. ``bad``, ``miss_cost``, ``event``: for the watch list, see
    :mod:`kapula.analyses.leading.watch`.

    Raises :class:`~kapula.errors.ParameterError`, :class:`~kapula.errors.UnknownColumnError`,
    :class:`~kapula.errors.ColumnTypeError` and
    :class:`~kapula.errors.NotFiniteError`. Nothing in it is random. The method and its sources: ``docs/analyses/leading.md``.
    """
    asked = request(
        target=target, candidates=candidates, unit=unit, time=time, segment=segment, weight=weight,
        filters=filters, period=period,
        timezone=timezone, max_lag=max_lag, horizon=horizon, window=window, season=season, dependent=dependent,
        q=q, level=level,
        bad=bad, miss_cost=miss_cost, event=event,
    )  # fmt: skip
    progress(0, 1)
    given = panels(table, asked)
    if window is None:
        asked = replace(asked, window=_window(given, asked))
    return answered(given, asked, progress)


def _window(given: list[Panel], asked: Request) -> int:
    """The window the targets look averaged over, where they all do and it leaves a lag to test."""
    found = {suspected(panel.target) for panel in given} or {1}
    return found.pop() if len(found) == 1 and max(found) * asked.horizon <= asked.max_lag else 1
