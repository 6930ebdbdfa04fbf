"""Words for the library's codes that figures travel with: measures, intervals, tables, why rows were set aside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kapula import measures
from kapula.trends.rules import RULES
from kapula_web.insights.errors import PROBLEMS
from kapula_web.insights.figures.tables import KINDS
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
register(
    "rule",
    {
        "beyond_limits": _("ohjausrajan ulkopuolella"),
        "goes_beyond": _("tasoitettu luku ylitti ohjausrajan"),
        "run_of_8": _("kahdeksan peräkkäin samalla puolella keskitasoa"),
        "two_of_3": _("kaksi kolmesta lähellä samaa ohjausrajaa"),
        "four_of_5": _("neljä viidestä selvästi samalla puolella keskitasoa"),
        "trend_of_6": _("kuusi peräkkäin samaan suuntaan"),
    },
    known=lambda: set(RULES),
)
register(
    "counted",
    {"responses": _("Vastauksia"), "observations": _("Havaintoja"), "outcomes": _("Asiakasjaksoja")},
    known=lambda: set(KINDS),
)
register(
    "model_problem",
    {
        "not_yaml": _("Teksti ei ole YAMLia."),
        "not_a_mapping": _("Tässä pitää olla avaimia ja arvoja."),
        "not_a_list": _("Tässä pitää olla luettelo."),
        "version": _("Tiedoston alussa pitää olla kapula-model: 1."),
        "unknown_key": _("Tällaista avainta ei ole."),
        "missing_key": _("Avain puuttuu."),
        "not_text": _("Tässä pitää olla tekstiä."),
        "not_a_number": _("Tässä pitää olla luku."),
        "not_a_truth": _("Tässä pitää olla true tai false."),
        "not_a_date": _("Tässä pitää olla päivä muodossa 2026-01-31."),
        "not_a_code": _("Koodissa on vain pieniä kirjaimia, numeroita ja alaviivoja."),
        "not_allowed": _("Arvo ei ole sallittu."),
        "same_code": _("Sama koodi tai avain on kahdesti."),
        "unknown_owner": _("Organisaatiossa ei ole ketään tällä sähköpostiosoitteella."),
        "column_count": _("Mittari lukee eri määrän sarakkeita."),
    },
    known=lambda: set(PROBLEMS),
)
register(
    "model_change",
    {
        "added": _("uusi"),
        "changed": _("muuttuu"),
        "moved": _("siirtyy"),
        "archived": _("arkistoidaan"),
    },
)
register(
    "audit",
    {
        "aim.created": _("kirjasi tavoitellun kokemuksen"),
        "aim.changed": _("muutti tavoiteltua kokemusta"),
        "aim.archived": _("arkistoi tavoitellun kokemuksen"),
        "aim.restored": _("palautti tavoitellun kokemuksen"),
        "model.created": _("lisäsi mittarin"),
        "model.changed": _("muutti mittaria"),
        "model.moved": _("siirsi mittaria"),
        "model.archived": _("arkistoi mittarin"),
        "model.restored": _("palautti mittarin"),
        "model.reviewed": _("merkitsi mittarin tarkastelluksi"),
    },
)
register("error", {"model_file": _("Mittariston tiedostossa on virheitä.")})
