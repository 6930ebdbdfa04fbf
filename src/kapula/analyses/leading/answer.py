"""The answer for panels that have been read."""

from __future__ import annotations

import numpy as np

from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.leading.account import gathered_of, method_of, set_aside_of, warnings_of
from kapula.analyses.leading.enough import needed_periods
from kapula.analyses.leading.findings import Part, part_of
from kapula.analyses.leading.lead import Lead
from kapula.analyses.leading.panel import Panel
from kapula.analyses.leading.raw import blank, constant
from kapula.analyses.leading.request import Request
from kapula.analyses.leading.results import LEADS, NONE, LeadingResult
from kapula.analyses.leading.scanning import found_in
from kapula.analyses.leading.tell import untested
from kapula.analyses.leading.validation import shortest
from kapula.analyses.leading.windows import thinned


def answered(given: list[Panel], asked: Request, progress: Progress = no_progress) -> LeadingResult:
    """The answer for panels that have been read."""
    counted = [thinned(panel, asked.window) for panel in given]
    needed = [_needed(panel, asked, len(given)) for panel in counted]
    long = [panel.periods * asked.window >= need for panel, need in zip(counted, needed, strict=True)]
    if not any(long):
        return _too_little(given, min(needed, default=asked.max_lag + 16), asked)
    enough = [fine and not constant(panel.target[None])[0] for panel, fine in zip(counted, long, strict=True)]
    if not any(enough):
        return _untold(given, asked, ("zero_variance",))
    parts = [part_of(thin, panel, asked) for thin, panel, fine in zip(counted, given, enough, strict=True) if fine]
    rows, watch, tested = found_in(parts, asked, progress)
    rows += _rest(parts, asked)
    rows.sort(key=lambda lead: (not lead.leads, lead.q if lead.q is not None else 2.0, -abs(lead.t or 0.0)))
    codes = [*warnings_of(parts, asked), *(["parts_not_enough"] if not all(enough) else [])]
    if not any(lead.forecasts for lead in rows):  # a lead must improve a forecast: without one nothing was looked for
        return _untold(given, asked, tuple(codes), _forecast_from(parts, asked))
    return LeadingResult(
        target=asked.target, tested=tested, leads=tuple(rows), watch=tuple(watch), verdict=LEADS if watch else NONE,
        n=max(part.whole.periods for part in parts), needed_n=None, units=max(len(part.panel.units) for part in parts),
        grain=parts[0].panel.grid.grain, set_aside=set_aside_of(given), method=method_of(parts, asked),
        warnings=tuple(dict.fromkeys(codes)),
    )  # fmt: skip


def _forecast_from(parts: list[Part], asked: Request) -> int | None:
    """Periods with which forecasts could be made; None when they are many enough and something else is in the way."""
    least = [shortest(len(part.panel.target), asked.lags[-1]) * asked.window for part in parts]
    return min(least) if all(part.whole.periods < need for part, need in zip(parts, least, strict=True)) else None


def _needed(panel: Panel, asked: Request, segments: int) -> int:
    moving = ~constant(panel.candidates)
    tests = max(int(moving.sum()), 1) * len(asked.lags) * segments
    units = int((np.isfinite(panel.target).sum(axis=1) >= panel.periods / 2).sum()) if panel.periods else 1
    return needed_periods(max(units, 1), tests, asked.lags[-1], asked.window, asked.q)


def _rest(parts: list[Part], asked: Request) -> list[Lead]:
    """The candidates without a test: those that do not move, or have no figure."""
    found = []
    for part in parts:
        tested = {int(place) for group in part.groups for place in group.raw.places}
        segment = part.panel.segment if asked.segment else None
        nothing = blank(part.panel.candidates)
        found += [
            untested(name, segment, ("empty", "mostly_missing") if nothing[place] else ("constant",))
            for place, name in enumerate(asked.candidates)
            if place not in tested
        ]
    return found


def _too_little(given: list[Panel], needed: int, asked: Request) -> LeadingResult:
    n = max((panel.periods for panel in given), default=0)
    return _untold(given, asked, (), max(needed, n + 1))


def _untold(given: list[Panel], asked: Request, codes: tuple[str, ...], needed: int | None = None) -> LeadingResult:
    """Nothing was looked for: no figures, and codes that say why."""
    names = [untested(name, None, ()) for name in asked.candidates]
    return LeadingResult(
        target=asked.target, tested=0, leads=tuple(names), watch=(), verdict=NOT_ENOUGH,
        n=max((panel.periods for panel in given), default=0), needed_n=needed,
        units=max((len(panel.units) for panel in given), default=0), grain=given[0].grid.grain if given else "period",
        set_aside=set_aside_of(given), method=method_of([], asked),
        warnings=tuple(dict.fromkeys([*gathered_of(given), *codes])),
    )  # fmt: skip
