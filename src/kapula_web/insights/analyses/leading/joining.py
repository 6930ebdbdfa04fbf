"""The panel the question is asked of: teams by weeks, with a column for each candidate."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.leading.candidates import STAFF, STAFF_PREFIX
from kapula_web.insights.analyses.leading.places import series_of_place
from kapula_web.insights.analyses.series import PREFIX, panel


def joined(data: Data, touchpoint: str, table: Any, outcome: str, names: Iterable[str]) -> Any:
    """Teams by weeks: the mean of the outcome, its n, and a column for each candidate."""
    wanted = list(names)
    series_ = [one for part in series_of_place(data, touchpoint) for one in part if one.column in wanted]
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
