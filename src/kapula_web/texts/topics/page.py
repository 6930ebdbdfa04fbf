"""The page "Mistä puhutaan?": what it says, draws and lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc
from django.utils.translation import gettext, ngettext

from kapula.results import Row
from kapula.text.shares import ErrorRates, ShareRow, SharesResult, shares
from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership, Organisation
from kapula_web.insights.analyses.pictures import Drawn, drawn
from kapula_web.insights.analyses.shown import Picture
from kapula_web.insights.figures.cache import ANSWERS
from kapula_web.insights.pictures.bars import bars_spec
from kapula_web.insights.words.sentences import Shown
from kapula_web.kit import figures
from kapula_web.ledger.selectors import data_version
from kapula_web.texts.explorer.filters import explorer_url
from kapula_web.texts.models import CodebookTheme, CommentAnalysis, Correction
from kapula_web.texts.pages.reading import reading_of
from kapula_web.texts.selectors import themes_of
from kapula_web.texts.services.waiting import standing
from kapula_web.texts.topics.data import GROUPS, error_rates, group_names, labelled
from kapula_web.texts.topics.explained import method
from kapula_web.texts.topics.lists import alerts_of, themes_found
from kapula_web.texts.topics.models import TopicSearch
from kapula_web.texts.topics.over_time import over_time
from kapula_web.texts.topics.tables import group_table, share_table

LAST: Final = timedelta(days=365)
NOT_GROUPED: Final = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """``by``: touchpoint, team, score or nothing."""

    by: str

    @classmethod
    def read(cls, given: Mapping[str, str]) -> Asked:
        by = given.get("by", NOT_GROUPED)
        return cls(by if by in GROUPS else NOT_GROUPED)


def context(membership: Membership, asked: Asked) -> dict[str, Any]:
    organisation = membership.organisation
    themes = themes_of(organisation)
    rates = error_rates(organisation)
    table = _table(organisation)
    whole = _shares(organisation, "whole", table, rates, themes)
    told, reading = bool(whole.rows), reading_of(organisation)
    done = reading.state in ("done", "none")
    words = partial(explorer_url, organisation)
    recent = partial(words, start=_newest(table) - LAST) if told else words
    return {
        "reading": reading,
        "told": told,
        "answer": _answer(whole, themes, done) if told else gettext("Mistä puhutaan?"),
        "evidence": _evidence(whole, rates) if told else "",
        "partly": "" if done or not told else _partly(organisation),
        "picture": _picture(whole, themes) if told else None,
        "table": share_table(whole, themes, recent) if told else None,
        "over_time": over_time(_shares(organisation, "month", table, rates, themes), whole, themes, words)
        if told
        else None,
        "groups": group_table(
            _shares(organisation, asked.by, table, rates, themes),
            themes,
            group_names(organisation, asked.by),
            asked.by,
            recent,
        )
        if told and asked.by
        else None,
        "by": asked.by,
        "ways": _ways(asked),
        "notes": _notes(whole),
        "method": method(whole, rates),
        "themes": themes_found(membership),
        "alerts": alerts_of(organisation, themes),
        "search": TopicSearch.objects.filter(organisation=organisation).first(),
        "may_change": may(membership, "model"),
        "may_see_rows": may(membership, "see_rows"),
    }


def _table(organisation: Organisation) -> Any:
    key = (_version(organisation), "labelled")
    return ANSWERS.get(key, lambda: labelled(organisation))


def _version(organisation: Organisation) -> str:
    """Changes when an answer, a reading or a correction does."""
    read = (
        CommentAnalysis.objects.filter(organisation=organisation)
        .order_by("-analysed_at")
        .values_list("analysed_at", flat=True)
        .first()
    )
    mended = (
        Correction.objects.filter(organisation=organisation)
        .order_by("-made_at")
        .values_list("made_at", flat=True)
        .first()
    )
    return f"{data_version(organisation)}.topics.{read}.{mended}"


def _shares(
    organisation: Organisation, name: str, table: Any, rates: Mapping[str, ErrorRates], themes: Sequence[CodebookTheme]
) -> SharesResult:
    """The last year's shares; by month all of the time there is."""
    recent = table.filter(_recent(table)) if name != "month" else table
    asked: dict[str, Any] = {"time": "day"} if name == "month" else {"by": name} if name in GROUPS else {}

    def compute() -> SharesResult:
        return shares(
            recent,
            labels=[theme.code for theme in themes],
            errors=rates or None,
            cluster="customer",
            version="version",
            minimum_n=organisation.minimum_n,
            n_boot=1000,
            **asked,
        )

    codes = "-".join(theme.code for theme in themes)
    found: SharesResult = ANSWERS.get((_version(organisation), "shares", name, codes), compute)
    return found


def _recent(table: Any) -> Any:
    """The rows of the year that ends with the newest comment."""
    return pc.greater_equal(table["day"], pa.scalar(_newest(table) - LAST, pa.date32()))


def _newest(table: Any) -> date:
    newest: date = pc.max(table["day"]).as_py() or date.min + LAST
    return newest


def _named(themes: Sequence[CodebookTheme]) -> dict[str, str]:
    return {theme.code: theme.name for theme in themes}


def _ordered(result: SharesResult) -> list[ShareRow]:
    """The most spoken of first; what cannot be told last."""
    return sorted(result.rows, key=lambda row: (row.value is None, -(row.value or 0.0), row.label))


def _answer(result: SharesResult, themes: Sequence[CodebookTheme], done: bool) -> str:
    """``done``: every comment has been read; otherwise the sentence speaks of those read so far."""
    first = _ordered(result)[0]
    if first.value is None:
        return gettext("Mistä puhutaan?")
    words = gettext("Eniten puhutaan teemasta %(theme)s: %(share)s kommenteista (%(interval)s).")
    if not done:
        words = gettext(
            "Tähän asti luetuissa puhutaan eniten teemasta %(theme)s: %(share)s kommenteista (%(interval)s)."
        )
    return words % {
        "theme": _named(themes).get(first.label, first.label),
        "share": figures.percent(first.value),
        "interval": figures.interval(first.low, first.high, "share"),
    }


def _partly(organisation: Organisation) -> str:
    """The newest are read first, so that what was said earlier may be missing."""
    read = standing(organisation, "")
    return gettext("Kommenteista on luettu vasta %(read)s/%(total)s, uusimmat ensin: osuudet voivat vielä muuttua.") % {
        "read": figures.number(read.read, 0), "total": figures.number(read.total, 0),
    }  # fmt: skip


def _evidence(result: SharesResult, rates: Mapping[str, ErrorRates]) -> str:
    counted = ngettext(
        "Viimeisen vuoden aikana %(n)s luettu kommentti.", "Viimeisen vuoden aikana %(n)s luettua kommenttia.", result.n
    )
    words = counted % {"n": figures.number(result.n, 0)}
    usable = sum(one.usable for one in rates.values())
    if not usable:
        return f"{words} " + gettext("Koneen virhettä ei ole vielä mitattu: osuudet ovat niin kuin se luokitteli.")
    mended = ngettext(
        "%(n)s teeman osuus on korjattu koneen mitatulla virheellä.",
        "%(n)s teeman osuudet on korjattu koneen mitatulla virheellä.",
        usable,
    )
    return f"{words} {mended % {'n': usable}}"


def _picture(result: SharesResult, themes: Sequence[CodebookTheme]) -> Drawn:
    names, shown = _named(themes), Shown("share")
    rows = [(names.get(row.label, row.label), _as_row(row)) for row in _ordered(result) if row.value is not None]
    name = gettext("osuus kommenteista")

    def spec(width: int, height: int, scheme: str) -> dict[str, Any]:
        return bars_spec(rows, None, shown, name, width=width, scheme=scheme)

    return drawn(
        Picture(
            code="shares",
            title=gettext("Teemojen osuudet kommenteista"),
            subtitle=gettext("Viimeiset 12 kuukautta, 95 %%:n väli, n = %(n)s") % {"n": figures.number(result.n, 0)},
            summary=gettext("Yhdessä kommentissa voi olla monta teemaa, joten osuudet eivät ole sadan osia."),
            spec=spec,
        )
    )


def _as_row(row: ShareRow) -> Row:
    return Row(row.by, row.period, row.value, row.low, row.high, row.n, row.n_effective, ())


def _ways(asked: Asked) -> list[tuple[str, str, bool]]:
    told = {
        "": gettext("Kaikki"),
        "touchpoint": gettext("Kohtaamispisteittäin"),
        "team": gettext("Tiimeittäin"),
        "score": gettext("Arvosanoittain"),
    }
    return [(by, words, by == asked.by) for by, words in told.items()]


def _notes(result: SharesResult) -> list[str]:
    from kapula_web.kit import codes

    skipped = {"uncorrected"}
    return [str(codes.words("warning", code)) for code in result.warnings if code not in skipped]
