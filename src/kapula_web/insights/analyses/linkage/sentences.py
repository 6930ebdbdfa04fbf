"""The answer in one sentence, the picture's title, and what is said of the other touchpoints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.linkage.naming import Found, Names
from kapula_web.kit import figures


def answer(found: Found, leads: Sequence[Mapping[str, Any]], names: Names) -> str:
    """One sentence on the surest link; the rest of the touchpoints stand beside the picture."""
    tried = {one["touchpoint"] for one in found["effects"] if one["within"]}
    told = {"staff": words.within(names.staff), "customer": words.within(names.customer), "n": len(tried)}
    if not leads:
        if found["verdict"] == "linked_between":
            return (
                gettext(
                    "Tiimien välillä näkyy: missä henkilöstön ”%(staff)s” on korkeampi, on asiakkaidenkin ”%(customer)s” "
                    "keskimäärin toinen. "
                    "Ajan mukana yhteyttä ei näy varmasti."
                )
                % told
            )
        return (
            ngettext(
                "Ei näy varmasti: tutkitussa kohtaamispisteessä ”%(customer)s” ei liiku henkilöstön kokemuksen ”%(staff)s” mukana.",
                "Ei näy varmasti: missään %(n)s tutkitusta kohtaamispisteestä ”%(customer)s” ei liiku henkilöstön kokemuksen "
                "”%(staff)s” mukana.",
                len(tried),
            )
            % told
        )
    first = leads[0]["within"]
    told |= {
        "place": names.place(leads[0]["touchpoint"]),
        "size": figures.number(abs(first["value"]), 2),
        "range": figures.interval(*_ends(first), "scale"),
        "when": when(leads[0]["lag"]),
    }
    sentence = (
        gettext(
            "%(place)s: kyllä. Kun tiimin ”%(staff)s” on pisteen tavallista ylempänä, asiakkaiden ”%(customer)s” on "
            "%(when)s %(size)s ylempänä (%(range)s)."
        )
        if first["value"] > 0
        else gettext(
            "%(place)s: kyllä, mutta vastakkain. Kun tiimin ”%(staff)s” on pisteen tavallista ylempänä, "
            "asiakkaiden ”%(customer)s” on %(when)s %(size)s alempana (%(range)s)."
        )
    )
    return sentence % told


def when(lag: int) -> str:
    """ "samalla viikolla", "kolme viikkoa myöhemmin"."""
    return gettext("%(span)s myöhemmin") % {"span": words.span(lag)} if lag else gettext("samalla viikolla")


def _ends(slope: Mapping[str, Any]) -> tuple[float, float]:
    low, high = sorted((abs(slope["low"]), abs(slope["high"])))
    return low, high


def rest(leads: Sequence[Mapping[str, Any]], tried: int, names: Names) -> str:
    """The other touchpoints: those that do likewise by name, the others by number."""
    others = tried - len(leads)
    told = (
        [
            gettext("Samoin: %(places)s.")
            % {"places": words.joined([names.place(one["touchpoint"]) for one in leads[1:]])}
        ]
        if leads[1:]
        else []
    )
    if others > 0:
        told.append(
            ngettext(
                "Yhdessä muussa kohtaamispisteessä yhteyttä ei näy varmasti.",
                "Muissa %(n)s kohtaamispisteessä yhteyttä ei näy varmasti.",
                others,
            )
            % {"n": others}
        )
    return " ".join(told)


def title_of(leads: Sequence[Mapping[str, Any]], names: Names) -> str:
    """What the first picture shows."""
    if not leads:
        return gettext("Missään kohtaamispisteessä yhteys ei erotu sattumasta")
    told = {"place": names.place(leads[0]["touchpoint"]), "when": when(leads[0]["lag"])}
    return gettext("%(place)s: asiakkaan kokemus seuraa henkilöstön kokemusta, selvimmin %(when)s") % told
