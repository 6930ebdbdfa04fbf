"""The page's picture, tables and passages."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.charts.losses import ROW_HEIGHT, Step, losses
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Picture, Table
from kapula_web.kit import figures
from kapula_web.kit.codes import Text

Found = Mapping[str, Any]
BEYOND: Final = 3
"""Steps drawn past the recommended cut: the later ones cost so much that the first could not be read."""

INDICES: Final[dict[str, Text]] = {
    "longstring": _("sama vastaus monta kertaa peräkkäin"),
    "irv": _("vastaukset vaihtelevat hyvin vähän"),
    "speed": _("vastattu hyvin nopeasti"),
    "mahalanobis": _("vastaukset poikkeavat kaikista muista"),
}


def _turn(one: Found) -> tuple[bool, int]:
    return (one["order"] is None and not one["drop"], one["order"] or 0)


def path_picture(found: Found, labels: Mapping[str, str], about: str) -> Picture | None:
    """The loss as questions go one by one."""
    path = sorted((one for one in found["questions"] if one["order"]), key=_turn)
    cut = sum(one["drop"] for one in path)
    drawn = path[: max(cut + BEYOND, BEYOND + 1)]
    if not drawn:
        return None
    steps = [
        Step(
            f"{one['order']}. {labels.get(one['name'], one['name'])}",
            100 * one["loss"],
            100 * one["low"],
            100 * one["high"],
            one["drop"],
        )
        for one in drawn
    ]
    told = {
        "group": gettext("pois jätetty"), "value": gettext("laskee"), "low": gettext("vähintään"), "high": gettext("enintään"),
        "unit": "", "allowed": gettext("sallittu"),
    }  # fmt: skip
    allowed = 100 * found["method"]["max_loss"]

    def spec(width: int = 720, height: int = 0, scheme: str = "css") -> dict[str, Any]:
        return losses(steps, labels=told, allowed=allowed, width=width, scheme=scheme)

    title = gettext("Mitä kukin askel maksaa")
    if cut == 1:
        title = gettext("Ensimmäisen voi jättää pois niin, että lasku pysyy sallitussa")
    elif cut:
        title = gettext("%(n)s ensimmäistä voi jättää pois niin, että lasku pysyy sallitussa") % {"n": cut}
    summary = " ".join(_said(one, labels) for one in drawn)
    subtitle = words.evidence(
        gettext("Selitysasteen lasku, prosenttiyksikköä, kun kysymykset jätetään pois järjestyksessä"), about
    )
    tall = len(drawn) * ROW_HEIGHT + 60
    return Picture("losses", title, subtitle, summary, spec, wide=(1040, tall), narrow=(360, tall))


def _said(one: Found, labels: Mapping[str, str]) -> str:
    told = {"name": labels.get(one["name"], one["name"]), "between": _between(one)}
    if one["loss"] < 0.0005:
        return gettext("%(name)s: ei laske (%(between)s).") % told
    told["loss"] = figures.number(100 * one["loss"], 1)
    return gettext("%(name)s: laskee %(loss)s prosenttiyksikköä (%(between)s).") % told


def _between(one: Found) -> str:
    return figures.interval(100 * one["low"], 100 * one["high"], "raw", 1)


def questions_table(found: Found, labels: Mapping[str, str]) -> Table:
    head = [
        (gettext("Kysymys"), ""), (gettext("Ehdotus"), ""), (gettext("Miksi"), ""), (gettext("Selitysaste laskee, %-yks."), "r"),
        (gettext("95 %:n väli"), "r"), (gettext("Järjestys pysyy"), "r"), (gettext("Alfa ilman"), "r"),
    ]  # fmt: skip
    rows, raw, gone = [], [], set[str]()
    for one in sorted(found["questions"], key=_turn):
        known = one["loss"] is not None
        why = reason(one, labels, gone)
        gone |= {one["name"]} if one["drop"] else set()
        rows.append(
            (
                labels.get(one["name"], one["name"]),
                gettext("voi jättää pois") if one["drop"] else gettext("pidä"),
                why,
                figures.number(100 * one["loss"], 1) if known else figures.NO_VALUE,
                _between(one) if known else figures.NO_VALUE,
                figures.number(one["rank_agreement"], 2),
                figures.number(one["alpha_if_dropped"], 2),
            )
        )
        bounds = f"{one['low']}…{one['high']}" if known else ""
        alone = (one["rank_agreement"], one["alpha_if_dropped"])
        raw.append((one["name"], one["drop"], why, one["loss"], bounds, *alone))
    return Table(gettext("Kysymykset siinä järjestyksessä, jossa ne kannattaa jättää pois"), head, rows, raw)


def reason(one: Found, labels: Mapping[str, str], gone: Collection[str] = ()) -> str:
    """Why a question goes or stays, in a few words. ``gone``: those that went before it."""
    if "zero_variance" in one["warnings"]:
        return gettext("kaikki vastaavat samoin")
    if "collinear_question" in one["warnings"]:
        return gettext("sen voi laskea muista täsmälleen")
    if one["twin_of"] and one["twin_of"] not in gone:
        return gettext("kysyy samaa kuin %(other)s") % {
            "other": words.within(labels.get(one["twin_of"], one["twin_of"]))
        }
    if one["drop"]:
        return gettext("ei lisää ennusteeseen mitään varmaa")
    return gettext("pidetään aina") if one["always"] else gettext("ennuste heikkenee ilman sitä")


def reliability_words(found: Found, labels: Mapping[str, str]) -> str:
    """Twins and Cronbach's alpha in plain words."""
    told = [
        gettext("%(first)s ja %(second)s kysyvät samaa: korrelaatio on %(r)s.")
        % {
            "first": labels.get(pair["first"], pair["first"]),
            "second": words.within(labels.get(pair["second"], pair["second"])),
            "r": words.number(pair["correlation"], pair["low"], pair["high"], 2),
        }
        for pair in found["twins"]
    ]
    alpha = found["alpha"]
    if alpha:
        told.append(
            gettext("Kysymysten yhtenäisyys (Cronbachin alfa) on %(alpha)s.")
            % {"alpha": words.number(alpha["value"], alpha["low"], alpha["high"], 2)}
        )
        if alpha["reversed"]:
            names = words.joined([words.within(labels.get(name, name)) for name in alpha["reversed"]])
            told.append(
                gettext("Toisin päin kysytyt on käännetty ensin: %(names)s. Ilman kääntöä alfa olisi %(raw)s.")
                % {"names": names, "raw": figures.number(alpha["as_asked"], 2)}
            )
    return " ".join(told)


def careless_part(found: Found, labels: Mapping[str, str]) -> Part:
    """The same with and without careless answers."""
    seen = found["careless"]
    told = gettext("Huolimattomasti vastanneilta näyttää %(share)s (%(n)s vastausta): ainakin %(agree)s merkkiä osuu yhtä aikaa.") % {
        "share": figures.percent(seen["share"], 1), "n": figures.number(seen["flagged"], 0), "agree": seen["agree"],
    }  # fmt: skip
    signs = words.joined([f"{INDICES[one['name']]} ({figures.percent(one['share'], 1)})" for one in seen["indices"]])
    told = f"{told} {gettext('Merkit')}: {signs}."
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
        f"{figures.number(100 * cut['loss'], 1)} ({_between(cut)})",
        figures.number(cut["alpha"], 2),
    )
