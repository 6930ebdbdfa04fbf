"""How long a period is, told from its dates."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

from kapula.connectors.columns.profile import Profile
from kapula.connectors.mapping.cells import literal
from kapula.connectors.mapping.dates import timestamp
from kapula.connectors.mapping.engine import connect


def grain_of_dates(profile: Profile) -> str:
    """The coarsest grain on whose first (or last) days all the dates lie; "day" when none does or there is one date only."""
    days = _days(profile)
    if len(days) < 2:
        return "day"
    gap = min((b - a).days for a, b in pairwise(days))
    if len({day.weekday() for day in days}) == 1 and gap >= 7 and gap % 7 == 0 and gap < 28:
        return "week"
    for grain, least in (("year", 365), ("quarter", 90), ("month", 28)):
        if gap >= least and len({day.day for day in days}) == 1:
            return grain
    return "day"


def _days(profile: Profile) -> list[date]:
    connection = connect()
    try:
        texts = ", ".join(f"({literal(text)})" for text in profile.values)
        query = f"SELECT DISTINCT ({timestamp('v', profile.date_format)})::TIMESTAMP::DATE AS d FROM (VALUES {texts}) AS t(v)"
        return sorted(day for (day,) in connection.execute(query).fetchall() if day is not None)
    finally:
        connection.close()
