"""Which teams a place has, and which series are of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kapula.tables import fetch
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.data import CUSTOMER
from kapula_web.insights.analyses.series import Series, series


def usual_touchpoint(data: Data, outcome: str) -> str:
    """The place whose teams have the most series of their own; "" for all where there are no teams with series."""
    places = {one.code for one in held.values(data, "touchpoint")}
    scored = _teams(data, outcome)
    counts = {
        place: sum(len(teams & scored.get(place, set())) for teams in _series_teams(data).values()) for place in places
    }
    best = max(
        sorted(counts), key=lambda place: (counts[place] >= 2, len(scored.get(place, ())), counts[place]), default=""
    )
    return best if counts.get(best, 0) >= 2 else ""


def series_of_place(data: Data, touchpoint: str) -> tuple[list[Series], list[Series]]:
    """Series of the place's own teams, and all others as one series for everyone."""
    teams = {one for place, those in _teams(data, "").items() if not touchpoint or place == touchpoint for one in those}
    known = _series_teams(data)
    own, others = [], []
    for one in series(data):
        shared = known.get(one.code, set()) & teams
        if one.unit == "team" and len(shared) >= min(2, len(teams)) and shared:
            own.append(one)
        else:
            others.append(replace(one, unit=""))
    return own, others


def _series_teams(data: Data) -> dict[str, set[str]]:
    """Series → the teams it has values of."""
    table = data.desk.snapshot.table("observations")
    ask = table.filter(table.team.notnull()).select("measure", "team").distinct()
    rows = data.desk.remember(("leading", "series_teams"), lambda: fetch(ask).to_pylist())
    return _grouped(rows, "measure", "team")


def _teams(data: Data, column: str) -> dict[str, set[str]]:
    """Touchpoint → the teams that customers answered about there; with answers to ``column`` when it is given."""
    table = held.rows(data, CUSTOMER)
    known = table.filter(table.team.notnull(), table.touchpoint.notnull())
    if column:
        known = known.filter(known[column].notnull())
    ask = known.select("touchpoint", "team").distinct()
    rows = data.desk.remember(("leading", "teams", column), lambda: fetch(ask).to_pylist())
    return _grouped(rows, "touchpoint", "team")


def _grouped(rows: Sequence[dict[str, Any]], by: str, of: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for row in rows:
        found.setdefault(str(row[by]), set()).add(str(row[of]))
    return found
