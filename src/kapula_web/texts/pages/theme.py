"""A theme's page: how often and in what tone it is spoken of, what has been learned of it, and the comments."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.translation import gettext

from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership
from kapula_web.kit import codes, figures
from kapula_web.ledger.models import Comment
from kapula_web.texts.access import visible_comments
from kapula_web.texts.figures import Spoken, read_count, spoken, unspoken
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.pages.codebook import ORDER, Row, method, parts_of, row_of, tone_of
from kapula_web.texts.pages.comment import shown
from kapula_web.texts.pages.learning import learning_of
from kapula_web.texts.pages.reading import not_read_with, reading_of
from kapula_web.texts.services.checking import to_check

PER_PAGE: Final = 15
CHECK: Final = "check"
LISTS: Final = ("named", CHECK, "corrected")


def theme_context(membership: Membership, theme: CodebookTheme, chosen: str, number: str) -> dict[str, Any]:
    organisation = membership.organisation
    told = spoken(organisation).get(theme.code) or unspoken(theme.code, organisation)
    reading = reading_of(organisation)
    row = row_of(theme, told, not_read_with(organisation, reading))
    found: dict[str, Any] = {
        "about": theme,
        "row": row,
        "reading": reading,
        "answer": _answer(theme, told, row),
        "tone": tone_of(told),
        "parts": parts_of(told),
        "table": _table(told) if told.sentiments[ORDER[0]].told else None,
        "learning": learning_of(theme),
        "method": method(read_count(organisation)),
        "may_change": may(membership, "model"),
        "may_see_rows": may(membership, "see_rows"),
    }
    return found | _comments(membership, theme, chosen, number) if found["may_see_rows"] else found


def _comments(membership: Membership, theme: CodebookTheme, chosen: str, number: str) -> dict[str, Any]:
    chosen = chosen if chosen in LISTS else LISTS[0]
    page: Any = Paginator(_of(membership, theme, chosen), PER_PAGE).get_page(number)
    labels = {"named": gettext("Nimetyt"), CHECK: gettext("Tarkistettavat"), "corrected": gettext("Tarkistetut")}
    return {
        "chosen": chosen,
        "tabs": [(f"?list={name}#comments", labels[name], name == chosen) for name in LISTS],
        "page": page,
        "comments": shown(list(page.object_list), theme),
    }


def read_comments(membership: Membership) -> QuerySet[Comment]:
    return visible_comments(membership).filter(analysis__isnull=False)


def _of(membership: Membership, theme: CodebookTheme, chosen: str) -> QuerySet[Comment]:
    found = read_comments(membership)
    found = found.select_related("analysis", "response__touchpoint", "response__team")
    if chosen == "corrected":
        return found.filter(theme_corrections__code=theme.code).order_by("-theme_corrections__made_at")
    if chosen == CHECK:
        return to_check(found, theme)
    return found.filter(analysis__mentions__code=theme.code).order_by("-response__occurred_at", "-pk")


def _answer(theme: CodebookTheme, told: Spoken, row: Row) -> str:
    share = told.share
    if not share.n:
        return theme.name
    if row.unread:
        return f"{theme.name}: {row.unread}"
    if not share.told:
        return gettext("%(theme)s: kommentteja on vielä liian vähän.") % {"theme": theme.name}
    return gettext("%(theme)s mainitaan %(share)s:ssa kommenteista") % {"theme": theme.name, "share": row.share}


def _table(told: Spoken) -> dict[str, Any]:
    """The tones as numbers."""
    head = [(gettext("Sävy"), ""), (gettext("Osuus"), "r"), (gettext("Väli"), "r"), (gettext("Kommentteja"), "r")]
    rows = []
    for sentiment in ORDER:
        share = told.sentiments[sentiment]
        rows.append(
            [
                codes.words("sentiment", sentiment),
                figures.percent(share.value),
                figures.interval(share.low, share.high, "share"),
                figures.number(share.count, 0),
            ]
        )
    return {"head": head, "rows": rows, "caption": gettext("Missä sävyssä teemasta puhutaan")}
