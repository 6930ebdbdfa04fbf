"""The notes: since when, how firm, and how much more it would take."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext

from kapula_web.insights.analyses.expectations.sayings import Found
from kapula_web.kit import dates, figures


def since_told(day: date | None) -> list[str]:
    if day is None:
        return []
    return [
        gettext("Mukana ovat vastaukset %(day)s alkaen: silloin kysymyksen sanamuoto vaihtui.")
        % {"day": dates.date(day)}
    ]


def sensitivity(found: Found) -> list[str]:
    """Told where measurement error would change what is said."""
    sure = [one for one in found["sensitivity"] if one["low"] is not None and (one["low"] > 0 or one["high"] < 0)]
    now = found["low"] is not None and (found["low"] > 0 or found["high"] < 0)
    if now == (len(sure) == len(found["sensitivity"])):
        return []
    return [
        gettext(
            "Tulos riippuu siitä, miten tarkasti tekemistä on mitattu: epätarkka mittari siirtää tekemisen muutosta odotusten puolelle."
        )
    ]


def needed(found: Found) -> list[str]:
    if not found["needed_periods"]:
        return []
    return [
        gettext("Varmuuteen tarvittaisiin noin %(n)s ajanjaksoa.") % {"n": figures.number(found["needed_periods"], 0)}
    ]
