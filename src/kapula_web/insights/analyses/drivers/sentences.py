"""The answer in one sentence, by the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.kit import figures


def answer(
    found: Mapping[str, Any], drivers: Sequence[Mapping[str, Any]], outcome: str, labels: Mapping[str, str]
) -> str:
    """One sentence with its uncertainty."""
    first = drivers[0]
    told = {
        "name": labels[first["name"]],
        "outcome": outcome,
        "part": words.fraction(first["part"] or 0.0),
        "interval": figures.interval(first["part_low"], first["part_high"], "share"),
    }
    if found["verdict"] == "nothing_sure":
        return gettext("Ei ole varmaa, että mikään näistä liittyy arvosanaan ”%(outcome)s”.") % told
    if found["verdict"] == "first_sure":
        return (
            gettext(
                "%(name)s liittyy vahvimmin arvosanaan ”%(outcome)s”: %(part)s selitetystä vaihtelusta (%(interval)s)."
            )
            % told
        )
    several = [labels[one["name"]] for one in drivers if one["order"]["low"] == 1]
    if len(several) == len(drivers) or first["part_low"] is None:
        return gettext("Nämä liittyvät arvosanaan ”%(outcome)s”, mutta ei ole varmaa, mikä niistä vahvimmin.") % told
    told["names"] = words.joined([several[0], *map(words.within, several[1:])])
    return gettext("%(names)s liittyvät vahvimmin arvosanaan ”%(outcome)s”; mikä niistä eniten, ei ole varmaa.") % told


def without(found: Mapping[str, Any], outcome: str, labels: Mapping[str, str]) -> str:
    if found["verdict"] == "separated":
        return gettext("Osuuksia ei voi laskea: valitut asiat erottavat arvosanan ”%(outcome)s” virheettä.") % {
            "outcome": outcome
        }
    return gettext("Arvosana ”%(outcome)s” on kaikilla sama: ei ole vaihtelua, jota selittää.") % {"outcome": outcome}


def title_of(found: Mapping[str, Any], drivers: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> str:
    name = labels[drivers[0]["name"]]
    if found["verdict"] == "first_sure":
        return gettext("%(name)s on varmasti ensimmäisenä") % {"name": name}
    return gettext("%(name)s on ensimmäisenä, mutta ei varmasti") % {"name": name}


def explained(found: Mapping[str, Any]) -> str:
    r2 = words.share(found["r2"], found["r2_low"], found["r2_high"])
    return gettext("yhdessä nämä selittävät %(r2)s vaihtelusta") % {"r2": r2}
