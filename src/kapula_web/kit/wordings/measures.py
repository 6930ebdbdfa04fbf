"""What each of the library's measures tells, in one sentence. Their names stand with the pages that show them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula.measures import registry
from kapula_web.kit.codes import Text, register

MEANINGS: Final[dict[str, Text]] = {
    "nps": _("Suosittelijoiden (9–10) osuus miinus arvostelijoiden (0–6) osuus, −100…100 pistettä."),
    "csat_top_box": _("Kuinka moni antoi tyytyväisyydestä ylimmät arvosanat."),
    "csat_mean": _("Tyytyväisyyden keskiarvo asteikolla 1–5."),
    "ces5": _("Kuinka helppoa asiointi oli; suurempi on helpompi."),
    "ces7": _("Kuinka helppoa asiointi oli; suurempi on helpompi."),
    "ces5_effort": _("Kuinka paljon vaivaa asiointi vaati; pienempi on parempi."),
    "ces7_effort": _("Kuinka paljon vaivaa asiointi vaati; pienempi on parempi."),
    "fcr": _("Kuinka monen asia hoitui ensimmäisellä yhteydenotolla."),
    "effectiveness": _("Saiko asiakas sen, mitä tuli hakemaan."),
    "ease": _("Kuinka vaivatonta se oli."),
    "emotion": _("Millainen tunne asiakkaalle jäi."),
    "experience": _("Tuloksellisuus, helppous ja tunne yhdessä."),
    "expectation_gap": _("Koettu miinus odotettu: alle nollan, kun odotus ei täyttynyt."),
    "share": _("Kuinka suuri osa vastauksista täyttää ehdon."),
    "mean": _("Arvojen keskiarvo."),
    "median": _("Keskimmäinen arvo: puolet on sen alla."),
    "percentile": _("Raja, jonka alle jää valittu osa arvoista."),
    "rate": _("Esimerkiksi yhteydenottoja sataa asiakasta kohti."),
    "churn_rate": _("Kuinka suuri osa asiakkaista lähti jakson aikana."),
}

register("measure_meaning", MEANINGS, lambda: set(registry.names()))
