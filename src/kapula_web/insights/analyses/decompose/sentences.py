"""The answer in one sentence, by the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.kit import figures


def answer(found: Mapping[str, Any], name: str, segment: Any) -> str:
    """``name``: the question's label. ``segment``: a function from a part of ``segments`` to its name."""
    say = _SAYINGS[found["verdict"]]
    return words.capital(say(found, {"name": name, **_figures(found, segment)}))


def change(value: float, unit: str) -> str:
    """A change with its sign and unit: "+6 pistettä", "−0,12"."""
    size = figures.amount(
        value, unit, 1 if unit in ("points", "share") and abs(value) < (1 if unit == "points" else 0.01) else None
    )
    return f"{figures.MINUS if value < 0 else '+'}{size}"


def between(found: Mapping[str, Any], name: str) -> str:
    """The interval of a part: "−15…−12"."""
    return span(found[f"{name}_low"], found[f"{name}_high"], found["unit"])


def span(low: float | None, high: float | None, unit: str) -> str:
    """An interval of changes; of shares in percentage points: "−17…−14 %-yksikköä"."""
    if unit != "share" or low is None or high is None:
        return figures.interval(low, high, unit)
    digits = 0 if max(abs(low), abs(high)) >= 0.02 else 1
    return gettext("%(range)s %%-yksikköä") % {"range": figures.interval(100 * low, 100 * high, "points", digits)}


def _size(found: Mapping[str, Any], name: str) -> str:
    """The interval of a sure part as sizes, to stand after "laski" or "nousi": "11–16"."""
    low, high = found[f"{name}_low"], found[f"{name}_high"]
    if low is None or high is None or low * high < 0:
        return between(found, name)
    return span(min(abs(low), abs(high)), max(abs(low), abs(high)), found["unit"])


def _figures(found: Mapping[str, Any], segment: Any) -> dict[str, str]:
    unit = found["unit"]
    grown = max(found["segments"], key=lambda one: abs(one["mix"] or 0), default=None)
    return {
        "lead": _lead(found),
        "total": figures.amount(found["total"], unit),
        "total_range": between(found, "total"),
        "within": figures.amount(found["within"], unit),
        "within_range": between(found, "within"),
        "within_size": _size(found, "within"),
        "mix": change(found["mix"], unit),
        "mix_range": between(found, "mix"),
        "group": segment(grown) if grown else "",
        "rose": words.joined([segment({"segment": one, "pooled": []}) for one in found["offsetting"].get("rose", [])]),
        "fell": words.joined([segment({"segment": one, "pooled": []}) for one in found["offsetting"].get("fell", [])]),
        "margin": figures.amount(found["margin"], unit, None if unit == "points" else 2 if unit == "scale" else None),
    }


def _lead(found: Mapping[str, Any]) -> str:
    """What the total did, to stand before "mutta"."""
    sure = found["total_low"] is not None and (found["total_low"] > 0 or found["total_high"] < 0)
    size = figures.amount(found["total"], found["unit"])
    if found["flat"]:
        return gettext("pysyi ennallaan")
    if not sure:
        return gettext("ei muuttunut selvästi")
    return (
        gettext("laski vain %(size)s") % {"size": size}
        if found["total"] < 0
        else gettext("nousi vain %(size)s") % {"size": size}
    )


def _every(found: Mapping[str, Any], falls: bool) -> bool:
    """Whether every segment surely went the same way."""
    changes = [one for one in found["segments"] if one["status"] == "both"]
    return len(changes) > 1 and all(one["sure"] and (one["change"] < 0) == falls for one in changes)


def _hides_fall(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
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


def _hides_rise(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
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


def _within_fall(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
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


def _within_rise(found: Mapping[str, Any], told: Mapping[str, str]) -> str:
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


_SAYINGS = {
    "mix_hides_fall": _hides_fall,
    "mix_hides_rise": _hides_rise,
    "within_fall": _within_fall,
    "within_rise": _within_rise,
    "offsetting": _offsetting,
    "mix_only": _mix_only,
    "flat_truly": _flat,
    "break": _broken,
    "unclear": _unclear,
}
