"""The pictures: from the first figure to the second part by part, and the stretch with and without the change of mix."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

from kapula.charts.lines import Line, lines
from kapula.charts.waterfall import Step, waterfall
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture, Table
from kapula_web.insights.analyses.decompose import sentences, stretches
from kapula_web.kit import dates, figures

Found = Mapping[str, Any]
MOST_SEGMENTS = 6
SHORT = 30
"""Letters of a group's name that fit beside a bar on a phone too."""


def steps(found: Found, name: str, segment: Callable[[Found], str], table: Table) -> Picture:
    """From the first stretch's figure to the second's: each group's own change, then what the groups' shares did."""
    rows = [*_parts(found, segment)]
    unit = " %" if found["unit"] == "share" else ""
    return Picture(
        "parts",
        gettext("Mistä muutos koostuu"),
        words.evidence(
            name,
            f"{stretches.said(found['first'])} → {stretches.said(found['second'])}",
            figures.count_words(found["n"]),
        ),
        gettext(
            "Ryhmien sisällä %(within)s (%(within_range)s), vastaajien joukon muutos %(mix)s (%(mix_range)s), "
            "yhteensä %(total)s (%(total_range)s)."
        )
        % {
            **{part: sentences.change(found[part], found["unit"]) for part in ("within", "mix", "total")},
            **{f"{part}_range": sentences.between(found, part) for part in ("within", "mix", "total")},
        },
        lambda **size: waterfall(rows, labels={"unit": unit}, factor=_factor(found), **size),
        table,
    )


def _parts(found: Found, segment: Callable[[Found], str]) -> list[Step]:
    level = float(found["value_first"])
    value = figures.measure_value
    rows = [Step(gettext("Alussa"), level, level, None, None, "level", value(level, found["unit"]))]
    largest = sorted(found["segments"], key=lambda one: -abs(one["within"]) - abs(one["mix"]))[:MOST_SEGMENTS]
    kept = [one for one in found["segments"] if one in largest]
    for key, words_of in (("within", gettext("%(group)s itse")), ("mix", gettext("%(group)s, osuus"))):
        for one in kept:
            if one[key]:
                label = words_of % {"group": _short(segment(one))}
                rows.append(_step(found, one, key, label, level))
                level += one[key]
        rest = sum(one[key] for one in found["segments"] if one not in largest)
        if rest:
            rows.append(
                Step(
                    words_of % {"group": gettext("Muut")},
                    level,
                    level + rest,
                    None,
                    None,
                    "quiet",
                    _signed(rest, found["unit"]),
                )
            )
            level += rest
    rows.append(Step(gettext("Lopussa"), level, level, None, None, "level", value(level, found["unit"])))
    return rows


def _step(found: Found, one: Found, key: str, label: str, level: float) -> Step:
    low, high = (one["low"], one["high"]) if key == "within" else (one["mix_low"], one["mix_high"])
    sure = low is not None and (low > 0 or high < 0)
    role = "quiet" if not sure else "up" if one[key] > 0 else "down"
    bounds = [None if bound is None else level + bound for bound in (low, high)]
    return Step(label, level, level + one[key], bounds[0], bounds[1], role, _signed(one[key], found["unit"]))


def along(found: Found, name: str) -> Picture:
    """The stretch period by period: as it was, and at the whole stretch's mix of groups."""
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
        "total": sentences.change(stretch["slope_per_year"], unit),
        "total_range": sentences.span(stretch["slope_per_year_low"], stretch["slope_per_year_high"], unit),
        "within": sentences.change(stretch["within_per_year"], unit),
        "within_range": sentences.span(stretch["within_per_year_low"], stretch["within_per_year_high"], unit),
    }
    head = [(gettext("Jakso"), ""), (gettext("Kaikki"), "r"), (gettext("Samalla joukolla"), "r"), (gettext("n"), "r")]
    rows = [
        (
            dates.period(one["period"]),
            figures.measure_value(one["value"], unit),
            figures.measure_value(one["constant_mix"], unit),
            figures.number(one["n"], 0),
        )
        for one in points
    ]
    raw = [(one["period"], one["value"], one["constant_mix"], one["n"]) for one in points]
    marks = _marks(found, periods)
    sign = {"unit": " %" if unit == "share" else ""}
    return Picture(
        "stretch", _along_title(stretch), words.evidence(name, figures.count_words(sum(one["n"] for one in points))), summary,
        lambda **size: lines(drawn, periods, labels=sign, tick=_tick, factor=_factor(found), marks=marks, **size),
        Table(gettext("Luku jaksoittain"), head, rows, raw),
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


def _short(name: str) -> str:
    return name if len(name) <= SHORT else name[: SHORT - 1] + "…"


def _factor(found: Found) -> float:
    return 100.0 if found["unit"] == "share" else 1.0


def _signed(value: float, unit: str) -> str:
    return words.signed(100 * value if unit == "share" else value, 2 if unit in ("scale", "raw") else 1)
