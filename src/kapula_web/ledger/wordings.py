"""Words for what comes in: roles of columns, shapes of files, why a row or a file is refused, what was noticed."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula.connectors import telling
from kapula.connectors.contract import NOTE_CODES, REJECTION_CODES, ROLES, SHAPES
from kapula_web.kit.codes import Text, register

ROLE_WORDS: Final[dict[str, Text]] = {
    "ignore": _("ei tuoda"),
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
    "weight": _("painokerroin"),
    "perspective": _("kenen näkökulma"),
    "attribute": _("taustatieto"),
    "score": _("arvosana"),
    "comment": _("avoin vastaus"),
    "question": _("kysymys"),
    "answer": _("vastaus"),
    "period": _("jakso"),
    "measure": _("mittari"),
    "value": _("mittarin arvo"),
    "n": _("määrä (n)"),
    "kind": _("tapahtuman laji"),
    "revenue": _("liikevaihto"),
    "active": _("onko asiakas"),
}

SHAPE_WORDS: Final[dict[str, Text]] = {
    "wide": _("Yksi rivi on yksi vastaaja: kysymykset ovat sarakkeina"),
    "long": _("Yksi rivi on yksi vastaus: kysymys ja vastaus ovat omissa sarakkeissaan"),
    "observations": _("Yksi rivi on toiminnan luku jaksolta: jonoaika, toimitukset, yhteydenotot"),
    "events": _("Yksi rivi on tapahtuma: asiakas teki jotain tai hänelle tehtiin jotain"),
    "outcomes": _("Yksi rivi on asiakkaan jakso: liikevaihto ja onko hän yhä asiakas"),
}

REJECTIONS: Final[dict[str, Text]] = {
    "not_a_number": _("Tässä pitäisi olla numero."),
    "off_scale": _("Arvo ei ole asteikolla."),
    "not_a_date": _("Päivää ei voi lukea."),
    "missing_date": _("Rivillä ei ole päivää."),
    "missing_value": _("Mittarin arvo puuttuu."),
    "duplicate_in_file": _("Sama tunniste on tiedostossa jo aiemmin, eri tiedoin."),
    "column_count": _("Rivillä on eri määrä kenttiä kuin otsikossa."),
    "empty_answer": _("Rivillä ei ole yhtään vastausta."),
    "not_a_weight": _("Painokerroin puuttuu tai ei ole luku."),
    "not_a_flag": _("Tässä pitäisi olla kyllä tai ei."),
    "not_a_period": _("Jaksoa ei voi lukea."),
    "unknown_question": _("Kysymystä ei ole kerrottu."),
    "unknown_perspective": _("Näkökulma on jokin muu kuin asiakas, henkilöstö tai havainnointi."),
    "missing_customer": _("Rivillä ei ole asiakasta."),
    "missing_kind": _("Tapahtumalla ei ole lajia."),
    "test_answer": _("Kyselytyökalu on merkinnyt rivin testiksi."),
    "too_long": _("Teksti on liian pitkä tähän."),
}

NOTES: Final[dict[str, Text]] = {
    "encoding_bom": _("Merkistö on {value}; tiedosto kertoo sen itse"),
    "encoding_cp1252": _("Merkistö on Windows-1252. Tarkista, että ä, ö ja å näkyvät oikein."),
    "encoding_mixed": _("Merkistö on UTF-8, mutta {value} merkkiä on Windows-1252:ta. Tarkista ä, ö ja å."),
    "encoding_utf16_without_bom": _("Merkistö on {value}, vaikka tiedosto ei sitä kerro"),
    "gzip": _("Tiedosto oli pakattu (gzip)"),
    "header_rows_3": _("Otsikkorivejä on kolme, kuten Qualtricsin viennissä"),
    "date_day_first": _("Päivässä on ensin päivä, sitten kuukausi – {value}"),
    "date_month_first": _("Päivässä on ensin kuukausi, sitten päivä – {value}"),
    "date_order_ambiguous": _(
        "Päivästä ei näe, kumpi on ensin, päivä vai kuukausi. Luetaan päivä ensin – {value}. Tarkista."
    ),
    "labels_read": _("Sanalliset vastaukset luetaan arvosanoiksi: {value}"),
    "missing_suggested": _("Asteikon ulkopuoliset arvot ehdotetaan puuttuviksi – {value}"),
    "personal_data": _("Yhteystietoja ei tuoda: {value}"),
    "personal_identity_code": _("Henkilötunnuksia ei tuoda: {value}"),
    "separator": _("Erottimena on {value}"),
    "decimal_comma": _("Luvuissa on desimaalipilkku"),
    "sheet": _("Luetaan taulukkosivu {value}"),
    "other_sheets": _("Muita taulukkosivuja ei lueta: {value}"),
    "leading_rows": _("Ennen otsikkoriviä on {value} muuta riviä; ne ohitetaan"),
    "no_header": _("Tiedostossa ei ole otsikkoriviä; sarakkeet on numeroitu"),
    "unnamed_columns": _("Sarakkeilta puuttuu nimi: {value}"),
    "duplicate_header": _("Sama otsikko on kahdesti: {value}"),
    "default_date_from_name": _("Riveillä ei ole päivää; käytetään tiedoston nimestä luettua päivää {value}"),
    "default_date_from_file": _("Riveillä ei ole päivää; käytetään tiedoston päivää {value}"),
    "active_inverted": _("Sarake {value} kertoo, ketkä lähtivät; se käännetään"),
    "rows_rejected": _("Näytteessä {value} riviä ei jakaudu sarakkeiksi"),
}

MENDED: Final[dict[str, Text]] = {
    "joined": _(
        "Viimeisen sarakkeen tekstissä oli erottimia ilman lainausmerkkejä. Se yhdistettiin. Rivejä: {rows}. Tiedoston riveillä: {lines}"
    ),
    "unclosed": _(
        "Lainausmerkki avattiin mutta ei suljettu. Merkki jätettiin pois. Rivejä: {rows}. Tiedoston riveillä: {lines}"
    ),
}

ERRORS: Final[dict[str, Text]] = {
    "source": _("Tiedostoa {file} ei voi lukea. Tarkista, että se on CSV, Excel, SPSS tai Parquet."),
    "unreadable": _("Tiedostoa {file} ei voi avata. Lähetä se uudelleen."),
    "empty_file": _("Tiedosto {file} on tyhjä. Tarkista, että valitsit oikean tiedoston ja että vienti onnistui."),
    "no_rows": _("Tiedostossa {file} on otsikot mutta ei yhtään riviä. Tarkista viennin rajaus."),
    "not_this_format": _(
        "Tiedosto {file} ei ole sitä, mitä sen pääte lupaa: se näyttää olevan {looks_like}. Tallenna se uudelleen Excel- tai CSV-muotoon."
    ),
    "packed": _("Tiedosto {file} on pakattu ({looks_like}). Pura se ja tuo sen sisällä oleva tiedosto."),
    "encoding": _(
        "Tiedoston {file} merkkejä ei voi lukea. Tallenna se Excelissä muotoon ”CSV UTF-8” ja yritä uudestaan."
    ),
    "broken_file": _("Tiedosto {file} on rikki tai jäänyt kesken. Vie tai tallenna se uudelleen."),
    "too_large_inside": _(
        "Tiedosto {file} purkautuu epätavallisen suureksi, eikä sitä avattu. Tallenna sisältö CSV-muotoon."
    ),
    "protected": _("Työkirja {file} on suojattu salasanalla. Poista suojaus ja tallenna uudelleen."),
    "sheet_unknown": _("Työkirjassa ei ole taulukkosivua {sheet}. Siinä on: {sheets}."),
    "column_missing": _(
        "Tiedostossa {file} ei ole saraketta {column}. Valitse sarakkeelle toinen tehtävä tai poista se."
    ),
    "connector_unknown": _("Tiedostomuotoa ei tunneta. Tallenna tiedosto CSV- tai Excel-muotoon."),
    "plan": _("Sama tehtävä on usealla sarakkeella: {columns}. Jätä se vain yhdelle."),
    "import": _("Tuontia ei voi tehdä. Lataa sivu uudelleen ja yritä uudestaan."),
    "import_too_large": _(
        "Tiedosto {file} on liian suuri: raja on {limit} tavua. Jaa se osiin tai pyydä ylläpitoa nostamaan rajaa."
    ),
    "import_file_gone": _("Tiedostoa {file} ei enää säilytetä. Tuo se uudelleen."),
    "import_state": _("Tuonti on jo edennyt. Lataa sivu uudelleen."),
    "import_undo_blocked": _("Tuonti {file} on muuttanut samoja rivejä tämän jälkeen. Kumoa ensin se."),
    "import_still_rejected": _("Riviä ei vielä voi tuoda. Korjaa merkityt kohdat."),
    "unknown_customer": _("Asiakasta {customer} ei ole aineistossa. Tarkista tunnus."),
    "import_unknown_source": _("Lähdettä {source} ei ole."),
    "unexpected": _("Tuonti keskeytyi yllättäen. Mitään ei muuttunut. Yritä uudestaan."),
}

AUDIT: Final[dict[str, Text]] = {
    "import.received": _("Lähetti tiedoston"),
    "import.finished": _("Toi aineiston"),
    "import.undone": _("Kumosi tuonnin"),
    "import.discarded": _("Hylkäsi tuonnin"),
    "import.row_set_aside": _("Ohitti hylätyn rivin"),
    "import.file_deleted": _("Poisti tuodun tiedoston"),
    "customer.erased": _("Poisti asiakkaan tiedot"),
    "example.loaded": _("Toi esimerkkiorganisaation"),
    "source.created": _("Lisäsi lähteen"),
    "source.mapping_forgotten": _("Unohti lähteen sarakkeet"),
}

register("column_role", ROLE_WORDS, lambda: set(ROLES))
register("file_shape", SHAPE_WORDS, lambda: set(SHAPES))
register("rejection", REJECTIONS, lambda: set(REJECTION_CODES))
register("import_note", NOTES, lambda: set(NOTE_CODES))
register("mended", MENDED, lambda: set(telling.MENDED))
register("error", ERRORS)
register("audit", AUDIT)
