"""The answer in words, its picture and tables. No contact is named: figures are of firms, and say of how many contacts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.accounts.tables import MOST, accounts_table, asking, levels_table, worst_picture
from kapula_web.insights.analyses.contract import Data, Part, Shown
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import dates, figures

Found = Mapping[str, Any]


def shown(found: Found, data: Data, label: str) -> Shown:
    """``label``: the score's name."""
    asked = asking(found)
    about = words.evidence(
        _when(found), _heard(found), gettext("%(n)s yhteyshenkilöä") % {"n": figures.number(found["n_contacts"], 0)}
    )
    title = _title(found)
    names = {
        "roles": lambda code: data.names.value(str(found["method"]["role"]), code),
        "stages": lambda code: _stage(data, found, code),
    }
    parts = [Part(picture=worst_picture(found, title, words.evidence(label, about)))]
    parts.append(Part(_heading(asked), _more(len(asked)), table=accounts_table(asked, names["stages"])))
    for which, heading in (("stages", gettext("Asiakkuuden vaiheet")), ("roles", gettext("Roolit"))):
        if found[which]:
            parts.append(Part(heading, table=levels_table(heading, found[which], names[which])))
    return Shown(answer(found, asked, label), about, parts, _notes(found), _method(found))


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


def _title(found: Found) -> str:
    if found["verdict"] == "accounts_alike":
        return gettext("Yritykset eivät erotu toisistaan varmasti: yhden yrityksen ihmiset vastaavat yhtä eri tavoin")
    return gettext(
        "Yritykset eroavat toisistaan varmasti; alimpana ne, jotka ovat luultavimmin heikoimmassa viidenneksessä"
    )


def _heading(asked: Sequence[Mapping[str, Any]]) -> str:
    return gettext("Näille kannattaa soittaa") if asked else gettext("Yritykset")


def _more(n: int) -> str:
    """How many are in the file beyond those on the page."""
    return (
        gettext("Sivulla %(shown)s ensimmäistä, tiedostossa kaikki %(n)s.") % {"shown": MOST, "n": n}
        if n > MOST
        else ""
    )


def _stage(data: Data, found: Found, code: Any) -> str:
    column = found["method"]["stage"]
    own = {
        "onboarding": gettext("alussa"),
        "use": gettext("käytössä"),
        "renewal": gettext("sopimus uusittavana"),
    }
    return data.names.value(str(column), code) if column else own.get(str(code), str(code))


def _when(found: Found) -> str:
    day = found["method"]["as_of"]
    return gettext("vastaukset %(days)s päivän ajalta ennen %(day)s") % {
        "days": found["method"]["window_days"],
        "day": dates.date(day),
    }


def _heard(found: Found) -> str:
    return gettext("kuultu %(n)s / %(known)s yritystä") % {
        "n": figures.number(found["n"], 0),
        "known": figures.number(found["n_known"], 0),
    }


def _notes(found: Found) -> list[str]:
    notes = [
        gettext(
            "Yhden tai kahden ihmisen vastaus kertoo yrityksestä vähän, joten luku on vedetty kaikkien yritysten suuntaan."
        ),
        gettext("Lista kertoo, keneltä kannattaa kysyä lisää. Se ei ennusta, kuka lähtee."),
        *(text for text in warnings(found) if found["by_revenue"] is None),
    ]
    by_revenue = found["by_revenue"]
    if by_revenue is not None:
        told = {
            "mean": words.number(by_revenue["value"], by_revenue["low"], by_revenue["high"], 2),
            "kish": figures.number(found["kish_n"], 0),
        }
        notes.append(
            gettext(
                "Liikevaihdolla painotettuna keskiarvo on %(mean)s; se vastaa %(kish)s yhtä suuren yrityksen vastauksia."
            )
            % told
        )
    return notes


def _method(found: Found) -> list[tuple[str, str]]:
    reliability = found["reliability"]
    lines = [
        (
            gettext("Mitä lasketaan"),
            gettext(
                "Jokaisen yhteyshenkilön viimeisin vastaus. Roolien tavalliset erot on otettu pois ennen vertailua."
            ),
        ),
        (
            gettext("Menetelmä"),
            gettext(
                "Hierarkkinen malli: yrityksen oma keskiarvo ja kaikkien yritysten taso painotetaan sen mukaan, kuinka paljon "
                "yritykset eroavat "
                "toisistaan ja kuinka monta vastausta on. Erimielisyys: roolien ero verrattuna yhteyshenkilöiden tavalliseen eroon "
                "(Benjamini–Hochberg)."
            ),
        ),
    ]
    if reliability is not None:
        lines.append(
            (
                gettext("Yritysten osuus vaihtelusta"),
                words.share(
                    max(reliability["value"], 0.0), max(reliability["low"], 0.0), max(reliability["high"], 0.0)
                ),
            )
        )
    return lines
