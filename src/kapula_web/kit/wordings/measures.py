"""Words for the library's measures: a name for people, and what the figure tells."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula.measures import registry
from kapula_web.kit.codes import Text, register

NAMES: Final[dict[str, Text]] = {
    "nps": _("Suositteluhalukkuus (NPS)"),
    "csat_top_box": _("Tyytyväisten osuus"),
    "csat_mean": _("Tyytyväisyys (keskiarvo)"),
    "ces5": _("Asioinnin helppous (1–5)"),
    "ces7": _("Asioinnin helppous (1–7)"),
    "ces5_effort": _("Asioinnin vaiva (1–5)"),
    "ces7_effort": _("Asioinnin vaiva (1–7)"),
    "fcr": _("Kerralla kuntoon"),
    "effectiveness": _("Tuloksellisuus"),
    "ease": _("Helppous"),
    "emotion": _("Tunne"),
    "experience": _("Kokemus kokonaisuutena"),
    "expectation_gap": _("Kokemus suhteessa odotukseen"),
    "share": _("Osuus"),
    "mean": _("Keskiarvo"),
    "median": _("Mediaani"),
    "percentile": _("Prosenttipiste"),
    "rate": _("Määrä suhteessa toiseen"),
    "churn_rate": _("Lähteneiden osuus"),
}

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

register("measure", NAMES, lambda: set(registry.names()))
register("measure_meaning", MEANINGS, lambda: set(registry.names()))
