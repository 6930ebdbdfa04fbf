"""The most spoken of themes month by month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.utils.translation import gettext

from kapula.charts import lines as drawing
from kapula.text.shares import SharesResult
from kapula.trends.periods import next_start, period_start, sequence
from kapula_web.insights.analyses.pictures import Drawn, drawn
from kapula_web.insights.analyses.shown import Linked, Picture, Table
from kapula_web.insights.words.periods import tick
from kapula_web.kit import dates, figures
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.topics.tables import Words, percent

SHOWN: Final = 4
MONTHS: Final = 24
NARROW: Final = 500
"""Pixels of width below which the later half of the months is drawn."""


@dataclass(frozen=True, slots=True)
class OverTime:
    drawn: Drawn
    table: Table
    changes: list[str]


def over_time(
    result: SharesResult, whole: SharesResult, themes: Sequence[CodebookTheme], words: Words
) -> OverTime | None:
    """The last two years of the four commonest themes; None when there are too few months."""
    names = {theme.code: theme.name for theme in themes}
    heard = sorted({row.period for row in result.rows if row.period is not None})
    if not heard:
        return None
    # A month nobody was heard in has its place: otherwise half a year looks as long as a month.
    periods = sequence(heard[0], heard[-1], "month")[-MONTHS:]
    heard = [period for period in heard if period in periods]
    if len(heard) < 3:
        return None
    ordered = sorted((row for row in whole.rows if row.value is not None), key=lambda row: -(row.value or 0))
    chosen = [row.label for row in ordered[:SHOWN]]
    cells = {(row.label, row.period): row for row in result.rows}

    def spec(width: int, height: int, scheme: str) -> dict[str, Any]:
        kept = periods[-MONTHS // 2 :] if width < NARROW else periods
        lines = [
            drawing.Line(names.get(code, code), _points(code, kept, cells), f"@cat-{place}")
            for place, code in enumerate(chosen, start=1)
        ]
        return drawing.lines(
            lines, kept, labels={"unit": figures.percent_sign()}, tick=lambda label: " ".join(tick(label)), factor=100.0,
            width=width, height=height, scheme=scheme,
        )  # fmt: skip

    picture = Picture(
        code="over-time",
        title=gettext("Puhutuimmat teemat kuukausittain"),
        subtitle=gettext("Osuus kommenteista ja 95 %:n väli"),
        summary=_summary(result, chosen, heard, cells, names),
        spec=spec,
    )
    return OverTime(drawn(picture), _table(chosen, heard, cells, names, words), _changes(result, names))


def _summary(
    result: SharesResult, chosen: Sequence[str], periods: Sequence[str], cells: dict[Any, Any], names: dict[str, str]
) -> str:
    """Where each theme's line begins and ends; and that months are not to be compared, where several versions have read them."""
    told = []
    for code in chosen:
        known = [cells[code, one] for one in periods if (code, one) in cells and cells[code, one].value is not None]
        if known:
            ends = ", ".join(f"{dates.period(row.period)} {_share(row)}" for row in (*known[:1], *known[1:][-1:]))
            told.append(f"{names.get(code, code)}: {ends}.")
    if "mixed_version" in result.warnings:
        told.append(gettext("Kuukaudet, jotka luettiin eri malliversiolla, eivät ole keskenään vertailukelpoisia."))
    return " ".join(told)


def _share(row: Any) -> str:
    return f"{percent(row.value, 0)} ({figures.interval(row.low, row.high, 'share')})"


def _points(
    code: str, periods: Sequence[str], cells: dict[Any, Any]
) -> list[tuple[float, float, float | None, float | None]]:
    found = []
    for place, period in enumerate(periods):
        row = cells.get((code, period))
        if row is not None and row.value is not None:
            found.append((float(place), row.value, row.low, row.high))
    return found


def _table(
    chosen: Sequence[str], periods: Sequence[str], cells: dict[Any, Any], names: dict[str, str], words: Words
) -> Table:
    def said(code: str, period: str) -> str:
        row = cells.get((code, period))
        if row is None or row.value is None:
            return "–"
        first = period_start(period, "month")
        return Linked(_share(row), words(theme=code, start=first, end=next_start(first, "month") - timedelta(days=1)))

    return Table(
        caption=gettext("Puhutuimmat teemat kuukausittain"),
        head=[(gettext("Kuukausi"), ""), *((names.get(code, code), "r") for code in chosen)],
        rows=[[str(dates.period(period)), *(said(code, period) for code in chosen)] for period in periods],
    )


def _changes(result: SharesResult, names: dict[str, str]) -> list[str]:
    """What surely changed from the month before the last to the last."""
    told = []
    for one in result.differences:
        if one.sure and one.first and one.second:
            words = gettext("%(theme)s yleistyi") if one.value > 0 else gettext("%(theme)s harvinaistui")
            told.append(
                f"{words % {'theme': names.get(one.label, one.label)}}: "
                + gettext("%(first)s → %(second)s, muutos %(interval)s prosenttiyksikköä") % {
                    "first": dates.period(one.first), "second": dates.period(one.second),
                    "interval": figures.interval(100 * one.low, 100 * one.high, "points", 1),
                }
            )  # fmt: skip
    return told
