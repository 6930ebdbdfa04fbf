"""The picture of the stretch, with and without the change of mix."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from kapula.charts.lines import Line, lines
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.insights.analyses.decompose import sizes
from kapula_web.insights.analyses.decompose.sizes import Found, factor_of
from kapula_web.kit import dates, figures


def along(found: Found, name: str, said: Callable[[str, str], str]) -> Picture:
    """The stretch period by period: as it was, and at the whole stretch's mix of groups. ``said``: a text and a period → the text that
    leads to what was said then."""
    points = found["stretch"]["points"]
    periods = [point["period"] for point in points]
    drawn = [
        Line(label, [(float(place), point[key], None, None) for place, point in enumerate(points)], role, dashed)
        for label, key, role, dashed in (
            (gettext("kaikki"), "value", "@quiet", True),
            (gettext("samalla joukolla"), "constant_mix", "@accent", False),
        )
    ]
    stretch, unit = found["stretch"], found["unit"]
    summary = gettext(
        "Vuodessa luku muuttui %(total)s (%(total_range)s), samalla vastaajien joukolla %(within)s (%(within_range)s)."
    ) % {
        "total": sizes.change(stretch["slope_per_year"], unit),
        "total_range": sizes.span(stretch["slope_per_year_low"], stretch["slope_per_year_high"], unit),
        "within": sizes.change(stretch["within_per_year"], unit),
        "within_range": sizes.span(stretch["within_per_year_low"], stretch["within_per_year_high"], unit),
    }
    head = [(gettext("Jakso"), ""), (gettext("Kaikki"), "r"), (gettext("Samalla joukolla"), "r"), (gettext("n"), "r")]
    rows = [
        (
            said(dates.period(one["period"]), one["period"]),
            figures.measure_value(one["value"], unit),
            figures.measure_value(one["constant_mix"], unit),
            figures.number(one["n"], 0),
        )
        for one in points
    ]
    raw = [(one["period"], one["value"], one["constant_mix"], one["n"]) for one in points]
    marks = _marks(found, periods)
    sign = {"unit": " %" if unit == "share" else ""}
    within = (0, 100) if unit == "share" else None
    return Picture(
        "stretch", _along_title(stretch), words.evidence(name, figures.count_words(sum(one["n"] for one in points))), summary,
        lambda **size: lines(drawn, periods, labels=sign, tick=_tick, factor=factor_of(found), marks=marks, within=within, **size),
        Table(gettext("Luku jaksoittain"), head, rows, raw), latest=True,
    )  # fmt: skip


def _marks(found: Found, periods: list[str]) -> list[tuple[float, str]]:
    """Where comparability breaks, on the axis of the periods."""
    told = {
        "break_wording": gettext("sanamuoto vaihtui"),
        "break_scale": gettext("asteikko vaihtui"),
        "break_channel": gettext("kanavat muuttuivat"),
        "break_language": gettext("kielet muuttuivat"),
    }
    known = [one for one in found["breaks"] if one["period"] in periods]
    return [(periods.index(one["period"]) - 0.5, told[one["code"]]) for one in known]


def _along_title(stretch: Found) -> str:
    if stretch["within_per_year_high"] < 0:
        return gettext("Samalla vastaajien joukolla luku laskee")
    if stretch["within_per_year_low"] > 0:
        return gettext("Samalla vastaajien joukolla luku nousee")
    return gettext("Samalla vastaajien joukolla ei selvää suuntaa")


def _tick(period: str) -> str:
    """ "11/2023" for months, else the period in words."""
    year, dash, month = period.partition("-")
    return f"{int(month)}/{year}" if dash and month.isdigit() else dates.period(period)
