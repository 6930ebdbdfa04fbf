"""What is said for each verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext

Found = Mapping[str, Any]


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


SAYINGS: Mapping[str, Callable[[Found, Mapping[str, str]], str]] = {
    "rising": _rising,
    "falling": _falling,
    "performance_fell": _performance_fell,
    "none": _none,
    "unclear": _unclear,
}
