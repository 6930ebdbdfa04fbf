"""What is said for each verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses.decompose.sayings_within import hides_fall, hides_rise, within_fall, within_rise


def _offsetting(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
    return (
        gettext(
            "%(name)s ei juuri muuttunut (%(total_range)s), mutta ryhmät kumoavat toisensa: nousi %(rose)s, laski %(fell)s."
        )
        % told
    )


def _mix_only(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
    return (
        gettext(
            "Vastaajien joukko muuttui, ei selvästi kokemus: joukon muutoksen osuus on %(mix)s (%(mix_range)s). "
            "Suurin osa siitä on ryhmässä %(group)s."
        )
        % told
    )


def _flat(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
    return (
        gettext(
            "%(name)s on pysynyt ennallaan, myös ryhmien sisällä: muutos on varmasti alle %(margin)s (%(total_range)s)."
        )
        % told
    )


def _broken(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
    return (
        gettext(
            "Jaksoja ei voi verrata: kysymys tai asteikko vaihtui välillä. Koko muutos (%(total_range)s) osuu yhteen vaihdon kanssa."
        )
        % told
    )


def _unclear(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
    return (
        gettext(
            "Ei voi vielä sanoa: muutos on välillä %(total_range)s, josta ryhmien sisällä %(within_range)s "
            "ja vastaajien joukossa %(mix_range)s."
        )
        % told
    )


SAYINGS = {
    "mix_hides_fall": hides_fall,
    "mix_hides_rise": hides_rise,
    "within_fall": within_fall,
    "within_rise": within_rise,
    "offsetting": _offsetting,
    "mix_only": _mix_only,
    "flat_truly": _flat,
    "break": _broken,
    "unclear": _unclear,
}
