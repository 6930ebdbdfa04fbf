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
    "not_finite": _(
        "Sarakkeessa {column} on {count} ääretöntä lukua. Jätä ne tyhjiksi tai korjaa se, mistä ne syntyivät."
    ),
    "measure": _("Mittaria ei voi laskea näin. Tarkista sen sarakkeet ja asteikko."),
    "unknown_measure": _("Mittaria {measure} ei ole. Tarkoititko mittaria {suggestion}?"),
    "off_scale": _(
        "Sarakkeessa {column} on {count} vastausta asteikon {scale} ulkopuolella: {values}. Merkitse ne puuttuviksi tai korjaa asteikko."
    ),
}

register("error", GENERAL, lambda: set(all_error_codes()))
