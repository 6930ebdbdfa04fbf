"""The answer in one sentence with its reasons, and the headings over its parts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.accounts.tables import MOST
from kapula_web.insights.analyses.contract import Data
from kapula_web.kit import dates, figures

Found = Mapping[str, Any]


def answer(found: Found, asked: Sequence[Mapping[str, Any]], label: str) -> str:
    """How they are, and how many ask for attention, and why."""
    overall = found["overall"]
    told = {
        "label": label,
        "mean": words.number(overall["value"], overall["low"], overall["high"], 2),
        "n": figures.number(len(asked), 0),
    }
    first = gettext("Yritysasiakkaiden ”%(label)s” on keskimäärin %(mean)s.") % told
    if not asked:
        return f"{first} " + gettext("Yksikään yritys ei nyt erotu huonolla tavalla.")
    second = ngettext("Yksi yritys kaipaa huomiota: %(why)s.", "%(n)s yritystä kaipaa huomiota: %(why)s.", len(asked))
    return f"{first} {second % {**told, 'why': _why(found['flagged'])}}"


def _why(flagged: Mapping[str, int]) -> str:
    """The reasons with their counts, those of most weight first."""
    sayings = {
        "low": gettext("%(n)s on luultavasti heikoimmassa viidenneksessä"),
        "falling": gettext("%(n)s on varmasti laskussa"),
        "disagree": gettext("%(n)s on sisältä varmasti eri mieltä"),
        "silent": gettext("%(n)s ei ole vastannut"),
    }
    return words.joined(
        [saying % {"n": figures.number(flagged[code], 0)} for code, saying in sayings.items() if flagged.get(code)]
    )


def title_of(found: Found) -> str:
    """What the picture shows."""
    if found["verdict"] == "accounts_alike":
        return gettext("Yritykset eivät erotu toisistaan varmasti: yhden yrityksen ihmiset vastaavat yhtä eri tavoin")
    return gettext(
        "Yritykset eroavat toisistaan varmasti; alimpana ne, jotka ovat luultavimmin heikoimmassa viidenneksessä"
    )


def heading_of(asked: Sequence[Mapping[str, Any]]) -> str:
    """Over the table of accounts."""
    return gettext("Näille kannattaa soittaa") if asked else gettext("Yritykset")


def more(n: int) -> str:
    """How many are in the file beyond those on the page."""
    return (
        gettext("Sivulla %(shown)s ensimmäistä, tiedostossa kaikki %(n)s.") % {"shown": MOST, "n": n}
        if n > MOST
        else ""
    )


def stage_name(data: Data, found: Found, code: Any) -> str:
    """A stage as people call it: the data's own, or one of the library's."""
    column = found["method"]["stage"]
    own = {
        "onboarding": gettext("alussa"),
        "use": gettext("käytössä"),
        "renewal": gettext("sopimus uusittavana"),
    }
    return data.names.value(str(column), code) if column else own.get(str(code), str(code))


def when(found: Found) -> str:
    """The days the answers are from."""
    day = found["method"]["as_of"]
    return gettext("vastaukset %(days)s päivän ajalta ennen %(day)s") % {
        "days": found["method"]["window_days"],
        "day": dates.date(day),
    }


def heard(found: Found) -> str:
    """How many accounts were heard of those known."""
    return gettext("kuultu %(n)s / %(known)s yritystä") % {
        "n": figures.number(found["n"], 0),
        "known": figures.number(found["n_known"], 0),
    }
