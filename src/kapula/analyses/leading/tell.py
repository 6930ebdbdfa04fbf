"""From arrays to the rows of the answer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.atbest import Validated
from kapula.analyses.leading.details import compared_with, profile_of, reverse_of, warnings_about
from kapula.analyses.leading.evidence import Slope
from kapula.analyses.leading.findings import Part, Scanned
from kapula.analyses.leading.lead import Lead
from kapula.analyses.leading.request import Request
from kapula.analyses.leading.sidebyside import side_by_side
from kapula.analyses.leading.tally import Rules
from kapula.analyses.leading.watch import watched
from kapula.analyses.leading.watchlist import Watch

Floats = NDArray[np.float64]


def leads(
    part: Part, one: Scanned, checked: Validated, q: Floats, back_q: Floats, request: Request
) -> tuple[list[Lead], list[Watch]]:
    """The group's candidates, and what to watch of those that lead. ``q``, ``back_q``: (candidates, lags)."""
    found, watch = [], []
    for row in range(len(checked.lag)):
        lead = _lead(part, one, checked, row, q[row], back_q[row], request)
        found.append(lead)
        if lead.leads:
            watch.append(_watch(part, one, row, int(checked.lag[row]), lead, request))
    return found, watch


def _lead(part: Part, one: Scanned, checked: Validated, row: int, q: Floats, back_q: Floats, request: Request) -> Lead:
    lag, gain, effect = int(checked.lag[row]), checked.gains, checked.effects
    place = lag - request.lags[0]
    reverse = reverse_of(one.backward, row, back_q, request)
    t, low, realised = float(one.forward.t[row, lag]), float(gain.low[row]), float(gain.realised[row])
    first = not (reverse.found and abs(reverse.t) > abs(t))
    leads = bool(q[place] <= request.q and low > 0 and realised > 0 and first)
    group = one.group
    return Lead(
        name=request.candidates[group.raw.places[row]],
        segment=part.panel.segment if request.segment else None,
        lag=lag * request.window, t=t, p=float(one.forward.p[row, lag]), q=float(q[place]),
        gain=float(gain.value[row]), low=low, high=float(gain.high[row]), realised=realised, forecasts=int(gain.n[row]),
        leads=leads,
        effect=Slope(*(float(x[row]) for x in (effect.value, effect.low, effect.high, checked.deviation))),
        reverse=reverse, granger=checked.granger[row],
        compared=compared_with(part, one), differenced=group.differenced,
        profile=profile_of(one.forward, row, q, request),
        warnings=warnings_about(part, one, row, reverse, first),
    )  # fmt: skip


def _watch(part: Part, one: Scanned, row: int, lag: int, lead: Lead, request: Request) -> Watch:
    group = one.group
    rules = Rules(request.bad, request.event, request.miss_cost, part.panel.grid.grain, request.window)
    names: tuple[Any, ...] = part.panel.units if len(group.raw.target) > 1 or len(part.panel.units) == 1 else (None,)
    rising = (lead.t or 0) > 0
    told, levels = watched(group.raw, row, lag, rising, group.differenced, rules, names, part.panel.grid.labels)
    return Watch(
        name=lead.name, segment=lead.segment, lag=lag * request.window, on_change=group.differenced, levels=levels,
        series=side_by_side(group.raw, row, lag, part.panel.grid.labels), **told,
    )  # fmt: skip


def untested(name: str, segment: Any, warnings: tuple[str, ...]) -> Lead:
    """A candidate nothing can be said of."""
    return Lead(
        name=name, segment=segment, lag=None, t=None, p=None, q=None, gain=None, low=None, high=None,
        realised=None, forecasts=0,
        leads=False, effect=None, reverse=None, granger={}, compared=None, differenced=False, warnings=warnings,
    )  # fmt: skip
