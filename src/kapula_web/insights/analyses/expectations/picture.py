"""The picture: the score as it was, and at the same performance."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from kapula.charts.lines import Line, lines
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.insights.analyses.expectations.sayings import Found
from kapula_web.kit import dates, figures


def span(found: Found) -> str:
    first, last = found["points"][0]["period"], found["points"][-1]["period"]
    return gettext("%(first)s – %(last)s") % {"first": dates.period(first), "last": dates.period(last)}


def picture(found: Found, name: str, said: Callable[[str, str], str]) -> Picture:
    """``said``: a text and a period → the text leading to what was said then."""
    points = found["points"]
    drawn = [
        Line(
            label,
            [(point["time"], point[key], point[f"{key}_low"], point[f"{key}_high"]) for point in points],
            role,
            dashed,
        )
        for label, key, role, dashed in (
            (gettext("arvosana"), "score", "@quiet", True),
            (gettext("samalla tekemisellä"), "constant", "@accent", False),
        )
    ]
    periods, places = [point["period"] for point in points], [point["time"] for point in points]
    head = [
        (gettext("Jakso"), ""),
        (gettext("Arvosana"), "r"),
        (gettext("Samalla tekemisellä"), "r"),
        (gettext("Väli"), "r"),
        (gettext("n"), "r"),
    ]
    rows = [
        (
            said(dates.period(one["period"]), one["period"]),
            figures.number(one["score"], 2),
            figures.number(one["constant"], 2),
            figures.interval(one["constant_low"], one["constant_high"], "scale"),
            figures.number(one["n"], 0),
        )
        for one in points
    ]
    raw = [(one["period"], one["score"], one["constant"], one["constant_low"], one["n"]) for one in points]
    summary = gettext("Arvosana muuttui vuodessa %(total)s, samalla tekemisellä %(drift)s (%(range)s).") % {
        "total": words.signed(found["total_per_year"], 2),
        "drift": words.signed(found["drift_per_year"], 2),
        "range": figures.interval(found["low"], found["high"], "scale"),
    }
    return Picture(
        "drift", _title(found), words.evidence(name, span(found), figures.count_words(found["n"])), summary,
        lambda **size: lines(drawn, periods, labels={"unit": ""}, tick=_tick, places=places, **size),
        Table(gettext("Arvosana jaksoittain"), head, rows, raw), latest=True,
    )  # fmt: skip


def _title(found: Found) -> str:
    if found["verdict"] == "rising":
        return gettext("Samalla tekemisellä saa vuosi vuodelta huonomman arvosanan")
    if found["verdict"] == "falling":
        return gettext("Samalla tekemisellä saa vuosi vuodelta paremman arvosanan")
    return gettext("Arvosana sellaisenaan ja samalla tekemisellä")


def _tick(period: str) -> str:
    year, dash, part = period.partition("-")
    return f"{int(part) if part.isdigit() else part}/{year}" if dash and len(part) == 2 else dates.period(period)
