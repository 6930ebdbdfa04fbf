"""A finding as a sentence with its evidence, and what mends it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import words
from kapula_web.kit import codes, dates, figures

Finding = Mapping[str, Any]

KINDS: Final = {
    "stale": _("Vanhentunut"),
    "scattered": _("Hajallaan"),
    "generic": _("Ei kerro mitään"),
    "constant": _("Kaikki vastaavat samoin"),
    "duplicated": _("Kahteen kertaan"),
    "never_opened": _("Avaamatta"),
    "unanswered": _("Vastaamatta"),
    "off_scale": _("Asteikon ulkopuolella"),
    "identity": _("Ei tunnisteta"),
    "break": _("Vertailu katkeaa"),
    "no_owner": _("Ilman omistajaa"),
}
WAYS_OUT: Final = {
    "renew_or_close": _("Hae uutta aineistoa tai kerro, että lähde on lopetettu"),
    "merge": _("Pidä yksi ja yhdistä muut siihen"),
    "drop": _("Jätä kysymys pois"),
    "add_reason": _("Kysy arvosanan rinnalla myös syytä"),
    "check_routing": _("Tarkista, kenelle kysymys näkyy ja miten se on sanottu"),
    "undo_import": _("Peru jälkimmäinen tuonti"),
    "fix_import": _("Korjaa hylätyt rivit"),
    "add_identity": _("Tuo asiakkaan tunnus mukaan"),
    "declare_scale": _("Kerro asteikko ja koodit, jotka eivät ole vastauksia"),
    "compare_apart": _("Vertaa vain muutoksen samalla puolella"),
    "open_or_drop": _("Katso mittaria tai poista se mallista"),
    "name_owner": _("Nimeä omistaja"),
}
SEVERITIES: Final = {"high": _("korjaa ensin"), "medium": _("korjaa"), "low": _("hyvä tietää")}

codes.register("health_kind", KINDS, lambda: set(KINDS))
codes.register("health_way_out", WAYS_OUT, lambda: set(WAYS_OUT))
codes.register("health_severity", SEVERITIES, lambda: set(SEVERITIES))


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


def _generic(e: Finding, told: dict[str, str], one: Finding) -> str:
    if one["subject"] == "source":
        return gettext(
            "Pelkkä arvosana: ei muita kysymyksiä, ei kommentteja eikä kohtaamispistettä (%(n)s vastausta)."
        ) % _n(e)
    return gettext(
        "Vastaukset eivät eroa ryhmittäin eivätkä kuukausittain eivätkä liity muihin vastauksiin (n = %(n)s, kaikki alle 1 %%)."
    ) % _n(e)


def _constant(e: Finding, told: dict[str, str], one: Finding) -> str:
    return gettext("%(share)s vastaajista antaa saman vastauksen (n = %(n)s).") % {
        "share": figures.percent(e["share"], 1),
        **_n(e),
    }


def _duplicated(e: Finding, told: dict[str, str], one: Finding) -> str:
    if "twice" in e:
        return gettext("%(twice)s riviä on samoja kuin toinen rivi: sama ihminen, päivä ja vastaukset (n = %(n)s).") % {
            "twice": figures.number(e["twice"], 0), **_n(e),
        }  # fmt: skip
    return gettext("Käytännössä sama kuin %(others)s: korrelaatio %(r)s (n = %(n)s).") % {
        **told, "r": words.number(e["correlation"], e["low"], e["high"], 2), **_n(e),
    }  # fmt: skip


def _never_opened(e: Finding, told: dict[str, str], one: Finding) -> str:
    return gettext("Kukaan ei ole avannut mittaria %(days)s päivään.") % {"days": e["days_unopened"]}


def _unanswered(e: Finding, told: dict[str, str], one: Finding) -> str:
    if not e["answered"]:
        return gettext("Kysymykseen ei ole yhtään vastausta.")
    return gettext("Vastattu %(share)s kerroista, kun on kysytty (%(n)s kertaa).") % {
        "share": words.share(e["share"], e["low"], e["high"]), "n": figures.number(e["asked"], 0),
    }  # fmt: skip


def _off_scale(e: Finding, told: dict[str, str], one: Finding) -> str:
    return gettext("%(n)s vastausta on asteikon %(low)s–%(high)s ulkopuolella.") % {
        "n": figures.number(e["n"], 0), "low": figures.number(e["low"]), "high": figures.number(e["high"]),
    }  # fmt: skip


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


def _n(e: Finding) -> dict[str, str]:
    return {"n": figures.number(e["n"], 0)}


_SAYINGS: Mapping[str, Callable[[Finding, dict[str, str], Finding], str]] = {
    "stale": _stale,
    "scattered": _scattered,
    "generic": _generic,
    "constant": _constant,
    "duplicated": _duplicated,
    "never_opened": _never_opened,
    "unanswered": _unanswered,
    "off_scale": _off_scale,
    "identity": _identity,
    "break": _break,
    "no_owner": _no_owner,
}
