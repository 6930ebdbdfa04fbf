"""The answer in one sentence, by the verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.kit import figures

Found = Mapping[str, Any]


def answer(found: Found, name: str) -> str:
    """``name``: the score's label."""
    told = {
        "name": name,
        "drift": per_year(found["drift_per_year"]),
        "drift_range": figures.interval(found["low"], found["high"], "scale"),
        "drift_size": size(found["low"], found["high"]),
        "performance": per_year(found["performance_per_year"]),
        "performance_range": between(found, "performance"),
        "total": per_year(found["total_per_year"]),
        "margin": figures.number(found["margin"], 2),
    }
    return words.capital(_SAYINGS[found["verdict"]](found, told))


def per_year(value: float | None) -> str:
    """A size a year, without its sign."""
    return figures.NO_VALUE if value is None else figures.number(abs(value), 2)


def size(low: float | None, high: float | None) -> str:
    """The interval of a sure slope as sizes, to stand after "laskee" or "nousee": "0,05–0,16"."""
    if low is None or high is None or low * high < 0:
        return figures.interval(low, high, "scale")
    return figures.interval(min(abs(low), abs(high)), max(abs(low), abs(high)), "scale")


def between(found: Found, part: str) -> str:
    return figures.interval(found[f"{part}_per_year_low"], found[f"{part}_per_year_high"], "scale")


def _rising(found: Found, told: Mapping[str, str]) -> str:
    confirmed = (found["expectation"] or {}).get("confirms")
    if confirmed:
        return (
            gettext(
                "Kyllä: %(name)s laskee %(drift)s vuodessa (%(drift_size)s), vaikka asiat hoidetaan entiseen tapaan, "
                "ja odotukset ovat nousseet."
            )
            % told
        )
    if confirmed is False:
        return (
            gettext(
                "%(name)s laskee %(drift)s vuodessa (%(drift_size)s), vaikka asiat hoidetaan entiseen tapaan, "
                "mutta kysytyt odotukset eivät ole nousseet."
            )
            % told
        )
    return (
        gettext(
            "Siltä näyttää: %(name)s laskee %(drift)s vuodessa (%(drift_size)s), vaikka asiat hoidetaan entiseen tapaan."
        )
        % told
    )


def _falling(found: Found, told: Mapping[str, str]) -> str:
    return (
        gettext(
            "Ei, pikemminkin päinvastoin: %(name)s nousee %(drift)s vuodessa (%(drift_size)s), vaikka asiat hoidetaan entiseen tapaan."
        )
        % told
    )


def _performance_fell(found: Found, told: Mapping[str, str]) -> str:
    return (
        gettext(
            "Ei näytä siltä: %(name)s laskee yhdessä tekemisestä annettujen arvioiden kanssa. "
            "Niiden osuus on %(performance)s vuodessa (%(performance_range)s)."
        )
        % told
    )


def _none(found: Found, told: Mapping[str, str]) -> str:
    return (
        gettext(
            "Eivät: kun asiat hoidetaan entiseen tapaan, %(name)s pysyy ennallaan (vuodessa %(drift_range)s, varmasti alle %(margin)s)."
        )
        % told
    )


def _unclear(found: Found, told: Mapping[str, str]) -> str:
    return (
        gettext("Ei voi vielä sanoa: kun asiat hoidetaan entiseen tapaan, %(name)s muuttuu vuodessa %(drift_range)s.")
        % told
    )


_SAYINGS: Mapping[str, Callable[[Found, Mapping[str, str]], str]] = {
    "rising": _rising,
    "falling": _falling,
    "performance_fell": _performance_fell,
    "none": _none,
    "unclear": _unclear,
}
