"""How the shares were computed, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from kapula.text.shares import ErrorRates, SharesResult
from kapula_web.kit import figures


def method(result: SharesResult, rates: Mapping[str, ErrorRates]) -> list[tuple[str, str]]:
    told = [
        (gettext("Osuus"), gettext("Kommentit, joissa kone näkee teeman, jaettuna kaikilla luetuilla kommenteilla.")),
        (
            gettext("Korjaus"),
            gettext(
                "Koneen virheet lasketaan ihmisten korjauksista, joista se ei ole oppinut. Osuus korjataan niillä (Rogan ja Gladen)."
            ),
        ),
        (
            gettext("Väli"),
            gettext(
                "95 prosentin väli (Lang ja Reiczigel). Mukana on otannan ja mitatun virheen epävarmuus, ja se, että sama asiakas "
                "kirjoittaa usein."
            ),
        ),
        (
            gettext("Vertailut"),
            gettext("Ero on varma, kun se kestää senkin, että kaikki erot testataan yhdessä (Benjamini ja Hochberg)."),
        ),
        (gettext("n"), figures.number(result.n, 0)),
    ]
    measured = [_measured(code, one) for code, one in sorted(rates.items()) if one.usable]
    if measured:
        told.append((gettext("Mitattu virhe"), "; ".join(measured)))
    return told


def _measured(code: str, rates: ErrorRates) -> str:
    return gettext("%(code)s: herkkyys %(sensitivity)s, tarkkuus %(specificity)s, tarkistettuja %(n)s") % {
        "code": code,
        "sensitivity": figures.percent(rates.sensitivity),
        "specificity": figures.percent(rates.specificity),
        "n": rates.positives + rates.negatives,
    }
