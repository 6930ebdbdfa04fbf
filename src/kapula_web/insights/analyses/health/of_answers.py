"""What is said of the answers: that they are the same, lie off the scale, stand twice, tell nothing or are missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.kit import figures

Finding = Mapping[str, Any]


def generic(e: Finding, told: dict[str, str], one: Finding) -> str:
    """A source of a bare score, or a question whose answers go with nothing."""
    if one["subject"] == "source":
        return gettext(
            "Pelkkä arvosana: ei muita kysymyksiä, ei kommentteja eikä kohtaamispistettä (%(n)s vastausta)."
        ) % n_of(e)
    return gettext(
        "Vastaukset eivät eroa ryhmittäin eivätkä kuukausittain eivätkä liity muihin vastauksiin (n = %(n)s, kaikki alle 1 %%)."
    ) % n_of(e)


def constant(e: Finding, told: dict[str, str], one: Finding) -> str:
    """Nearly everyone answers the same."""
    return gettext("%(share)s vastaajista antaa saman vastauksen (n = %(n)s).") % {
        "share": figures.percent(e["share"], 1),
        **n_of(e),
    }


def duplicated(e: Finding, told: dict[str, str], one: Finding) -> str:
    """The same rows twice, or two that move as one."""
    if "twice" in e:
        return gettext("%(twice)s riviä on samoja kuin toinen rivi: sama ihminen, päivä ja vastaukset (n = %(n)s).") % {
            "twice": figures.number(e["twice"], 0), **n_of(e),
        }  # fmt: skip
    return gettext("Käytännössä sama kuin %(others)s: korrelaatio %(r)s (n = %(n)s).") % {
        **told, "r": words.number(e["correlation"], e["low"], e["high"], 2), **n_of(e),
    }  # fmt: skip


def unanswered(e: Finding, told: dict[str, str], one: Finding) -> str:
    """Never answered, or mostly left blank."""
    if not e["answered"]:
        return gettext("Kysymykseen ei ole yhtään vastausta.")
    return gettext("Vastattu %(share)s kerroista, kun on kysytty (%(n)s kertaa).") % {
        "share": words.share(e["share"], e["low"], e["high"]), "n": figures.number(e["asked"], 0),
    }  # fmt: skip


def off_scale(e: Finding, told: dict[str, str], one: Finding) -> str:
    """Answers outside the declared scale."""
    return gettext("%(n)s vastausta on asteikon %(low)s–%(high)s ulkopuolella.") % {
        "n": figures.number(e["n"], 0), "low": figures.number(e["low"]), "high": figures.number(e["high"]),
    }  # fmt: skip


def n_of(e: Finding) -> dict[str, str]:
    """The number of answers, for a sentence."""
    return {"n": figures.number(e["n"], 0)}
