"""What may move before a score on the page: operational series, staff's answers, and the other questions of the same place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from django.utils.translation import gettext

from kapula.tables import fetch
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.data import CUSTOMER
from kapula_web.insights.analyses.series import PREFIX, Series, panel, series

STAFF: Final = "employee"
STAFF_PREFIX: Final = "staff_"
MOST: Final = 12
"""How many are tried unasked: every one more makes the rest harder to tell from chance."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """``code``: its column in the panel. ``kind``: "series", "elsewhere" (a series of other teams), "staff" or "question". ``suffix``: what
    follows its numbers."""

    code: str
    label: str
    kind: str
    suffix: str = ""


def candidates(data: Data, touchpoint: str, outcome: str) -> list[Candidate]:
    """The likeliest first: series of the place's own teams, staff's answers, series of everyone, of other teams, and questions."""
    own, others = _of_place(data, touchpoint)
    staff = [
        Candidate(STAFF_PREFIX + one.column, gettext("%(question)s (henkilöstö)") % {"question": one.label}, "staff")
        for one in held.questions(data, STAFF, least=200)
    ]
    asked = [Candidate(one.column, one.label, "question") for one in held.questions(data) if one.column != outcome]
    first = [Candidate(one.column, one.label, "series", one.suffix) for one in own]
    kinds = {one.code: "elsewhere" if one.unit == "team" else "series" for one in series(data)}
    rest = [Candidate(one.column, one.label, kinds[one.code], one.suffix) for one in others]
    return [*first, *staff, *sorted(rest, key=lambda one: one.kind == "elsewhere"), *asked]


def usual_candidates(data: Data, touchpoint: str, outcome: str) -> list[str]:
    """All but the figures of other teams, and the questions that the same customers answered: those move together."""
    return [one.code for one in candidates(data, touchpoint, outcome) if one.kind in ("series", "staff")][:MOST]


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


def joined(data: Data, touchpoint: str, table: Any, outcome: str, names: Iterable[str]) -> Any:
    """Teams by weeks: the mean of the outcome, its n, and a column for each candidate."""
    wanted = list(names)
    series_ = [one for part in _of_place(data, touchpoint) for one in part if one.column in wanted]
    found = panel(data, table, outcome, series_)
    for name in wanted:
        if name.startswith(STAFF_PREFIX):
            found = _with_answers(found, held.rows(data, STAFF), name.removeprefix(STAFF_PREFIX), name)
        elif not name.startswith(PREFIX):
            found = _with_answers(found, table, name, name)
    return found


def _with_answers(found: Any, rows: Any, column: str, name: str) -> Any:
    """The panel with the mean of another answer by team and week."""
    rows = rows.filter(rows[column].notnull(), rows.team.notnull())
    rows = rows.mutate(kapula_of=rows.team, kapula_monday=rows.occurred_on.truncate("W"))
    weekly = rows.group_by("kapula_of", "kapula_monday").aggregate(**{name: rows[column].mean()})
    both = found.left_join(weekly, [found.team == weekly.kapula_of, found.week == weekly.kapula_monday])
    return both.drop("kapula_of", "kapula_monday")


def _of_place(data: Data, touchpoint: str) -> tuple[list[Series], list[Series]]:
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
