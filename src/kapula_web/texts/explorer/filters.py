"""What the explorer shows, as its address says it: every view can be sent to a colleague and linked from a figure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Final
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from kapula_web.accounts.models import Organisation

DIMENSIONS: Final = (
    "theme", "sentiment", "sign", "touchpoint", "team", "channel", "segment", "source", "score", "answer", "days", "emotion", "empathy",
    "language",
)  # fmt: skip
"""What may be filtered by, several values each: values of one are joined by "or", dimensions by "and". ``theme``: a code, or a code and a
sentiment ("waiting_time:negative"). ``score``: low, middle or high. ``answer``: a question with a scale that was answered, or with a
band of its scale ("speed:low"). ``sign``: see SIGNS. ``days``: a stretch of days, both included ("2026-01-01/2026-03-31"): a figure
of two periods that are apart has the words of both behind it, and none from between."""

SIGNS: Final = ("urgent", "churn_risk", "unresolved", "suggestion")
WAYS: Final = ("words", "meaning")
ORDERS: Final = ("best", "new", "old")
LONGEST: Final = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """``start``/``end``: both included. ``q``: what is searched for, by words or by meaning. ``like``: a comment whose kind is looked for.
    ``order``: empty for the usual one: the best first when something is searched for, the newest otherwise."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    start: date | None = None
    end: date | None = None
    q: str = ""
    how: str = "words"
    like: int | None = None
    order: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Filters:
        """The view an address asks for. What it cannot mean is left out: an old link still opens."""
        values = {name: tuple(dict.fromkeys(v[:100] for v in query.getlist(name) if v)) for name in DIMENSIONS}
        values["days"] = tuple(given for given in values["days"] if stretch_of(given))
        how, order, like = query.get("how", ""), query.get("order", ""), query.get("like", "")
        return cls(
            {name: given[:50] for name, given in values.items() if given},
            _day(query.get("from", "")),
            _day(query.get("to", "")),
            " ".join(query.get("q", "").replace("\0", " ").split())[:LONGEST],
            how if how in WAYS else "words",
            int(like) if like.isdecimal() and len(like) < 19 else None,
            order if order in ORDERS else "",
        )

    @property
    def searches(self) -> bool:
        return bool(self.q) or self.like is not None

    @property
    def shown_order(self) -> str:
        """The order in force: there is no best where nothing is searched for."""
        usual = "best" if self.searches else "new"
        return usual if self.order == "best" or not self.order else self.order

    @property
    def narrows(self) -> bool:
        """Whether anything at all is left out."""
        return bool(self.values or self.start or self.end or self.searches)

    def pairs(self) -> list[tuple[str, str]]:
        """Name and value of everything the address says."""
        found = [("q", self.q)] if self.q else []
        if self.q and self.how != "words":
            found.append(("how", self.how))
        if self.like is not None:
            found.append(("like", str(self.like)))
        found += [(name, day.isoformat()) for name, day in (("from", self.start), ("to", self.end)) if day]
        found += [(name, value) for name in DIMENSIONS for value in self.values.get(name, ())]
        return found + ([("order", self.order)] if self.order else [])

    def query(self, **changes: Any) -> str:
        """The query string of this view with changes; ready to be put after a question mark."""
        return urlencode(replace(self, **changes).pairs())

    def toggled(self, name: str, value: str) -> Mapping[str, tuple[str, ...]]:
        """The values with one more, or one less where it was chosen."""
        own = self.values.get(name, ())
        changed = tuple(one for one in own if one != value) if value in own else (*own, value)
        found = {**self.values, name: changed}
        return {key: given for key, given in found.items() if given}

    def without(self, name: str) -> Mapping[str, tuple[str, ...]]:
        return {key: given for key, given in self.values.items() if key != name}


def explorer_url(organisation: Organisation, **filters: Any) -> str:
    """The address of the comments behind a figure. ``filters``: any of DIMENSIONS (one value or several), ``start`` and ``end`` (dates),
    ``q``, ``how``, ``like``, ``order``.

        explorer_url(organisation, touchpoint="phone", theme=["waiting_time:negative"], start=first, end=last)

    Raises TypeError for a filter there is none of.
    """
    own = {name: filters.pop(name) for name in ("start", "end", "q", "how", "like", "order") if name in filters}
    if unknown := sorted(set(filters) - set(DIMENSIONS)):
        raise TypeError(f"comments are not filtered by {', '.join(unknown)}; use one of {', '.join(DIMENSIONS)}")
    values = {name: _several(value) for name, value in filters.items()}
    query = Filters({name: given for name, given in values.items() if given}, **own).query()
    return reverse("texts:comments", args=[organisation.slug]) + (f"?{query}" if query else "")


def stretch_of(text: str) -> tuple[date, date] | None:
    """The first and the last day of a value of ``days``; None for what is no stretch."""
    first, _slash, last = text.partition("/")
    start, end = _day(first), _day(last)
    return (start, end) if start and end and start <= end else None


def _several(value: str | Iterable[str] | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value,) if isinstance(value, str) else tuple(value)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
