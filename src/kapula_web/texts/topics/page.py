"""The page "Mistä puhutaan?": what it says, draws and lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property, partial
from typing import Any, Final, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
from django.db.models import Count, Max
from django.utils.translation import gettext, ngettext

from kapula.errors import KapulaError
from kapula.results import Row
from kapula.text.shares import Rates, ShareRow, SharesResult, shares
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
from kapula_web.texts.figures import comment_count, counted, read_count
from kapula_web.texts.models import CodebookTheme, Correction
from kapula_web.texts.pages.reading import reading_of
from kapula_web.texts.selectors import themes_of
from kapula_web.texts.services.asking import version_of
from kapula_web.texts.services.waiting import Standing
from kapula_web.texts.topics.data import GROUPS, error_rates, group_names, labelled
from kapula_web.texts.topics.explained import method
from kapula_web.texts.topics.lists import alerts_of, themes_found
from kapula_web.texts.topics.models import TopicSearch
from kapula_web.texts.topics.over_time import over_time
from kapula_web.texts.topics.tables import group_table, legend, share_table

LAST: Final = timedelta(days=365)
NOT_GROUPED: Final = ""
T = TypeVar("T")


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
    spoken = TopicShares(organisation, themes, rates)
    whole = spoken.shares("whole")
    told, reading = bool(whole.rows), reading_of(organisation)
    stands = _standing(organisation)
    words, found = partial(explorer_url, organisation), themes_found(membership)
    recent = partial(words, start=spoken.newest - LAST) if told else words
    return {
        "reading": reading,
        "told": told,
        "answer": _answer(whole, themes, stands.read >= stands.total) if told else gettext("Mistä puhutaan?"),
        "evidence": _evidence(whole, rates) if told else "",
        "partly": "" if reading.state in ("done", "none") or not told else _partly(stands),
        "picture": _picture(whole, themes) if told else None,
        "table": share_table(whole, themes, recent) if told else None,
        "over_time": over_time(spoken.shares("month"), whole, themes, words) if told else None,
        "groups": group_table(spoken.shares(asked.by), themes, group_names(organisation, asked.by), asked.by, recent)
        if told and asked.by
        else None,
        "by": asked.by,
        "legend": legend(),
        "ways": _ways(asked),
        "notes": _notes(whole),
        "method": method(whole, rates),
        "themes": found,
        "unsure": sum(not one.sure for one in found),
        "alerts": alerts_of(organisation, themes),
        "search": TopicSearch.objects.filter(organisation=organisation).first(),
        "may_change": may(membership, "model"),
        "may_see_rows": may(membership, "see_rows"),
    }


class TopicShares:
    """The shares of an organisation's themes. What was computed of the same data is not computed again; the rows it is computed from, a
    comment each with its customer's code, are read when something must be, and not kept."""

    def __init__(self, organisation: Organisation, themes: Sequence[CodebookTheme], rates: Mapping[str, Rates]) -> None:
        self.organisation, self.rates = organisation, rates
        self.codes = [theme.code for theme in themes]

    @cached_property
    def newest(self) -> date:
        """The day of the newest comment."""
        return self._remember("newest", lambda: pc.max(self._rows["day"]).as_py() or date.min + LAST)

    def shares(self, name: str) -> SharesResult:
        """``name``: "whole" or one of GROUPS, of the last year; or "month", of all of the time there is."""
        asked: dict[str, Any] = {"time": "day"} if name == "month" else {"by": name} if name in GROUPS else {}

        def compute() -> SharesResult:
            return shares(
                self._rows if name == "month" else self._rows.filter(self._recent()),
                labels=self.codes,
                errors=self.rates or None,
                cluster="customer",
                version="version",
                minimum_n=self.organisation.minimum_n,
                n_boot=1000,
                **asked,
            )

        return self._remember(name, compute)

    @cached_property
    def _rows(self) -> Any:
        return labelled(self.organisation)

    def _recent(self) -> Any:
        """The rows of the year that ends with the newest comment."""
        return pc.greater_equal(self._rows["day"], pa.scalar(self.newest - LAST, pa.date32()))

    def _remember(self, name: str, compute: Callable[[], T]) -> T:
        found: T = ANSWERS.get((*self._key, name), compute)
        return found

    @cached_property
    def _key(self) -> tuple[Any, ...]:
        """The data's version, and what else a share is made of. Readings and corrections reach the data only after a while, and one that is
        taken back leaves the newest as it was, so that they are counted too; an answer that becomes staff's is no longer counted."""
        read = counted(self.organisation).aggregate(n=Count("pk"), last=Max("analysed_at"))
        mended = Correction.objects.filter(organisation=self.organisation).aggregate(n=Count("pk"), last=Max("made_at"))
        stood = [f"{one['n']} {one['last']}" for one in (read, mended)]
        least, rates = self.organisation.minimum_n, repr(sorted(self.rates.items()))
        return (data_version(self.organisation), "topics", *stood, least, rates, *self.codes)


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


def _standing(organisation: Organisation) -> Standing:
    """How far the reading is, of the comments that figures are of. Where no model is installed, nothing is known to be read anew."""
    read, total = read_count(organisation), comment_count(organisation)
    try:
        done = counted(organisation).filter(version=version_of(organisation)).count()
    except KapulaError:
        done = read
    return Standing(total, done, read)


def _partly(stands: Standing) -> str:
    """That something is still unread or read by an earlier version; empty when neither. The newest are read first, so that what was said
    earlier may be missing."""
    told = {"done": stands.done, "read": stands.read, "total": stands.total}
    told_words = {name: figures.number(count, 0) for name, count in told.items()}
    if stands.read < stands.total:
        text = gettext("Kommenteista on luettu vasta %(read)s/%(total)s, uusimmat ensin: osuudet voivat vielä muuttua.")
        return text % told_words
    if stands.left:
        text = gettext("Kommentteja luetaan uudelleen, tehty %(done)s/%(total)s: osuudet voivat vielä muuttua.")
        return text % told_words
    return ""


def _evidence(result: SharesResult, rates: Mapping[str, Rates]) -> str:
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
