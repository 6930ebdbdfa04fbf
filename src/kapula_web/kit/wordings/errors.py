"""Words for every error code: what is wrong, where, and how to mend it. Names in braces come from the error's context."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula.errors import all_error_codes
from kapula_web.kit.codes import Text, register

GENERAL: Final[dict[str, Text]] = {
    "error": _("Jokin meni vikaan. Yritä uudelleen; ellei se auta, ota yhteys ylläpitoon."),
    "parameter": _("Asetus {parameter} ei voi olla {value}. Sallittuja ovat {allowed}."),
    "table": _("Aineistoa ei voi käyttää sellaisenaan. Tarkista, että siinä on otsikot ja rivejä."),
    "unknown_column": _("Saraketta {column} ei ole. Tarkoititko saraketta {suggestion}?"),
    "column_type": _(
        "Sarakkeessa {column} on {type}, mutta siinä pitäisi olla {expected}. Korjaa sarakkeen arvot tai valitse toinen sarake."
    ),
    "measure": _("Mittaria ei voi laskea näin. Tarkista sen sarakkeet ja asteikko."),
    "unknown_measure": _("Mittaria {measure} ei ole. Tarkoititko mittaria {suggestion}?"),
    "off_scale": _(
        "Sarakkeessa {column} on {count} vastausta asteikon {scale} ulkopuolella: {values}. Merkitse ne puuttuviksi tai korjaa asteikko."
    ),
}

FILES: Final[dict[str, Text]] = {
    "source": _("Aineistoa ei voi lukea. Tarkista tiedosto tai osoite ja yritä uudelleen."),
    "unreadable": _("Tiedostoa {file} ei voi avata. Tarkista, että se on olemassa ja että siihen on lukuoikeus."),
    "empty_file": _("Tiedosto {file} on tyhjä. Tallenna se uudelleen ohjelmasta, josta se tulee."),
    "no_rows": _("Tiedostossa {file} on otsikot mutta ei yhtään riviä. Tarkista, että vienti sisälsi vastaukset."),
    "not_this_format": _(
        "Tiedosto {file} ei ole muotoa {expected}, vaan näyttää olevan {looks_like}. Valitse oikea muoto tai tallenna tiedosto uudelleen."
    ),
    "encoding": _("Tiedoston {file} merkistöä ei tunnisteta. Tallenna se UTF-8-muodossa ja yritä uudelleen."),
    "broken_file": _("Tiedosto {file} katkeaa kesken (rivi {row}). Vie se uudelleen järjestelmästä, josta se tulee."),
    "too_large_inside": _(
        "Tiedosto {file} purkautuisi {unpacked} tavuksi; raja on {limit}. Jaa aineisto pienempiin tiedostoihin."
    ),
    "protected": _("Työkirja {file} on lukittu salasanalla. Poista salasana ja yritä uudelleen."),
    "sheet_unknown": _("Työkirjassa {file} ei ole taulukkoa {sheet}. Taulukot: {sheets}."),
    "column_missing": _(
        "Tiedostossa {file} ei ole saraketta {column}, jonka lukusuunnitelma tarvitsee. Tarkoititko saraketta {suggestion}?"
    ),
    "connector_unknown": _("Tiedoston muotoa ei tunnisteta. Tunnetut muodot: {names}."),
    "plan": _("Lukusuunnitelma on ristiriitainen: tarkista sarakkeet {columns} ({role})."),
}

register("error", GENERAL, lambda: set(all_error_codes()))
register("error", FILES)
