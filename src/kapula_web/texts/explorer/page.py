"""What the explorer page shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from django.utils.translation import gettext, ngettext

from kapula_web.kit import codes, figures
from kapula_web.kit.dates import date
from kapula_web.texts.explorer import index
from kapula_web.texts.explorer.asking import View
from kapula_web.texts.explorer.facets import active, groups
from kapula_web.texts.explorer.filters import ORDERS, WAYS, Filters
from kapula_web.texts.explorer.items import items
from kapula_web.texts.explorer.names import Called
from kapula_web.texts.explorer.paging import cut
from kapula_web.texts.explorer.searching import can_be_searched, waits_for_meaning, without_meaning
from kapula_web.texts.explorer.sentences import Themes, Tones, answer, by_tone, evidence, unclear_days
from kapula_web.texts.explorer.shelf import scored_questions


def context(view: View, query: Mapping[str, str]) -> dict[str, Any]:
    filters, called = view.filters, Called.of(view.organisation)
    edges = {name: query.get(name, "") for name in ("after", "before")}
    page = cut(view.shelf, view.chosen, old_first=filters.shown_order == "old", **edges)
    tones = Tones(_sentiments(view), view.organisation.minimum_n)
    asked = index.read(filters.q) if filters.q and filters.how == "words" else None
    shown = items(view.comments(page.rows), filters, called, scored_questions(view.organisation), asked)
    return {
        "filters": filters,
        **_said(view, tones, called),
        "unclear": unclear_days(filters, query),
        "unsearchable": bool(filters.q) and not can_be_searched(filters),
        "items": shown,
        "page": page,
        "position": _position(page.first, page.last, page.total),
        "groups": groups(view.chosen, filters, called),
        "active": active(filters, called),
        "orders": _orders(filters),
        "ways": [(way, codes.words("comment_search", way), way == filters.how) for way in WAYS],
        "kept": [(name, value) for name, value in filters.pairs() if name not in ("q", "how", "like", "order")],
        "kept_days": [(name, value) for name, value in filters.pairs() if name not in ("from", "to")],
        "base": filters.query(),
        "unread": int((~view.shelf.read).sum()),
        "waiting": _waiting(view),
        "loosened": [] if shown else _loosened(view, called),
        "days": (date(view.shelf.days[-1].item()), date(view.shelf.days[0].item())) if len(view.shelf) else None,
        "method": method(view),
    }


def _said(view: View, tones: Tones, called: Called) -> dict[str, Any]:
    """The answer, how sure it is, and its bar: none where tone is what the comments were chosen by."""
    filters, count, themes = view.filters, len(view.chosen), _themes(view)
    return {
        "answer": answer(count, tones, filters, themes, called) if len(view.shelf) else gettext("Asiakkaiden sanat"),
        "evidence": evidence(count, tones, filters, themes, called),
        "parts": [] if by_tone(filters) else tones.parts(),
    }


def _themes(view: View) -> Themes:
    """Of the comments shown, as ``_sentiments``."""
    said, shown = view.shelf.mentions, np.zeros(len(view.shelf), bool)
    shown[view.chosen.rows] = True
    numbers = np.bincount(said.themes[shown[said.rows]], minlength=len(said.values))
    counts = dict(zip(said.values, numbers.tolist(), strict=True))
    asked = frozenset(one.partition(":")[0] for one in view.filters.values.get("theme", ()))
    return Themes(counts, int((view.shelf.read & shown).sum()), view.organisation.minimum_n, asked)


def _sentiments(view: View) -> dict[str, int]:
    """Of the comments shown: with a sentiment chosen, its facet counts what the others would add."""
    column = view.shelf.columns["sentiment"]
    own = column.codes[view.chosen.rows]
    return {value: int((own == place).sum()) for place, value in enumerate(column.values)}


def _position(first: int, last: int, total: int) -> str:
    if not last:
        return ""
    told = {"first": figures.number(first, 0), "last": figures.number(last, 0), "total": figures.number(total, 0)}
    return gettext("%(first)s–%(last)s / %(total)s") % told


def _orders(filters: Filters) -> list[tuple[str, str, bool]]:
    return [
        (filters.query(order=order), codes.words("comment_order", order), order == filters.shown_order)
        for order in ORDERS
        if order != "best" or filters.searches
    ]


def _waiting(view: View) -> str:
    """What the search cannot find yet."""
    like = view.filters.like
    if like is None and not view.filters.q:
        return ""
    if like is not None and waits_for_meaning(view.organisation, view.shelf, like, view.teams):
        return gettext("Kommentin lukeminen on kesken: samankaltaiset löytyvät, kun se on luettu.")
    by_words = like is None and view.filters.how == "words"
    count = index.waiting(view.organisation.pk) if by_words else without_meaning(view.organisation, view.shelf)
    if not count:
        return ""
    text = ngettext("%(n)s kommentti ei ole vielä haussa.", "%(n)s kommenttia ei ole vielä haussa.", count)
    return text % {"n": figures.number(count, 0)}


def _loosened(view: View, called: Called) -> list[tuple[str, str, str]]:
    """What to let go when nothing was found: (what, address, how many there then are)."""
    found = []
    for way, count in view.loosened():
        gone = [called.group(name) for name in view.filters.values if name not in way.values]
        what = gone[0] if gone else gettext("haku") if view.filters.searches != way.searches else gettext("aika")
        said = ngettext("%(n)s kommentti", "%(n)s kommenttia", count) % {"n": figures.number(count, 0)}
        found.append((gettext("Ilman rajausta: %(what)s") % {"what": what}, way.query(), said))
    return found


def method(view: View) -> list[tuple[str, str]]:
    """How the figures of the page come about."""
    return [
        (gettext("Sävy"), gettext("Kone on lukenut kommentit tällä palvelimella. Epävarmat jäävät pois osuuksista.")),
        (gettext("Väli"), gettext("Osuuden 95 prosentin väli on Wilsonin. Siinä ei ole koneen lukuvirhettä.")),
        (
            gettext("Arvosana"),
            gettext("Vastaajan arvosana asteikkonsa osana: matala 65 prosenttiin, korkea 85 prosentista alkaen. "
                    "Asteikolla 0–10 ne ovat 0–6 ja 9–10."),
        ),
        (
            gettext("Haku"),
            gettext("Sanat löytyvät taivutettuinakin. Merkityksellä haku näyttää sata lähintä kommenttia."),
        ),
        (gettext("Henkilötiedot"), gettext("Nimet, numerot ja osoitteet on peitetty.")),
    ]  # fmt: skip
