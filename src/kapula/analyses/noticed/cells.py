"""Comments counted where the data is: by team, period and whether the team's roll-out had begun."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.columns import checked, labels
from kapula.analyses.linkage.periods import ordinals
from kapula.analyses.noticed.begun import first_day, require_between
from kapula.errors import OffScaleError, ParameterError
from kapula.measures.engine.periods import period_label, period_start
from kapula.tables import fetch
from kapula.trends.times import middle_day, period_of

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
Flags = NDArray[np.bool_]

TEAM, PERIOD, START, MENTION, AFTER = (f"kapula_{name}" for name in ("team", "period", "start", "mention", "after"))
USUAL: Final = "month"
NEVER: Final = 1 << 40
"""The roll-out period of a team that has none."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One entry a cell: ``team`` and ``period`` codes, ``after``: its comments are from after the team's roll-out, ``n`` comments of which
    ``share`` mention. ``start``: (teams,) each one's roll-out period, ``NEVER`` without one. ``labels``: of the periods from 0 on,
    which are of ``grain``."""

    teams: tuple[Any, ...]
    labels: tuple[str, ...]
    team: Codes
    period: Codes
    after: Flags
    n: Floats
    share: Floats
    start: Codes
    grain: str

    @property
    def rolled(self) -> Codes:
        """(cells,) the roll-out period of each cell's team."""
        return np.asarray(self.start[self.team])


def collect(
    data: Any, mention: str, team: str, time: str, rollout: str, period: str | None, filters: Any, timezone: str
) -> Cells:
    """The cells of comments whose mention, team and time are known.

    Raises :class:`~kapula.errors.OffScaleError` for mentions that are not 0 or 1, :class:`~kapula.errors.ParameterError` for a team of
    several roll-out dates, and what :func:`kapula.analyses.columns.checked` raises.
    """
    table = checked(data, [mention], others=[team, time, rollout], filters=filters)
    _require_zero_or_one(table, mention)
    day, kind = first_day(table, time, timezone)
    period = period_of(period, kind, time, USUAL)
    when = table[time] if kind is None else middle_day(day, kind)
    start = first_day(table, rollout, timezone)[0]
    table = table.mutate(
        **{
            TEAM: table[team],
            START: start,
            MENTION: table[mention],
            PERIOD: period_start(when, period, timezone).cast("date"),
            AFTER: (day >= start).fill_null(False),
        }
    )
    if kind is not None:
        require_between(table, START, kind, time)
    known = table.filter(table[MENTION].notnull(), table[TEAM].notnull(), table[PERIOD].notnull())
    counted = known.group_by([TEAM, START, PERIOD, AFTER]).aggregate(n=known.count(), said=known[MENTION].sum())
    return _cells(fetch(counted), period)


def _cells(found: Any, period: str) -> Cells:
    codes, teams = labels(found[TEAM])
    days, starts = found[PERIOD].to_pylist(), found[START].to_pylist()
    of_team: dict[int, Any] = {}
    for code, start in zip(codes.tolist(), starts, strict=True):
        if of_team.setdefault(code, start) != start:
            raise ParameterError(
                f"The team {teams[code]!r} has several roll-out dates: {of_team[code] or 'blank'} and {start or 'blank'}.",
                hint="Give each team one date on all its rows, or leave all of them blank.",
                parameter="rollout",
                value=str(teams[code]),
            )
    began = [day for day in of_team.values() if day is not None]
    if not days:
        nothing = np.zeros(0, np.int64)
        return Cells((), (), nothing, nothing, np.zeros(0, bool), np.zeros(0), np.zeros(0), nothing, period)
    first = min(days)
    at = ordinals([first, *days, *began], period) - int(ordinals([first, *days, *began], period)[0])
    when, rolled = at[1 : 1 + len(days)], iter(at[1 + len(days) :])
    start_of = [NEVER if day is None else int(next(rolled)) for day in of_team.values()]
    start = np.array([start_of[list(of_team).index(code)] for code in range(len(teams))], dtype=np.int64)
    start = np.where(start > when.max(), NEVER, start)  # a roll-out still to come
    after = np.array(found[AFTER].to_pylist(), dtype=bool)
    order = np.lexsort((after, when, codes))
    n = found["n"].to_numpy().astype(float)[order]
    share = found["said"].to_numpy().astype(float)[order] / n
    named = dict(zip(when.tolist(), days, strict=True))
    told = tuple(period_label(named.get(place), period) or "" for place in range(int(when.max()) + 1))
    return Cells(tuple(teams), told, codes[order], when[order], after[order], n, share, start, period)


def _require_zero_or_one(table: Any, mention: str) -> None:
    off = fetch(table.aggregate(off=((table[mention] != 0) & (table[mention] != 1)).sum()))["off"][0].as_py()
    if off:
        raise OffScaleError(
            f"The column {mention!r} has {off} values that are neither 0 nor 1.",
            hint="A comment mentions the behaviour (1) or does not (0); leave comments that nobody has read blank.",
            column=mention,
            count=int(off),
        )
