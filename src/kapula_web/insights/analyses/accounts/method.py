"""What a reader must know, and how it was computed."""

from __future__ import annotations

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.accounts.sentences import Found
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures


def notes(found: Found) -> list[str]:
    """What the answer does not say by itself."""
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


def method(found: Found) -> list[tuple[str, str]]:
    """What was compared with what, and how large a share of the differences lies between accounts."""
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
