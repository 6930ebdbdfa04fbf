"""The loss as questions go one by one, in a picture."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django.utils.translation import gettext

from kapula.charts.losses import ROW_HEIGHT, Step, losses
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Picture
from kapula_web.kit import figures

Found = Mapping[str, Any]
BEYOND: Final = 3
"""Steps drawn past the recommended cut: the later ones cost so much that the first could not be read."""


def turn(one: Found) -> tuple[bool, int]:
    return (one["order"] is None and not one["drop"], one["order"] or 0)


def path_picture(found: Found, labels: Mapping[str, str], about: str) -> Picture | None:
    """The loss as questions go one by one."""
    path = sorted((one for one in found["questions"] if one["order"]), key=turn)
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
    behind = [labels.get(one["name"], one["name"]) for one in drawn]
    return Picture("losses", title, subtitle, summary, spec, wide=(1040, tall), narrow=(360, tall), behind=behind)


def _said(one: Found, labels: Mapping[str, str]) -> str:
    told = {"name": labels.get(one["name"], one["name"]), "between": between(one)}
    if one["loss"] < 0.0005:
        return gettext("%(name)s: ei laske (%(between)s).") % told
    told["loss"] = figures.number(100 * one["loss"], 1)
    return gettext("%(name)s: laskee %(loss)s prosenttiyksikköä (%(between)s).") % told


def between(one: Found) -> str:
    return figures.interval(100 * one["low"], 100 * one["high"], "raw", 1)
