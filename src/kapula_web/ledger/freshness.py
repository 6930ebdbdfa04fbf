"""How old data is and how much of it there is, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Final

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kapula_web.kit.figures import number
from kapula_web.ledger.imports.holdings import Holding

HELD: Final[dict[str, Callable[[int], str]]] = {
    "responses": lambda n: ngettext("%(n)s vastaus", "%(n)s vastausta", n),
    "observations": lambda n: ngettext("%(n)s havainto", "%(n)s havaintoa", n),
    "events": lambda n: ngettext("%(n)s tapahtuma", "%(n)s tapahtumaa", n),
    "outcomes": lambda n: ngettext("%(n)s tulosrivi", "%(n)s tulosriviä", n),
}
"""The rows of each canonical table as people call them."""


def held(holding: Holding) -> str:
    """ "9 348 vastausta"."""
    return HELD[holding.table](holding.count) % {"n": number(holding.count, 0)}


def ago(moment: dt.datetime) -> str:
    """ "tänään", "eilen", "5 päivää sitten", "3 viikkoa sitten", "4 kuukautta sitten", "2 vuotta sitten": by calendar days."""
    days = max(0, (timezone.localdate() - timezone.localtime(moment).date()).days)
    if days < 2:
        return _("eilen") if days else _("tänään")
    if days < 14:
        return ngettext("%(n)s päivä sitten", "%(n)s päivää sitten", days) % {"n": days}
    if days < 60:
        return ngettext("%(n)s viikko sitten", "%(n)s viikkoa sitten", days // 7) % {"n": days // 7}
    if days < 730:
        return ngettext("%(n)s kuukausi sitten", "%(n)s kuukautta sitten", days // 30) % {"n": days // 30}
    return ngettext("%(n)s vuosi sitten", "%(n)s vuotta sitten", days // 365) % {"n": days // 365}


def answer(sources: int, newest: dt.datetime | None, stale: int) -> str:
    """What the data page says first: "8 lähdettä, tuorein tänään", and how many have grown old."""
    said = ngettext("%(n)s lähde", "%(n)s lähdettä", sources) % {"n": number(sources, 0)}
    if newest is None:
        return _("%(sources)s, mutta ei vielä aineistoa") % {"sources": said}
    said = _("%(sources)s, tuorein %(ago)s") % {"sources": said, "ago": ago(newest)}
    if not stale:
        return said
    old = ngettext("%(n)s on vanhentunut", "%(n)s on vanhentunut", stale) % {"n": number(stale, 0)}
    return f"{said}; {old}"


def waits(files: int, rows: int) -> str:
    """What waits for a person: files to be checked and rows to be mended; empty when nothing does."""
    said = []
    if files:
        said.append(
            ngettext("%(n)s tiedosto on kesken.", "%(n)s tiedostoa on kesken.", files) % {"n": number(files, 0)}
        )
    if rows:
        text = ngettext("%(n)s rivi odottaa korjausta.", "%(n)s riviä odottaa korjausta.", rows)
        said.append(text % {"n": number(rows, 0)})
    return " ".join(said)
