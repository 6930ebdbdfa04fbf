"""How the answer was made, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula_web.kit import figures


def method_of(found: Mapping[str, Any]) -> list[tuple[str, str]]:
    method = found["method"]
    told = {"tests": figures.number(found["tested"], 0), "candidates": len(found["leads"]), "lags": method["max_lag"]}
    return [
        (
            gettext("Menetelmä"),
            gettext(
                "Kustakin luvusta poistetaan tiimin taso, suunta ja vuodenaika sekä se, mikä liikutti kaikkia tiimejä samalla viikolla. "
                "Luvun yllättäviä muutoksia verrataan arvosanan myöhempiin muutoksiin, joita arvosanan oma menneisyys ei selitä."
            ),
        ),
        (
            gettext("Sattuma"),
            gettext(
                "%(tests)s koetta (%(candidates)s ehdokasta × viiveet 1–%(lags)s viikkoa) korjattu yhdessä (Benjamini–Hochberg)."
            )
            % told,
        ),
        (
            gettext("Ennuste"),
            gettext(
                "Hyöty on laskettu ennustamalla jälkimmäinen puolikas viikoista vain siitä, mitä silloin tiedettiin, "
                "ehdokkaan kanssa ja ilman."
            ),
        ),
        (
            gettext("Huono viikko"),
            gettext("Tiimin viikko, joka on sen omien aiempien viikkojen huonoimmassa %(share)s.")
            % {"share": _worst(method["event"])},
        ),
    ]


def _worst(share: float) -> str:
    return gettext("viidenneksessä") if share == 0.2 else figures.percent(share)
