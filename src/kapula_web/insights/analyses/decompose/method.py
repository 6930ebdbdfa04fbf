"""How it was computed, line by line."""

from __future__ import annotations

from django.utils.translation import gettext

from kapula_web.insights.analyses.decompose.sizes import Found, signed
from kapula_web.kit import figures


def method(found: Found) -> list[tuple[str, str]]:
    settings = found["method"]
    stretch = found["stretch"]
    return [
        (
            gettext("Jako"),
            gettext(
                "muutos = joukon muutos + ryhmien sisäinen muutos, jaksojen keskimääräisin osuuksin (Kitagawa 1955)"
            ),
        ),
        (gettext("Mittari"), found["measure"]),
        (
            gettext("Väli"),
            gettext("bootstrap, %(n)s otosta, otetaan asiakas kerrallaan")
            % {"n": figures.number(settings["n_boot"], 0)},
        ),
        (
            gettext("Ennallaan"),
            gettext("muutos on varmasti alle %(margin)s (kaksi yksisuuntaista testiä)")
            % {"margin": figures.amount(found["margin"], found["unit"])},
        ),
        *([(gettext("Painot"), gettext("vastausten omat painot"))] if settings["weight"] else []),
        *([(gettext("Vuodessa"), _slopes(found))] if stretch else []),
    ]


def _slopes(found: Found) -> str:
    one, unit = found["stretch"], found["unit"]
    return gettext("kaikkiaan %(total)s, ryhmien sisällä %(within)s, joukon muutos %(mix)s") % {
        "total": signed(one["slope_per_year"], unit),
        "within": signed(one["within_per_year"], unit),
        "mix": signed(one["mix_per_year"], unit),
    }
