"""The trend picture of a measure page: the library's chart with the page's words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from kapula import charts
from kapula.charts import Limit, Mark
from kapula.trends.results import TrendSeries
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.words.periods import tick
from kapula_web.kit import codes, dates


def trend_spec(reading: Reading, series: TrendSeries, **settings: Any) -> dict[str, Any]:
    """``settings``: width, height, scheme, interactive of the chart; title and subtitle for a picture that leaves the page."""
    shown = reading.shown
    known = [point for point in series.points if point.row.value is not None]
    labels = {
        "value": reading.measure.name,
        "low": gettext("vähintään"),
        "high": gettext("enintään"),
        "n": codes.words("counted", reading.recipe.table).lower(),
        "period": gettext("aika"),
        "unit": shown.suffix,
        "format": ",.1~f" if shown.factor == 100 else ",.2~f",
        "last": shown.value(known[-1].row.value) if known else "",
        "target": gettext("tavoite %(value)s") % {"value": shown.value(reading.measure.target)},
        "title": settings.pop("title", ""),
        "subtitle": settings.pop("subtitle", ""),
    }
    return charts.trend(
        [point.row for point in series.points],
        [point.row.period or "" for point in series.points],
        labels=labels,
        name=dates.period,
        tick=tick,
        limits=[
            Limit(point.row.period or "", point.centre, point.limit_low, point.limit_high)
            for point in series.points
            if point.centre is not None and point.limit_low is not None and point.limit_high is not None
        ],
        marks=[*_breaks(series), *_changes(series)],
        target=reading.measure.target,
        signals=[signal.period for signal in series.signals if signal.chart == "individuals"],
        factor=shown.factor,
        **settings,
    )


def _changes(series: TrendSeries) -> list[Mark]:
    return [
        Mark(change.period, change_text(change.period, change.low, change.high), change.low, change.high)
        for change in series.changes
    ]


def change_text(period: str, low: str, high: str) -> str:
    """ "taso muuttui vk 27 (26–29)"."""
    at = " ".join(tick(period)[:1])
    if low == high:
        return gettext("taso muuttui %(period)s") % {"period": at}
    ends = {"period": at, "low": tick(low)[0], "high": tick(high)[0]}
    return gettext("taso muuttui %(period)s (%(low)s–%(high)s)") % ends


def _breaks(series: TrendSeries) -> list[Mark]:
    return [Mark(found.period, break_text(found.code), quiet=True) for found in series.breaks]


def break_text(code: str) -> str:
    """A comparability break in two words, for the picture."""
    return {
        "break_scale": gettext("asteikko vaihtui"),
        "break_wording": gettext("sanamuoto vaihtui"),
        "break_channel": gettext("kanavat muuttuivat"),
        "break_language": gettext("kielet muuttuivat"),
    }.get(code, code)
