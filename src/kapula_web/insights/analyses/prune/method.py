"""How the answer was made, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.kit import figures

Found = Mapping[str, Any]


def method(found: Found, labels: Mapping[str, str], leading: Sequence[str]) -> list[tuple[str, str]]:
    used = found["method"]
    lines = [
        (
            gettext("Ennuste"),
            gettext("Lineaarinen malli: %(outcome)s kysymyksistä. Mukana vain vastaukset, joissa on vastattu kaikkiin.")
            % {"outcome": labels.get(found["outcome"], found["outcome"])},
        ),
        (
            gettext("Karsinta"),
            gettext(
                "Joka askeleella pois se kysymys, jota ilman ennuste heikkenee vähiten (taaksepäin askeltava valinta)."
            ),
        ),
        (
            gettext("Mitä se maksaa"),
            gettext(
                "Selitysasteen lasku vastauksissa, joita valinta ei ole nähnyt: sisäkkäinen ristiinvalidointi, %(folds)s osaa ja "
                "%(repeats)s toistoa; saman asiakkaan vastaukset pysyvät samassa osassa."
            )
            % {"folds": used["folds"], "repeats": used["repeats"]},
        ),
        (
            gettext("Raja"),
            gettext(
                "Lasku enintään %(loss)s prosenttiyksikköä välin ylärajalla, ja jäljelle jäävien järjestys pysyy "
                "(Spearman vähintään %(rank)s)."
            )
            % {"loss": figures.number(100 * used["max_loss"], 1), "rank": figures.number(used["min_agreement"], 1)},
        ),
    ]
    if used["weight"]:
        lines.append((gettext("Painot"), gettext("Vastaukset on painotettu aineiston painokertoimilla.")))
    return lines
