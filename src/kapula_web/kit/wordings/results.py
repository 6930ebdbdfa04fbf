"""Words for what a result says of itself: its warnings and its unit."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula.measures.contract import UNITS
from kapula.results import WARNING_CODES
from kapula_web.kit.codes import Text, register

WARNINGS: Final[dict[str, Text]] = {
    "suppressed": _("Vastauksia on vähemmän kuin vähimmäismäärä, joten lukua ei näytetä."),
    "suppressed_complement": _("Lukua ei näytetä, koska siitä voisi päätellä pienen ryhmän luvun."),
    "off_scale_set_aside": _("Asteikon ulkopuoliset vastaukset jätettiin pyynnöstä pois."),
    "empty": _("Ei vielä vastauksia."),
    "interval_open": _("Vastauksia on liian vähän välin toisen pään laskemiseen."),
    "few_clusters": _("Vastaukset tulevat alle 30 asiakkaalta tai tililtä, joten väli on todellista kapeampi."),
    "single_cluster": _("Vastaukset tulevat yhdeltä asiakkaalta tai tililtä, joten väliä ei voi laskea."),
    "weights_zero": _("Kaikkien vastausten paino on nolla."),
    "unequal_weights": _("Painot vaihtelevat niin paljon, että vastaukset vastaavat alle puolta määrästään."),
    "break_scale": _("Asteikko vaihtui: sitä ennen ja sen jälkeen luvut eivät ole vertailukelpoisia."),
    "break_wording": _("Kysymyksen sanamuoto vaihtui: sitä ennen ja sen jälkeen luvut eivät ole vertailukelpoisia."),
    "break_channel": _("Kanavien osuudet muuttuivat: luvut eivät ehkä ole vertailukelpoisia."),
    "break_language": _("Kielten osuudet muuttuivat: luvut eivät ehkä ole vertailukelpoisia."),
    "too_few_periods": _("Jaksoja on liian vähän rajojen tai muutoskohtien laskemiseen."),
    "autocorrelated": _("Peräkkäiset jaksot muistuttavat toisiaan, joten rajat hälyttävät liian herkästi."),
    "zero_variance": _("Kaikki vastaukset ovat samat."),
}

UNIT_WORDS: Final[dict[str, Text]] = {
    "points": _("pistettä"),
    "share": _("osuus"),
    "scale": _("asteikon arvo"),
    "raw": _("arvo"),
}

register("warning", WARNINGS, lambda: set(WARNING_CODES))
register("unit", UNIT_WORDS, lambda: set(UNITS))
