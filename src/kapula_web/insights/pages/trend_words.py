"""The trend in words and rows: what the picture says, for everyone."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext, ngettext

from kapula.trends.results import TrendSeries
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.pictures.trend import break_text
from kapula_web.kit import codes, dates, figures


def trend_title(reading: Reading, series: TrendSeries) -> str:
    """The finding: the latest change of level, or that there is none."""
    name = reading.measure.name
    if not series.changes and series.breaks:
        when = dates.period(series.breaks[-1].period)
        return gettext("%(name)s: vertailtavuus katkesi, %(period)s") % {"name": name, "period": when}
    if not series.changes:
        if "too_few_periods" in series.warnings:
            return gettext("%(name)s: muutoskohtien etsimiseen on vielä liian vähän jaksoja") % {"name": name}
        return gettext("%(name)s: tasossa ei näy varmaa muutosta") % {"name": name}
    last = series.changes[-1]
    words = {"name": name, "period": dates.period(last.period)}
    if any(last.low <= found.period <= last.high for found in series.breaks):
        return gettext("%(name)s: taso ja vertailtavuus muuttuivat samalla, %(period)s") % words
    if last.value_after > last.value_before:
        return gettext("%(name)s nousi uudelle tasolle: %(period)s") % words
    return gettext("%(name)s laski uudelle tasolle: %(period)s") % words


def trend_summary(reading: Reading, series: TrendSeries) -> str:
    """The picture told: ends, changes of level, breaks, signals."""
    shown = reading.shown
    known = [point.row for point in series.points if point.row.value is not None]
    if not known:
        return gettext("Yhdessäkään jaksossa ei ole tarpeeksi vastauksia.")
    first, last = known[0], known[-1]
    parts = [
        gettext("%(first)s luku oli %(from)s ja %(last)s %(to)s.")
        % {
            "first": dates.period(first.period).capitalize(),
            "from": shown.figure(first),
            "last": dates.period(last.period),
            "to": shown.figure(last),
        }
    ]
    for change in series.changes:
        words = {
            "period": dates.period(change.period),
            "before": shown.value(change.value_before),
            "after": shown.value(change.value_after),
            "low": dates.period(change.low),
            "high": dates.period(change.high),
        }
        text = gettext("Taso muuttui: %(before)s → %(after)s, alkaen %(period)s") % words
        between = gettext("muutoskohdan väli %(low)s – %(high)s") % words if change.low != change.high else ""
        parts.append(f"{text} ({between})." if between else f"{text}.")
    for found in series.breaks:
        parts.append(
            gettext("Vertailtavuus katkesi %(period)s: %(what)s.")
            % {"period": dates.period(found.period), "what": break_text(found.code)}
        )
    odd = odd_periods(series)
    if odd:
        told = ngettext(
            "%(n)s jakso poikkeaa tavallisesta vaihtelusta (%(why)s).",
            "%(n)s jaksoa poikkeaa tavallisesta vaihtelusta (%(why)s).",
            len(odd),
        )
        why = "; ".join(dict.fromkeys(text for texts in odd.values() for text in texts))
        parts.append(told % {"n": len(odd), "why": why})
    return " ".join(parts)


def odd_periods(series: TrendSeries) -> dict[str, list[str]]:
    """Period → why it stands out, in words, for the chart of the figures themselves."""
    found: dict[str, list[str]] = {}
    for signal in series.signals:
        if signal.chart == "individuals":
            found.setdefault(signal.period, []).append(codes.words("rule", signal.rule))
    return found


def trend_rows(reading: Reading, series: TrendSeries) -> dict[str, Any]:
    """The kit's table: period, figure, interval, n, note; the latest first."""
    shown = reading.shown
    odd = odd_periods(series)
    rows = []
    for point in reversed(series.points):
        row = point.row
        note = "; ".join(odd.get(row.period or "", [])) or ("" if point.full else gettext("kesken"))
        if row.value is None:
            note = gettext("liian vähän vastauksia") if row.n else gettext("ei tietoja")
        rows.append(
            [
                dates.period(row.period),
                shown.value(row.value),
                shown.interval(row.low, row.high),
                figures.number(row.n),
                note,
            ]
        )
    head = [
        (gettext("Aika"), ""),
        (gettext("Luku"), "r"),
        (gettext("95 %:n väli"), "r"),
        (codes.words("counted", reading.recipe.table), "r"),
        (gettext("Huomio"), ""),
    ]
    return {"head": head, "rows": rows, "caption": reading.measure.name}
