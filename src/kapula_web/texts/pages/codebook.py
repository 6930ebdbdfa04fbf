"""The codebook's page: every theme with how often it is spoken of and in what tone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext

from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership
from kapula_web.kit import codes, figures
from kapula_web.texts.figures import Share, Spoken, read_count, spoken, unspoken
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.pages.reading import not_read_with, reading_of
from kapula_web.texts.selectors import retired_themes_of, themes_of

ORDER: Final = ("negative", "mixed", "neutral", "positive")
"""How sentiments stand in a bar: the bad to the left, the good to the right."""


@dataclass(frozen=True, slots=True)
class Row:
    """A theme as the list shows it. ``share`` and ``interval`` are empty when there are too few comments. ``silent``: nobody speaks
    of it. ``unread``: why it cannot be known yet whether anybody does."""

    theme: CodebookTheme
    count: str
    share: str
    interval: str
    parts: list[dict[str, Any]]
    tone: str
    silent: bool
    unread: str = ""


def codebook_context(membership: Membership) -> dict[str, Any]:
    organisation = membership.organisation
    found, themes = spoken(organisation), themes_of(organisation)
    read, reading = read_count(organisation), reading_of(organisation)
    unread = not_read_with(organisation, reading)
    rows = [row_of(theme, found.get(theme.code) or unspoken(theme.code, organisation), unread) for theme in themes]
    return {
        "rows": rows,
        "answer": _answer(themes, found),
        "evidence": _evidence(read),
        "reading": reading,
        "retired": retired_themes_of(organisation),
        "may_change": may(membership, "model"),
        "last": len(rows),
        "method": method(read),
    }


def row_of(theme: CodebookTheme, told: Spoken, unread: str = "") -> Row:
    """``unread``: what is said of a theme no comment has when comments still wait to be read: nought of them would be no finding."""
    share = told.share
    unread = "" if share.count else unread
    enough = share.told and not unread
    return Row(
        theme,
        figures.number(share.count, 0),
        figures.percent(share.value, digits_of(share)) if enough else "",
        figures.interval(share.low, share.high, "share", digits_of(share)) if enough else "",
        parts_of(told),
        tone_of(told),
        enough and not share.count,
        unread,
    )


def digits_of(share: Share) -> int:
    """Small shares with a decimal: 0,4 % is not nothing."""
    return 1 if share.value < 0.0995 else 0


def parts_of(told: Spoken) -> list[dict[str, Any]]:
    """The bar of sentiments: where each begins and how wide it is, in hundredths; empty when there are too few mentions."""
    if not told.sentiments[ORDER[0]].told:
        return []
    found, start = [], 0.0
    for sentiment in ORDER:
        share = told.sentiments[sentiment]
        width = 100 * share.value
        if width:
            found.append({"code": sentiment, "start": f"{start:.2f}", "width": f"{width:.2f}"})
        start += width
    return found


def tone_of(told: Spoken) -> str:
    """ "kielteinen 62 % (58–66 %)": the commonest tone; why none is shown when there are too few mentions."""
    first = told.sentiments[ORDER[0]]
    if not first.told:
        few = gettext("sävyä ei näytetä: alle %(least)s mainintaa") % {"least": first.minimum_n}
        return few if first.n else ""
    sentiment = max(ORDER, key=lambda code: told.sentiments[code].count)
    share = told.sentiments[sentiment]
    return gettext("%(tone)s %(share)s (%(interval)s)") % {
        "tone": codes.words("sentiment", sentiment),
        "share": figures.percent(share.value),
        "interval": figures.interval(share.low, share.high, "share"),
    }


def method(read: int) -> list[tuple[str, str]]:
    """How the figures were made."""
    return [
        (gettext("Osuus"), gettext("Kommentit, joissa teema mainitaan, jaettuna kaikilla luetuilla kommenteilla.")),
        (gettext("n"), figures.number(read, 0)),
        (gettext("Väli"), gettext("Wilsonin 95 prosentin luottamusväli.")),
        (
            gettext("Mitä väli ei kerro"),
            gettext(
                "Kone nimeää teemoja myös väärin. Korjaamalla kommentteja näet teeman sivulta, kuinka hyvin se osuu."
            ),
        ),
        (gettext("Korjaukset"), gettext("Ihmisen korjaus menee koneen edelle heti, kun se on tehty.")),
    ]


def _answer(themes: list[CodebookTheme], found: dict[str, Spoken]) -> str:
    mentioned = [(found[theme.code].share, theme) for theme in themes if theme.code in found]
    if not mentioned or not mentioned[0][0].told:
        return gettext("Mistä asiakkaamme puhuvat?")
    share, theme = max(mentioned, key=lambda one: one[0].count)
    return gettext("Eniten puhutaan teemasta %(theme)s: %(share)s kommenteista (%(interval)s).") % {
        "theme": theme.name,
        "share": figures.percent(share.value, digits_of(share)),
        "interval": figures.interval(share.low, share.high, "share", digits_of(share)),
    }


def _evidence(read: int) -> str:
    if not read:
        return gettext("Koodikirja on lista teemoista, joita kommenteista etsitään.")
    return gettext("Luettuja kommentteja %(n)s. Yhdessä kommentissa voi olla monta teemaa.") % {
        "n": figures.number(read, 0)
    }
