"""The table of roles or stages."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses.contract import Table
from kapula_web.kit import figures


def beside(levels: Sequence[Mapping[str, Any]], heard: int) -> str:
    """Why the means of a table differ from the answer's, and its counts from the firms heard. ``heard``: how many firms were."""
    told = [
        gettext(
            "Tässä jokainen yhteyshenkilö on yhtä painava, joten monen vastaajan yritys painaa enemmän kuin sivun alun keskiarvossa, "
            "jossa jokainen yritys on yksi."
        )
    ]
    rows = sum(one["n_accounts"] for one in levels)
    if rows > heard:
        words = {"rows": figures.number(rows, 0), "heard": figures.number(heard, 0)}
        told.append(
            gettext(
                "Sama yritys on mukana usealla rivillä, jos sen yhteyshenkilöt ovat eri riveillä: siksi rivien yrityksiä on yhteensä "
                "%(rows)s, vaikka kuultuja yrityksiä on %(heard)s."
            )
            % words
        )
    return " ".join(told)


def levels_table(caption: str, levels: Sequence[Mapping[str, Any]], name: Callable[[Any], str]) -> Table:
    """Means of roles or stages."""
    head = [
        (caption, ""),
        (gettext("Keskiarvo"), "r"),
        (gettext("Väli 95 %"), "r"),
        (gettext("Yhteyshenkilöitä"), "r"),
        (gettext("Yrityksiä"), "r"),
    ]
    rows = [
        [
            name(one["name"]) if one["name"] is not None else gettext("(ei tietoa)"),
            figures.number(one["value"], 2),
            figures.interval(one["low"], one["high"], "scale"),
            figures.number(one["n_contacts"], 0),
            figures.number(one["n_accounts"], 0),
        ]
        for one in levels
    ]
    raw = [
        [one["name"], one["value"], f"{one['low']}…{one['high']}", one["n_contacts"], one["n_accounts"]]
        for one in levels
    ]
    return Table(caption, head, rows, raw)
