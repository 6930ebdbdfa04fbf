"""Words for what was noticed of a file at the first look: its encoding, its dates, what should not be taken in."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula_web.kit.codes import Text, register

NOTES: Final[dict[str, Text]] = {
    "gzip": _("Tiedosto oli pakattu (gzip) ja purettiin lukiessa."),
    "encoding_mixed": _(
        "Merkistö vaihtuu kesken tiedoston; luettiin UTF-8:na ja poikkeavat merkit Windows-merkistönä: {value}."
    ),
    "encoding_bom": _("Merkistö luki tiedoston alussa: {value}."),
    "encoding_utf16_without_bom": _("Merkistö on UTF-16, vaikka tiedosto ei sitä kerro: {value}."),
    "header_rows_3": _("Otsikkorivejä on kolme, kuten Qualtricsin viennissä."),
    "missing_suggested": _("Asteikon ulkopuolinen arvo näyttää tarkoittavan puuttuvaa vastausta: {value}."),
    "personal_identity_code": _("Sarakkeessa näyttää olevan henkilötunnuksia, joten se jätetään pois: {value}."),
    "personal_data": _("Sarakkeessa näyttää olevan henkilötietoja, joten se jätetään pois: {value}."),
    "labels_read": _("Vastausvaihtoehtojen sanat muutetaan numeroiksi: {value}."),
    "date_order_ambiguous": _("Päivämäärän järjestystä ei voi päätellä; tarkista, kumpi on päivä: {value}."),
    "date_day_first": _("Päivämäärät luetaan muodossa päivä/kuukausi: {value}."),
    "date_month_first": _("Päivämäärät luetaan muodossa kuukausi/päivä: {value}."),
    "encoding_cp1252": _("Merkistö on vanha Windows-merkistö (cp1252)."),
}

register("import_note", NOTES)
