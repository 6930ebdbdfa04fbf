"""The places of the product: each app registers its own, and the rail shows those a person may open.

An app puts its places in its ``navigation.py``; the kit imports every such module when Django starts. A place that does not
exist yet is simply not registered: the rail never holds a dead link.

    place("listening", _("Kuuntelu"), "ledger:imports", right="see", order=40, icon="listening", count=waiting)
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.urls import reverse
from django.utils.functional import Promise

from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership

Count = Callable[[Membership], int]
GROUPS: Final = ("loop", "settings", "bell")
"""loop: the loop itself, in its order (Nyt 10 · Suunta 20 · Polku 30 · Kuuntelu 40 · Ymmärrys 50 · Teot 60 · Muutos 70 · Näyttö 80 ·
Tarkastus 90); settings: below it; bell: what runs in the background."""


@dataclass(frozen=True, slots=True)
class Place:
    """``url``: the name of a page that takes the organisation's slug and nothing else. ``count``: what waits there (0 shows nothing).
    ``exact``: current only on its own page, not on the pages below its address."""

    code: str
    label: str | Promise
    url: str
    right: str
    order: int
    group: str = "loop"
    icon: str = "dot"
    count: Count | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """A place as one person sees it. ``current``: "page" on the page itself, "true" on the pages below it, else empty."""

    code: str
    label: str | Promise
    href: str
    icon: str
    count: int
    current: str


PLACES: Final[dict[str, Place]] = {}


def place(
    code: str,
    label: str | Promise,
    url: str,
    *,
    right: str,
    order: int,
    group: str = "loop",
    icon: str = "dot",
    count: Count | None = None,
    exact: bool = False,
) -> Place:
    if group not in GROUPS:
        raise ValueError(f"The place {code!r} has the group {group!r}; choose one of {', '.join(GROUPS)}.")
    if code in PLACES and PLACES[code].url != url:
        raise ValueError(f"The place {code!r} is registered twice.")
    PLACES[code] = Place(code, label, url, right, order, group, icon, count, exact)
    return PLACES[code]


def links(membership: Membership, path: str, group: str = "loop") -> list[Link]:
    """The places of a group that the person may open, in order; the one whose address is the longest beginning of ``path`` is current."""
    slug = membership.organisation.slug
    every = {place: reverse(place.url, args=[slug]) for place in PLACES.values()}
    fitting = [href for place, href in every.items() if (path == href if place.exact else path.startswith(href))]
    best = max(fitting, key=len, default="")
    return [
        Link(
            place.code,
            place.label,
            every[place],
            place.icon,
            place.count(membership) if place.count else 0,
            ("page" if path == best else "true") if every[place] == best else "",
        )
        for place in sorted(PLACES.values(), key=lambda place: place.order)
        if place.group == group and may(membership, place.right)
    ]
