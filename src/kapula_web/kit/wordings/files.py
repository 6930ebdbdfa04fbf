"""Words for files: what a column can be, why a row was not taken in, and what was noticed at the first look."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula.connectors.contract import REJECTION_CODES, ROLES, SHAPES
from kapula_web.kit.codes import Text, register

REJECTIONS: Final[dict[str, Text]] = {
    "not_a_number": _("Arvo ei ole luku."),
    "off_scale": _("Vastaus on asteikon ulkopuolella."),
    "not_a_date": _("Päivämäärää ei voi lukea."),
    "missing_date": _("Rivillä ei ole päivämäärää eikä tiedostolle ole annettu oletuspäivää."),
    "missing_value": _("Havainnolla ei ole arvoa."),
    "duplicate_in_file": _("Sama tunniste on jo aiemmin tässä tiedostossa eri sisällöllä."),
    "column_count": _("Rivillä on eri määrä sarakkeita kuin otsikossa."),
    "empty_answer": _("Rivillä ei ole vastausta eikä kommenttia."),
    "not_a_weight": _("Paino on negatiivinen tai se ei ole luku."),
}

SHAPE_WORDS: Final[dict[str, Text]] = {
    "wide": _("yksi rivi on yksi vastaaja"),
    "long": _("yksi rivi on yksi vastaus yhteen kysymykseen"),
    "observations": _("mittausten sarja, esimerkiksi jonoajat"),
    "events": _("tapahtumia"),
    "outcomes": _("asiakkaan jaksoja, esimerkiksi liikevaihto"),
}

ROLE_WORDS: Final[dict[str, Text]] = {
    "ignore": _("ei oteta mukaan"),
    "external_id": _("vastauksen tunniste"),
    "occurred_at": _("milloin tapahtui"),
    "received_at": _("milloin vastattiin"),
    "customer": _("asiakas"),
    "account": _("asiakasyritys"),
    "team": _("tiimi"),
    "touchpoint": _("kohtaamispiste"),
    "channel": _("kanava"),
    "segment": _("asiakasryhmä"),
    "language": _("kieli"),
    "weight": _("paino"),
    "perspective": _("kenen näkökulma"),
    "attribute": _("muu tieto"),
    "score": _("arvosana"),
    "comment": _("avoin vastaus"),
    "question": _("kysymys"),
    "answer": _("vastaus"),
    "period": _("jakso"),
    "measure": _("mittari"),
    "value": _("arvo"),
    "n": _("määrä (n)"),
    "kind": _("tapahtuman laji"),
    "revenue": _("liikevaihto"),
    "active": _("asiakkuus voimassa"),
}

NOTES: Final[dict[str, Text]] = {
    "unnamed_columns": _("Sarakkeilla ei ollut otsikkoa, joten ne saivat nimen: {value}."),
    "duplicate_header": _("Sama otsikko toistuu, joten toistot numeroitiin: {value}."),
    "leading_rows": _("Otsikkorivin yläpuolelta ohitettiin rivejä: {value}."),
    "no_header": _("Tiedostossa ei näytä olevan otsikkoriviä."),
    "gzip": _("Tiedosto oli pakattu (gzip) ja purettiin lukiessa."),
    "encoding_mixed": _(
        "Merkistö vaihtuu kesken tiedoston; luettiin UTF-8:na ja poikkeavat merkit Windows-merkistönä: {value}."
    ),
    "encoding_bom": _("Merkistö luki tiedoston alussa: {value}."),
    "encoding_utf16_without_bom": _("Merkistö on UTF-16, vaikka tiedosto ei sitä kerro: {value}."),
    "encoding_cp1252": _("Merkistö on vanha Windows-merkistö (cp1252)."),
}

register("rejection", REJECTIONS, lambda: set(REJECTION_CODES))
register("shape", SHAPE_WORDS, lambda: set(SHAPES))
register("column_role", ROLE_WORDS, lambda: set(ROLES))
register("note", NOTES)
