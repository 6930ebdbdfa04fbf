"""The page's tables: the drivers by share, and their asymmetry."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.drivers.wordings import KINDS
from kapula_web.kit import figures


def shares_table(drivers: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> Table:
    head = [
        (gettext("Mikä"), ""),
        (gettext("Osuus selitetystä"), "r"),
        (gettext("Väli 95 %"), "r"),
        (gettext("Yksinään selittää"), "r"),
        (gettext("Lisää muihin"), "r"),
        (gettext("Yhteys"), "r"),
        (gettext("Sija"), "r"),
        (gettext("Menee nyt (0–100)"), "r"),
    ]
    rows, raw = [], []
    for one in drivers:
        order, performance = one["order"], one["performance"] or {}
        rows.append(
            [
                labels[one["name"]],
                figures.percent(one["part"]),
                figures.interval(one["part_low"], one["part_high"], "share"),
                figures.percent(one["first"]),
                figures.percent(one["last"], 1),
                _direction(one["correlation"]),
                _rank(order),
                figures.number(performance.get("value"), 0),
            ]
        )
        raw.append(
            [
                labels[one["name"]], one["part"], f"{one['part_low']}–{one['part_high']}", one["first"], one["last"],
                one["correlation"], order["rank"], performance.get("value"),
            ]
        )  # fmt: skip
    return Table(gettext("Osuudet selitetystä vaihtelusta"), head, rows, raw)


def _direction(correlation: float | None) -> str:
    """The correlation, with its sign: which way the two go together."""
    return figures.NO_VALUE if correlation is None else words.signed(correlation, 2)


def _rank(order: Mapping[str, Any]) -> str:
    """ "1", or "2 (1–3)" when it is not sure."""
    low, high = order["low"], order["high"]
    return str(order["rank"]) if low is None or low == high else f"{order['rank']} ({low}–{high})"


def asymmetry_table(found: Mapping[str, Any], labels: Mapping[str, str]) -> Table:
    """In the order of the shares."""
    head = [
        (gettext("Mikä"), ""),
        (gettext("Kun huono"), "r"),
        (gettext("Kun hyvä"), "r"),
        (gettext("Yhteensä"), "r"),
        (gettext("Laji"), ""),
    ]
    rows, raw = [], []
    places = {rank["name"]: rank["rank"] for rank in found["ranks"]}
    for one in sorted(found["asymmetry"]["drivers"], key=lambda driver: places[driver["name"]]):
        kind = str(KINDS[one["kind"]]) if one["kind"] else gettext("ei varma")
        low, high = figures.number(one["low"]), figures.number(one["high"])
        penalty, reward = _signed(one["penalty"]), _signed(one["reward"])
        rows.append(
            [labels[one["name"]], f"≤ {low}: {penalty}", f"≥ {high}: {reward}", _signed(one["asymmetry"]), kind]
        )
        values = [one[name]["value"] for name in ("penalty", "reward", "asymmetry")]
        raw.append([labels[one["name"]], *values, one["kind"] or ""])
    return Table(gettext("Huono ja hyvä kokemus"), head, rows, raw)


def _signed(figure: Mapping[str, float]) -> str:
    """ "−1,2 (−1,4…−1,0)"."""
    return words.with_interval(words.signed(figure["value"], 1), figure["low"], figure["high"], "raw", 1)
