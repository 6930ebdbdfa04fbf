"""Words for the library's codes that figures travel with: measures, intervals, tables, why rows were set aside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kapula import measures
from kapula_web.kit.codes import register

register(
    "measure",
    {
        "nps": _("Suosittelu (NPS)"),
        "csat_top_box": _("Tyytyväisten osuus (CSAT)"),
        "csat_mean": _("Tyytyväisyyden keskiarvo (CSAT)"),
        "ces5": _("Asioinnin helppous 1–5 (CES)"),
        "ces7": _("Asioinnin helppous 1–7 (CES)"),
        "ces5_effort": _("Asioinnin vaivannäkö 1–5 (CES)"),
        "ces7_effort": _("Asioinnin vaivannäkö 1–7 (CES)"),
        "fcr": _("Hoitui kerralla (FCR)"),
        "effectiveness": _("Vaikuttavuus"),
        "ease": _("Helppous"),
        "emotion": _("Tunne"),
        "experience": _("Kokemuksen kolme ulottuvuutta yhdessä"),
        "expectation_gap": _("Kokemus miinus odotus"),
        "share": _("Osuus"),
        "mean": _("Keskiarvo"),
        "median": _("Mediaani"),
        "percentile": _("Prosenttipiste"),
        "rate": _("Määrä suhteessa"),
        "churn_rate": _("Poistuma"),
    },
    known=lambda: set(measures.names()),
)
register(
    "interval",
    {
        "adjusted_wald": _("mukautettu Wald"),
        "wald": _("Wald"),
        "wilson": _("Wilson"),
        "agresti_coull": _("Agresti–Coull"),
        "clopper_pearson": _("Clopper–Pearson"),
        "t": _("Studentin t"),
        "normal": _("normaalijakauma"),
        "bootstrap": _("bootstrap"),
        "order": _("järjestystunnusluvut"),
        "woodruff": _("Woodruff"),
        "exact": _("tarkka"),
        "goodman": _("Goodman"),
        "garwood": _("Garwood"),
        "delta": _("deltamenetelmä"),
    },
)
register(
    "table",
    {"responses": _("vastaukset"), "observations": _("toiminnan luvut"), "outcomes": _("asiakkaiden jaksot")},
)
register(
    "set_aside",
    {
        "no_answer": _("ei vastausta"),
        "off_scale": _("asteikon ulkopuolella"),
        "no_weight": _("ei painokerrointa"),
        "zero_weight": _("painokerroin nolla"),
        "no_period": _("ei päivää"),
    },
)
