"""What is said when it surely fell or rose within the groups."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext


def _every(found: Mapping[str, Any], falls: bool) -> bool:
    """Whether every segment surely went the same way."""
    changes = [one for one in found["segments"] if one["status"] == "both"]
    return len(changes) > 1 and all(one["sure"] and (one["change"] < 0) == falls for one in changes)


def hides_fall(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
    if _every(found, True):
        return (
            gettext(
                "%(name)s %(lead)s, vaikka jokainen ryhmä laski: ryhmien sisällä lasku on %(within)s (%(within_size)s), "
                "mutta sitä peittää vastaajien joukon muutos, eniten %(group)s."
            )
            % told
        )
    return (
        gettext(
            "%(name)s %(lead)s, vaikka ryhmien sisällä lasku on %(within)s (%(within_size)s): "
            "sitä peittää vastaajien joukon muutos, eniten %(group)s."
        )
        % told
    )


def hides_rise(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
    if _every(found, False):
        return (
            gettext(
                "%(name)s %(lead)s, vaikka jokainen ryhmä nousi: ryhmien sisällä nousu on %(within)s (%(within_size)s), "
                "mutta sitä peittää vastaajien joukon muutos, eniten %(group)s."
            )
            % told
        )
    return (
        gettext(
            "%(name)s %(lead)s, vaikka ryhmien sisällä nousu on %(within)s (%(within_size)s): "
            "sitä peittää vastaajien joukon muutos, eniten %(group)s."
        )
        % told
    )


def _mix_is_sure(found: Mapping[str, Any]) -> bool:
    """Whether the mix part is worth telling: surely not zero, and at least a tenth of the other."""
    low, high = found["mix_low"], found["mix_high"]
    return low is not None and (low > 0 or high < 0) and abs(found["mix"]) >= abs(found["within"]) / 10


def within_fall(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
    if not _mix_is_sure(found):
        return (
            gettext("%(name)s laski ryhmien sisällä %(within)s (%(within_size)s). Vastaajien joukko ei sitä selitä.")
            % told
        )
    return (
        gettext(
            "%(name)s laski ryhmien sisällä %(within)s (%(within_size)s). Vastaajien joukon muutoksen osuus on %(mix)s (%(mix_range)s)."
        )
        % told
    )


def within_rise(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
    if not _mix_is_sure(found):
        return (
            gettext("%(name)s nousi ryhmien sisällä %(within)s (%(within_size)s). Vastaajien joukko ei sitä selitä.")
            % told
        )
    return (
        gettext(
            "%(name)s nousi ryhmien sisällä %(within)s (%(within_size)s). Vastaajien joukon muutoksen osuus on %(mix)s (%(mix_range)s)."
        )
        % told
    )
