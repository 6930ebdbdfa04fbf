"""What a page shows, as its address says it: every state of a measure page can be sent to a colleague."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.http import QueryDict

from kapula.schema import PERIODS

RANGES: Final[dict[str, int | None]] = {"3m": 91, "12m": 364, "24m": 728, "all": None}
"""Length of a range in days; whole weeks, so that a week is never cut."""


def usual_comparison(period: str, seasonal: bool = False) -> str:
    """Quarters have a season, so they are held against the same quarters a year before; shorter periods against those just before.
    ``seasonal``: the measure is looked at by the quarter or less often, so that its months are waves of a year, too."""
    return "year" if period == "quarter" or (seasonal and period == "month") else "before"


COMPARISONS: Final = ("before", "year", "own")
"""The latest stretch against the one before it, against the same a year earlier, or two stretches of one's own choice."""


@dataclass(frozen=True, slots=True)
class View:
    """``start``/``end``: own range, both included. ``filters``: column → values. ``by``: the dimension shown.
    ``first``/``second``: own stretches."""

    period: str
    range: str = "12m"
    start: date | None = None
    end: date | None = None
    by: str = ""
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    compare: str = "before"
    first: tuple[date, date] | None = None
    second: tuple[date, date] | None = None
    seasonal: bool = False

    @classmethod
    def read(cls, query: QueryDict, *, period: str, dimensions: tuple[str, ...], seasonal: bool = False) -> View:
        """The view an address asks for. What it cannot mean falls back to the usual: an old link still opens."""
        chosen = query.get("period", period)
        start, end = _day(query, "from"), _day(query, "to")
        if query.get("range", "own") in RANGES:  # a length chosen anew replaces the days chosen before
            start = end = None
        filters = {name: tuple(v for v in query.getlist(name) if v) for name in dimensions}
        first, second = _stretch(query, "first"), _stretch(query, "second")
        shown_period = chosen if chosen in PERIODS else period
        usual = usual_comparison(shown_period, seasonal)
        compare = query.get("compare", usual)
        by = query.get("by", "")
        return cls(
            period=shown_period,
            range="own" if start and end else query.get("range", "") if query.get("range") in RANGES else "12m",
            start=start if start and end else None,
            end=end if start and end else None,
            by=by if by in dimensions else (dimensions[0] if dimensions else ""),
            filters=tuple(sorted((name, values) for name, values in filters.items() if values)),
            compare=compare if compare in COMPARISONS and (compare != "own" or (first and second)) else usual,
            first=first,
            second=second,
            seasonal=seasonal,
        )

    def query(self, **changes: object) -> str:
        """The address's query string for this view with changes; ready to be put after a question mark."""
        return urlencode(replace(self, **changes).pairs())  # type: ignore[arg-type]

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value of everything the address says."""
        pairs: list[tuple[str, str]] = [("period", self.period)]
        if self.range == "own" and self.start and self.end:
            pairs += [("from", self.start.isoformat()), ("to", self.end.isoformat())]
        else:
            pairs.append(("range", self.range if self.range in RANGES else "12m"))
        if self.by:
            pairs.append(("by", self.by))
        pairs += [(name, value) for name, values in self.filters for value in values]
        if self.compare != usual_comparison(self.period, self.seasonal):
            pairs.append(("compare", self.compare))
        for name, stretch in (("first", self.first), ("second", self.second)):
            if stretch and self.compare == "own":
                pairs += [(f"{name}_from", stretch[0].isoformat()), (f"{name}_to", stretch[1].isoformat())]
        return pairs

    def with_filter(self, name: str, value: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The filters with one value more."""
        found = dict(self.filters)
        found[name] = tuple(dict.fromkeys((*found.get(name, ()), value)))
        return tuple(sorted(found.items()))

    def without_filter(self, name: str, value: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The filters with one value less."""
        found = {key: tuple(v for v in values if (key, v) != (name, value)) for key, values in self.filters}
        return tuple(sorted((key, values) for key, values in found.items() if values))


def _day(query: Mapping[str, str], name: str) -> date | None:
    try:
        return date.fromisoformat(str(query.get(name, "")))
    except ValueError:
        return None


def _stretch(query: Mapping[str, str], name: str) -> tuple[date, date] | None:
    start, end = _day(query, f"{name}_from"), _day(query, f"{name}_to")
    return (start, end) if start and end and start <= end else None
