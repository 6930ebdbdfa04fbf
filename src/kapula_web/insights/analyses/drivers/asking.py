"""What is asked of the library: the drivers with their scales and series, and the same as a command."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields, series, themes
from kapula_web.insights.analyses.contract import Asked, Chosen, Data
from kapula_web.insights.analyses.drivers import columns as known


def asked(data: Data, chosen: Chosen) -> Asked:
    source, outcome = str(chosen["source"]), str(chosen["outcome"])
    names = [name for name in chosen["drivers"] if name != outcome]
    where = {"segment": [str(chosen["segment"])]} if chosen.get("segment") else None
    start, end = fields.between(data, chosen["stretch"]) or (None, None)
    possible = known.columns(data, source)
    mine = [possible[name] for name in [*names, outcome] if name in possible]
    scales = {one.code: one.scale for one in mine[:-1] if one.scale is not None}
    table = known.joined(data, held.rows(data, source=source, start=start, end=end, where=where), names)
    weight = "weight" if known.has_weights(data, source) else None
    keywords: dict[str, Any] = {
        "outcome": outcome,
        "drivers": names,
        "method": _method(chosen, names),
        "cluster": "customer",
    }
    keywords |= {"weight": weight, "scale": scales or None}
    words = [
        "drivers",
        held.address(data, "responses", start, end),
        "--outcome",
        outcome,
        "--drivers",
        ",".join(names),
    ]
    words += ["--cluster", "customer", *(["--weight", weight] if weight else [])]
    words += [word for name, (low, high) in scales.items() for word in ("--scale-of", f"{name}={low:g}:{high:g}")]
    words += ["--method", chosen["method"], *held.filters(source=source, where=where)]
    told = _told(names)
    table = known.on_scale(table, mine)
    return Asked(table, keywords, () if told else tuple(words), told)


def _told(names: list[str]) -> str:
    """What has been put beside the answers; empty when nothing has."""
    told = []
    if any(name.startswith(series.PREFIX) for name in names):
        told.append(
            gettext("Vastauksiin on liitetty toiminnan luvut samalta viikolta, tiimin tai kohtaamispisteen mukaan.")
        )
    if any(name.startswith(themes.PREFIX) for name in names):
        told.append(
            gettext(
                "Teema on 1, jos vastaajan kommentti puhuu siitä, ja 0, jos ei. Mukana ovat siksi vain vastaukset, joissa on "
                "luettu kommentti."
            )
        )
    return " ".join(told)


def _method(chosen: Chosen, names: list[str]) -> str | None:
    """Every order while it can be computed; the library takes relative weights beyond."""
    return "penalty_reward" if chosen["method"] == "penalty_reward" else "lmg" if len(names) <= 20 else None
