"""Words for the library's codes on this page."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula_web.kit.codes import Text

QUADRANTS: Final[dict[str, Text]] = {
    "improve": _("katso näitä ensin"),
    "keep": _("pidä näistä kiinni"),
    "low_priority": _("näillä ei ole kiirettä"),
    "beyond_need": _("näissä riittää tämä taso"),
}
"""Where a driver stands on the importance–performance map."""

KINDS: Final[dict[str, Text]] = {
    "basic": _("perusasia"),
    "performance": _("tasainen"),
    "excitement": _("ilahduttaja"),
}
"""Whether a poor or a good experience shows more in the score."""

METHODS: Final[dict[str, Text]] = {
    "lmg": _("keskimääräinen lisä selitysosuuteen kaikissa järjestyksissä (LMG)"),
    "johnson": _("Johnsonin suhteelliset painot (tekijöitä on yli 20)"),
    "shapley_logit": _("keskimääräinen lisä McFaddenin selitysosuuteen kaikissa järjestyksissä"),
    "penalty_reward": _("matalat ja korkeat arvosanat omina muuttujinaan, LMG-osuudet (penalty–reward)"),
}
