"""How it was computed, line by line."""

from __future__ import annotations

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.expectations.sayings import Found
from kapula_web.kit import figures


def method(found: Found, performance: list[str]) -> list[tuple[str, str]]:
    told = gettext(
        "Tekemisen vaikutus arvioidaan jaksojen sisällä, ja jäljelle jäävää tasoa verrataan aikaan jakso kerrallaan."
    )
    sensitive = words.evidence(
        *(
            f"{figures.percent(one['reliability'])}: {words.signed(one['drift_per_year'], 2)} "
            f"({figures.interval(one['low'], one['high'], 'scale')})"
            for one in found["sensitivity"]
        )
    )
    return [
        (gettext("Menetelmä"), told),
        (gettext("Tekeminen"), words.joined(performance)),
        (
            gettext("Väli"),
            gettext("Knapp–Hartung: jaksot ovat otos, ja se, mitä koko jaksolle tapahtui, on mukana epävarmuudessa"),
        ),
        (gettext("Jos tekeminen on mitattu näin luotettavasti"), sensitive),
    ]
