"""The same with and without careless answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Table
from kapula_web.insights.analyses.prune.path import between
from kapula_web.kit import figures
from kapula_web.kit.codes import Text

Found = Mapping[str, Any]

INDICES: Final[dict[str, Text]] = {
    "longstring": _("sama vastaus monta kertaa peräkkäin"),
    "irv": _("vastaukset vaihtelevat hyvin vähän"),
    "speed": _("vastattu hyvin nopeasti"),
    "mahalanobis": _("vastaukset poikkeavat kaikista muista"),
}


def careless_part(found: Found, labels: Mapping[str, str]) -> Part:
    """The same with and without careless answers."""
    seen = found["careless"]
    told = ngettext(
        "Huolimattomasti vastanneelta näyttää %(share)s (%(n)s vastaus): ainakin %(agree)s merkkiä osuu yhtä aikaa.",
        "Huolimattomasti vastanneilta näyttää %(share)s (%(n)s vastausta): ainakin %(agree)s merkkiä osuu yhtä aikaa.",
        seen["flagged"],
    ) % {"share": figures.percent(seen["share"], 1), "n": figures.number(seen["flagged"], 0), "agree": seen["agree"]}
    signs = words.joined([f"{INDICES[one['name']]} ({figures.percent(one['share'], 1)})" for one in seen["indices"]])
    told = f"{told} " + gettext("Merkit: %(signs)s.") % {"signs": signs}
    cuts = [
        (gettext("Kaikki vastaukset"), found["with_all"]),
        (gettext("Ilman huolimattomia"), found["without_careless"]),
    ]
    rows = [_cut_row(name, cut, labels) for name, cut in cuts if cut]
    raw = [
        (name, cut["n"], cut["r2"]["value"], ", ".join(cut["drop"]), cut["loss"], cut["alpha"])
        for name, cut in cuts
        if cut
    ]
    head = [
        (gettext("Aineisto"), ""), (gettext("Vastauksia"), "r"), (gettext("Selitysaste"), "r"), (gettext("Voi jättää pois"), ""),
        (gettext("Selitysaste laskee, %-yks."), "r"), (gettext("Alfa"), "r"),
    ]  # fmt: skip
    table = Table(gettext("Huolimattomien vastausten kanssa ja ilman"), head, rows, raw)
    return Part(heading=gettext("Muuttavatko huolimattomat vastaukset tulosta?"), words=told, table=table)


def _cut_row(name: str, cut: Found, labels: Mapping[str, str]) -> tuple[str, ...]:
    return (
        name,
        figures.number(cut["n"], 0),
        figures.percent(cut["r2"]["value"]),
        words.joined([words.within(labels.get(one, one)) for one in cut["drop"]]) or gettext("ei mitään"),
        f"{figures.number(100 * cut['loss'], 1)} ({between(cut)})",
        figures.number(cut["alpha"], 2),
    )
