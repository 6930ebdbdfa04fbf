"""The filters beside the list: each value with how many comments there would be, as a link that chooses it or lets it go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kapula_web.texts.explorer.choosing import Chosen
from kapula_web.texts.explorer.filters import DIMENSIONS, Filters
from kapula_web.texts.explorer.names import Called
from kapula_web.texts.explorer.shelf import BANDS

SEEN: Final = 6
MOST: Final = 60
OPEN: Final = ("theme", "sentiment", "sign")
_ORDERED: Final = {"sentiment": ("negative", "positive", "mixed", "neutral", "unsure"), "score": BANDS}


@dataclass(frozen=True, slots=True)
class Value:
    code: str
    label: str
    count: int
    chosen: bool
    query: str
    hue: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """``seen``: the most common values and the chosen ones; ``more``: folded below them."""

    name: str
    label: str
    seen: list[Value]
    more: list[Value]
    chosen: int

    @property
    def is_open(self) -> bool:
        return bool(self.chosen) or self.name in OPEN


@dataclass(frozen=True, slots=True)
class Active:
    """A choice in force, and the address without it."""

    label: str
    query: str


def groups(chosen: Chosen, filters: Filters, called: Called) -> list[Group]:
    """Those in which there is something to choose between."""
    found = (_group(name, chosen, filters, called) for name in DIMENSIONS)
    return [group for group in found if len(group.seen) > 1 or group.chosen or (group.name in OPEN and group.seen)]


def active(filters: Filters, called: Called) -> list[Active]:
    """Every choice in force, searches and days first."""
    from django.utils.translation import gettext

    from kapula_web.kit.dates import date

    found = (
        [Active(gettext("”%(words)s”") % {"words": filters.q}, filters.query(q="", how="words", order=""))]
        if filters.q
        else []
    )
    if filters.like is not None:
        found.append(Active(gettext("samankaltaiset kuin yksi kommentti"), filters.query(like=None, order="")))
    if filters.start:
        found.append(Active(gettext("alkaen %(day)s") % {"day": date(filters.start)}, filters.query(start=None)))
    if filters.end:
        found.append(Active(gettext("%(day)s asti") % {"day": date(filters.end)}, filters.query(end=None)))
    return found + [
        Active(f"{called.group(name)}: {called.value(name, value)}", filters.query(values=filters.toggled(name, value)))
        for name, values in filters.values.items()
        for value in values
    ]


def _group(name: str, chosen: Chosen, filters: Filters, called: Called) -> Group:
    own, counts = filters.values.get(name, ()), dict(chosen.counts[name])
    for value in own:
        counts.setdefault(value, 0)
    codes = [code for code, count in counts.items() if code and (count or code in own)]
    codes = [code for code in codes if (name, code) != ("emotion", "none")]
    told = (
        counts if name in ("answer", "days") else _ORDERED.get(name, ())
    )  # answers are counted question by question, band by band; stretches as they were asked for
    order = {code: place for place, code in enumerate(told)}
    codes.sort(key=lambda code: (order.get(code, len(order)), -counts[code], code))
    values = [_value(name, code, counts[code], filters, called) for code in codes[:MOST]]
    seen = [value for place, value in enumerate(values) if place < SEEN or value.chosen]
    return Group(name, called.group(name), seen, [value for value in values if value not in seen], len(own))


def _value(name: str, code: str, count: int, filters: Filters, called: Called) -> Value:
    query = filters.query(values=filters.toggled(name, code))
    hue = called.hue(code.partition(":")[0]) if name == "theme" else ""
    return Value(code, called.value(name, code), count, code in filters.values.get(name, ()), query, hue)
