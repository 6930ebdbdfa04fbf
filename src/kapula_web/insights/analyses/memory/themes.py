"""What is spoken of afterwards, beside what was spoken of at the moments."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.kit import figures

Found = Mapping[str, Any]
Name = Callable[[str], str]


def spoken(themes: Sequence[Found], name: Name) -> str:
    """What surely grows and fades in memory."""
    sure = sorted((one for one in themes if one["sure"]), key=lambda one: -abs(one["value"]))
    grown, faded = (
        [name(one["theme"]) for one in sure if one["value"] > 0],
        [name(one["theme"]) for one in sure if one["value"] < 0],
    )
    lines = []
    if grown:
        lines.append(gettext("Myöhemmin puhutaan enemmän: %(names)s.") % {"names": words.joined(grown)})
    if faded:
        lines.append(gettext("Myöhemmin puhutaan vähemmän: %(names)s.") % {"names": words.joined(faded)})
    return " ".join(lines) or gettext("Myöhemmin puhutaan suunnilleen samoista asioista kuin hetkissä.")


def counted(themes: Sequence[Found]) -> str:
    """How many themes are surely spoken of more or less than at the moments, for the answer; empty when none is."""
    sure = sum(bool(one["sure"]) for one in themes)
    text = ngettext(
        "Yhdestä teemasta puhutaan myöhemmin varmasti enemmän tai vähemmän kuin hetkissä.",
        "%(n)s teemasta puhutaan myöhemmin varmasti enemmän tai vähemmän kuin hetkissä.",
        sure,
    )
    return text % {"n": figures.number(sure, 0)} if sure else ""


def themes_table(themes: Sequence[Found], name: Name) -> Table:
    ordered = sorted(themes, key=lambda one: -one["later"])
    digits = words.decimals((100 * one["low"], 100 * one["high"]) for one in themes)
    return Table(
        gettext("Teemojen osuudet kommenteista hetkissä ja myöhemmin"),
        [
            (gettext("Teema"), ""), (gettext("Hetkissä"), "r"), (gettext("Myöhemmin"), "r"), (gettext("Ero, %-yks."), "r"),
            (gettext("95 %:n väli"), "r"), (gettext("Varmasti?"), ""),
        ],
        [
            (
                name(one["theme"]), figures.percent(one["at_moment"], digits), figures.percent(one["later"], digits),
                words.signed(100 * one["value"], digits), figures.interval(100 * one["low"], 100 * one["high"], "raw", digits),
                gettext("kyllä") if one["sure"] else gettext("ei varmasti"),
            )
            for one in ordered
        ],
        [
            (one["theme"], one["at_moment"], one["later"], one["value"], f"{one['low']}…{one['high']}", one["sure"])
            for one in ordered
        ],
    )  # fmt: skip
