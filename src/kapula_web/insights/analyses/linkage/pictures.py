"""The page's pictures: every touchpoint at every lag, and the lag of the surest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula.charts.lag_dots import Row, lag_dots, picture_height
from kapula.charts.lines import Line, lines
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture
from kapula_web.insights.analyses.linkage.best import best_lags
from kapula_web.insights.analyses.linkage.naming import Names
from kapula_web.kit import figures


def scan_picture(found: Mapping[str, Any], names: Names, title: str, about: str) -> Picture:
    """A row a touchpoint, a dot a lag: larger is stronger, coloured is sure. The surest touchpoints stand first."""
    places: dict[Any, list[Mapping[str, Any]]] = {}
    for one in found["effects"]:
        if one["within"]:
            places.setdefault(one["touchpoint"], []).append(one)
    ordered = sorted(places, key=lambda code: min(one["within"]["p"] for one in places[code]))
    best = best_lags(found)
    rows = [Row(names.place(code), [_dot(one) for one in places[code]]) for code in ordered]
    told = {"lag": gettext("viikkoa henkilöstön vastauksesta asiakkaan vastaukseen"), "same": gettext("sama")}

    def spec(width: int = 720, height: int = 0, scheme: str = "css") -> dict[str, Any]:
        return lag_dots(rows, labels=told, width=width, height=height, scheme=scheme)

    subtitle = words.evidence(gettext("Mitä suurempi piste, sitä vahvempi yhteys; väri kertoo varman yhteyden"), about)
    summary = " ".join(_said(best[code], names) for code in ordered)
    wide, narrow = (picture_height(len(rows), small) for small in (False, True))
    behind = [names.place(code) for code in ordered]
    return Picture("scan", title, subtitle, summary, spec, wide=(1040, wide), narrow=(360, narrow), behind=behind)


def _dot(one: Mapping[str, Any]) -> tuple[int, float, bool]:
    slope = one["within"]
    half = (slope["high"] - slope["low"]) / 2
    return one["lag"], 2 * slope["value"] / half if half else 0.0, bool(slope["sure"])


def _said(one: Mapping[str, Any], names: Names) -> str:
    told = {"place": names.place(one["touchpoint"]), "value": _told(one["within"])}
    if one["within"]["sure"]:
        return gettext("%(place)s: varma yhteys, %(value)s.") % told
    return gettext("%(place)s: ei varmaa yhteyttä.") % told


def profile_picture(found: Mapping[str, Any], lead: Mapping[str, Any], names: Names, about: str) -> Picture:
    """The slope at each lag of one touchpoint, with its band."""
    effects = [one for one in found["effects"] if one["touchpoint"] == lead["touchpoint"] and one["within"]]
    points = [(float(one["lag"]), *(one["within"][name] for name in ("value", "low", "high"))) for one in effects]
    zero = [(float(one["lag"]), 0.0, None, None) for one in effects]
    drawn = [Line("", points, "@accent"), Line(gettext("ei yhteyttä"), zero, "@quiet", dashed=True)]
    periods = [str(one["lag"]) for one in effects]

    def spec(width: int = 720, height: int = 300, scheme: str = "css") -> dict[str, Any]:
        return lines(
            drawn, periods, labels={"unit": ""}, tick=_tick, places=[point[0] for point in points], width=width,
            height=height, scheme=scheme,
        )  # fmt: skip

    told = {"staff": words.within(names.staff), "customer": words.within(names.customer)}
    subtitle = words.evidence(
        gettext(
            "Kuinka paljon ”%(customer)s” on ylempänä, kun ”%(staff)s” on pisteen tavallista ylempänä, viikoittain; 95 %%:n väli"
        )
        % told,
        about,
    )
    summary = " ".join(
        gettext("%(lag)s viikkoa: %(value)s.") % {"lag": one["lag"], "value": _told(one["within"])} for one in effects
    )
    title = gettext("Yhteys on vahvin, kun viive on %(lag)s viikkoa") % {"lag": figures.number(lead["lag"], 0)}
    return Picture("lag", title, subtitle, summary, spec, wide=(1040, 300), narrow=(360, 280))


def _told(slope: Mapping[str, Any]) -> str:
    return words.number(slope["value"], slope["low"], slope["high"], 2)


def _tick(lag: str) -> str:
    return gettext("%(n)s vk") % {"n": lag}
