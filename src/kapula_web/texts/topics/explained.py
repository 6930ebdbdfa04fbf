"""How the shares were computed, in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from kapula.text.shares import Rates, SharesResult
from kapula_web.kit import figures


def method(result: SharesResult, rates: Mapping[str, Rates]) -> list[tuple[str, str]]:
    told = [
        (gettext("Osuus"), gettext("Kommentit, joissa kone näkee teeman, jaettuna kaikilla luetuilla kommenteilla.")),
        (
            gettext("Korjaus"),
            gettext(
                "Koneen virheet lasketaan siitä, mitä ihmiset ovat sanoneet Tarkistettavat-listan arvotuista kommenteista, joista "
                "kone ei ole oppinut. Puolet on koneen nimeämiä ja puolet ei, ja kumpikin puoli painaa sen verran kuin sellaisia "
                "on. Osuus korjataan niillä (Rogan ja Gladen)."
            ),
        ),
        (
            gettext("Väli"),
            gettext(
                "95 prosentin väli, jossa on mukana otannan ja mitatun virheen epävarmuus (arpomalla), ja se, että sama asiakas "
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


def _measured(code: str, rates: Rates) -> str:
    return gettext("%(code)s: herkkyys %(sensitivity)s, tarkkuus %(specificity)s, tarkistettuja %(n)s") % {
        "code": code,
        "sensitivity": figures.percent(rates.sensitivity),
        "specificity": figures.percent(rates.specificity),
        "n": rates.checked,
    }
