"""``kapula.leading``: what moves before the target, by how long, how surely, and would it have helped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.leading.correction import q_values
from kapula.analyses.leading.enough import needed_periods
from kapula.analyses.leading.findings import STEPS, Part, part_of, scanned, validated
from kapula.analyses.leading.panel import Panel, panels
from kapula.analyses.leading.prepare import constant
from kapula.analyses.leading.request import Request, request
from kapula.analyses.leading.results import LEADS, NONE, Lead, LeadingResult, Watch
from kapula.analyses.leading.tell import leads, untested
from kapula.analyses.leading.windows import suspected, thinned

Floats = NDArray[np.float64]


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


def answered(given: list[Panel], asked: Request, progress: Progress = no_progress) -> LeadingResult:
    """The answer for panels that have been read."""
    counted = [thinned(panel, asked.window) for panel in given]
    needed = [_needed(panel, asked, len(given)) for panel in counted]
    enough = [panel.periods * asked.window >= need for panel, need in zip(counted, needed, strict=True)]
    if not any(enough):
        return _too_little(given, min(needed, default=asked.max_lag + 16), asked)
    parts = [part_of(thin, panel, asked) for thin, panel, fine in zip(counted, given, enough, strict=True) if fine]
    rows, watch, tested = _found(parts, asked, progress)
    rows += _rest(parts, asked)
    rows.sort(key=lambda lead: (not lead.leads, lead.q if lead.q is not None else 2.0, -abs(lead.t or 0.0)))
    warnings = [*_warnings(parts, asked), *(["parts_not_enough"] if not all(enough) else [])]
    return LeadingResult(
        target=asked.target, tested=tested, leads=tuple(rows), watch=tuple(watch), verdict=LEADS if watch else NONE,
        n=max(part.whole.periods for part in parts), needed_n=None, units=max(len(part.panel.units) for part in parts),
        grain=parts[0].panel.grid.grain, set_aside=_set_aside(given), method=_method(parts, asked),
        warnings=tuple(dict.fromkeys(warnings)),
    )  # fmt: skip


def _needed(panel: Panel, asked: Request, segments: int) -> int:
    moving = ~constant(panel.candidates)
    tests = max(int(moving.sum()), 1) * len(asked.lags) * segments
    units = int((np.isfinite(panel.target).sum(axis=1) >= panel.periods / 2).sum()) if panel.periods else 1
    return needed_periods(max(units, 1), tests, asked.lags[-1], asked.window, asked.q)


def _found(parts: list[Part], asked: Request, progress: Progress) -> tuple[list[Lead], list[Watch], int]:
    """Scans of every group, one correction over them all, then the validation of each."""
    total = max(1, STEPS * sum(len(part.groups) for part in parts))
    done = 0
    for part in parts:
        for group in part.groups:
            progress(done, total)
            part.scanned.append(scanned(group, asked))
            done += 2
    every = [(part, one) for part in parts for one in part.scanned]
    start = asked.lags[0]
    forward = _corrected([one.forward.p[:, start:] for _, one in every], asked)
    backward = _corrected([one.backward.p for _, one in every], asked)
    rows: list[Lead] = []
    watch: list[Watch] = []
    for (part, one), q, back in zip(every, forward, backward, strict=True):
        lag = one.forward.p[:, start:].argmin(axis=1) + start
        checked = validated(one, lag, asked, partial(_onwards, progress, done, total))
        found, seen = leads(part, one, checked, q, back, asked)
        rows, watch, done = rows + found, watch + seen, done + STEPS - 2
    progress(total, total)
    return rows, watch, sum(q.size for q in forward)


def _onwards(progress: Progress, done: int, total: int, step: int, steps: int) -> None:
    progress(done + step, total)


def _corrected(ps: list[Floats], asked: Request) -> list[Floats]:
    if not ps:
        return []
    flat = q_values(np.concatenate([p.ravel() for p in ps]), dependent=asked.dependent)
    ends = np.cumsum([p.size for p in ps])[:-1]
    return [part.reshape(p.shape) for part, p in zip(np.split(flat, ends), ps, strict=True)]


def _rest(parts: list[Part], asked: Request) -> list[Lead]:
    """The candidates without a test: those that do not move."""
    found = []
    for part in parts:
        tested = {int(place) for group in part.groups for place in group.raw.places}
        segment = part.panel.segment if asked.segment else None
        found += [
            untested(name, segment, ("constant",)) for place, name in enumerate(asked.candidates) if place not in tested
        ]
    return found


def _too_little(given: list[Panel], needed: int, asked: Request) -> LeadingResult:
    n = max((panel.periods for panel in given), default=0)
    grain = given[0].grid.grain if given else "period"
    names = [untested(name, None, ()) for name in asked.candidates]
    return LeadingResult(
        target=asked.target, tested=0, leads=tuple(names), watch=(), verdict=NOT_ENOUGH, n=n, needed_n=max(needed, n + 1),
        units=max((len(panel.units) for panel in given), default=0), grain=grain, set_aside=_set_aside(given),
        method=_method([], asked),
    )  # fmt: skip


def _set_aside(given: list[Panel]) -> dict[str, int]:
    return {
        "rows_without_unit_or_time": sum(panel.set_aside for panel in given),
        "cells_of_several_rows": sum(panel.averaged for panel in given),
        "cells_without_target": sum(int((~np.isfinite(panel.target)).sum()) for panel in given),
    }


def _warnings(parts: list[Part], asked: Request) -> list[str]:
    found = []
    if any(len(part.panel.units) == 1 for part in parts):
        found.append("single_series")
    if any(constant(part.panel.target[None])[0] or len(part.groups) == 0 for part in parts):
        found.append("constant")
    if any(constant(part.panel.candidates).any() for part in parts):
        found.append("constant")
    if any(not np.isfinite(part.panel.target).all() for part in parts):
        found.append("gaps")
    if any(part.whole.averaged for part in parts):
        found.append("rows_averaged")
    if any(group.differenced for part in parts for group in part.groups):
        found.append("wandering")
    if asked.window > 1:
        found.append("windows_thinned")
    return found


def _method(parts: list[Part], asked: Request) -> dict[str, Any]:
    return {
        "max_lag": asked.max_lag,
        "horizon": asked.horizon,
        "window": asked.window,
        "season": next((part.season for part in parts), None),
        "period": parts[0].panel.grid.grain if parts else asked.period,
        "correction": "benjamini_yekutieli" if asked.dependent else "benjamini_hochberg",
        "q": asked.q,
        "level": asked.level,
        "scan": "prewhitened_and_given_the_past",
        "gain": "rolling_origin_clark_west",
        "units": sorted({len(part.panel.units) for part in parts}),
        "bad": asked.bad,
        "miss_cost": asked.miss_cost,
        "event": asked.event,
    }
