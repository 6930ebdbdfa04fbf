"""A finding as a sentence with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.health.of_answers import Finding, constant, duplicated, generic, off_scale, unanswered
from kapula_web.kit import dates, figures


def sentence(one: Finding, name: str, others: list[str]) -> str:
    """``name``: what it is about; ``others``: what it is held against."""
    saying = _SAYINGS[one["kind"]]
    return saying(one["evidence"], {"name": name, "others": words.joined(others)}, one)


def _stale(e: Finding, told: dict[str, str], one: Finding) -> str:
    return gettext("Viimeksi %(last)s, hiljaista jo %(days)s päivää. Tavallisesti väliä on enintään %(gap)s päivää.") % {
        "last": dates.date(e["last"]), "days": e["days_silent"], "gap": e["longest_gap"],
    }  # fmt: skip


def _scattered(e: Finding, told: dict[str, str], one: Finding) -> str:
    if "words_alike" in e:
        return gettext("Melkein samat sanat kuin kysymyksessä %(others)s.") % told
    if e["scales"] > 1:
        return gettext("Samaa mitataan myös kysymyksillä %(others)s, eri asteikoilla.") % told
    return gettext("Samaa mitataan myös kysymyksillä %(others)s.") % told


def _never_opened(e: Finding, told: dict[str, str], one: Finding) -> str:
    return gettext("Kukaan ei ole avannut mittaria %(days)s päivään.") % {"days": e["days_unopened"]}


def _identity(e: Finding, told: dict[str, str], one: Finding) -> str:
    if "rejected" in e:
        return gettext("%(n)s riviä on hylätty (%(share)s).") % {
            "n": figures.number(e["rejected"], 0), "share": words.share(e["share"], e["low"], e["high"], 1),
        }  # fmt: skip
    return gettext("Asiakas tunnetaan enää %(now)s vastauksista, aiemmin %(before)s.") % {
        "now": figures.percent(e["named_now"]), "before": figures.percent(e["named_before"]),
    }  # fmt: skip


def _break(e: Finding, told: dict[str, str], one: Finding) -> str:
    day = dates.date(date.fromisoformat(one["since"]))
    return gettext(
        "Sanamuoto tai asteikko vaihtui %(day)s: sitä ennen ja sen jälkeen luvut eivät ole vertailukelpoisia."
    ) % {"day": day}


def _no_owner(e: Finding, told: dict[str, str], one: Finding) -> str:
    return gettext("Kukaan ei vastaa tästä mittarista.")


_SAYINGS: Mapping[str, Callable[[Finding, dict[str, str], Finding], str]] = {
    "stale": _stale,
    "scattered": _scattered,
    "generic": generic,
    "constant": constant,
    "duplicated": duplicated,
    "never_opened": _never_opened,
    "unanswered": unanswered,
    "off_scale": off_scale,
    "identity": _identity,
    "break": _break,
    "no_owner": _no_owner,
}
