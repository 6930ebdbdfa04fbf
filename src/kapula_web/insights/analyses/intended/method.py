"""How the answer was made, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

Found = Mapping[str, Any]


def method_of(found: Found) -> list[tuple[str, str]]:
    return [
        (
            gettext("Osuus"),
            gettext(
                "Tavoitteen mukaisten osuus niistä kokemuksista, joista se tiedetään. Wilsonin väli; "
                "saman asiakkaan vastaukset luetaan yhteen kuuluviksi."
            ),
        ),
        (
            gettext("Ei tiedetä"),
            gettext("Kokemus jätetään pois, jos puuttuva vastaus ratkaisisi, oliko se tavoitteen mukainen."),
        ),
        (
            gettext("Täyttyy"),
            gettext(
                "Tavoite täyttyy, kun koko väli on vähintään tavoitteessa, ja jää täyttymättä, kun koko väli on sen alla."
            ),
        ),
        (
            gettext("Vertailu"),
            gettext(
                "Ryhmän osuus miinus muiden osuus, erotuksen väli; monen vertailun korjaus "
                "(Benjamini–Hochberg) kaikkien tavoitteiden ja ryhmien yli."
            ),
        ),
    ]
