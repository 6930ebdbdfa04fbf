"""What cannot be asked of the accounts, refused with what to do instead."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from kapula.analyses.accounts.columns import Columns
from kapula.errors import ParameterError

MOST_DAYS: Final = 36_525
"""A hundred years: what is longer is a slip of the keys."""


def as_day(given: Any) -> date | None:
    """The day looked from. Raises :class:`~kapula.errors.ParameterError` for text that is no ISO day."""
    if isinstance(given, datetime):
        return given.date()
    if given is None or isinstance(given, date):
        return given
    try:
        return date.fromisoformat(given)
    except (TypeError, ValueError) as error:
        raise ParameterError(
            f"as_of={given!r} is no day.", hint="Write it as in 2024-02-01.", parameter="as_of", value=str(given)
        ) from error


def require_within(as_of: date, first: date | None, last: date | None, days: int) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for a day looked from in whose window there is no answer, though there are answers."""
    if first is not None and last is not None and not (first <= as_of and last > as_of - timedelta(days=days)):
        raise ParameterError(
            f"No answer lies in the {days} days up to {as_of.isoformat()}: they are from {first.isoformat()} to {last.isoformat()}.",
            hint="Widen window_days, or give an as_of near the answers.",
            parameter="as_of",
            value=as_of.isoformat(),
        )


def require_settings(columns: Columns, window: int, renewal: int, onboarding: int, level: float) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for settings that cannot be used."""
    names = [getattr(columns, name) for name in Columns.__slots__ if getattr(columns, name)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ParameterError(
            f"The column {twice!r} has two tasks.", hint="Name a column for each.", parameter="columns", value=twice
        )
    for name, days in (("window_days", window), ("renewal_days", renewal), ("onboarding_days", onboarding)):
        if not 1 <= days <= MOST_DAYS:
            raise ParameterError(
                f"{name} is {days}.", hint=f"Give a day or more, and {MOST_DAYS} at most.", parameter=name, value=days
            )
    if not 0.5 <= level < 1:
        raise ParameterError(
            f"The level {level} is not between 0.5 and 1.", hint="0.95 is usual.", parameter="level", value=level
        )
