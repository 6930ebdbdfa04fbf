"""The table of the groups: what each had, how it changed, and its part."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext

from kapula_web.insights.analyses.contract import Table
from kapula_web.insights.analyses.decompose.sizes import Found, digits_of, level, signed
from kapula_web.kit import figures

Name = Callable[[Found], str]


def segments_table(found: Found, dimension: str, segment: Name) -> Table:
    unit = found["unit"]
    head = [
        (dimension, ""), (gettext("Osuus vastaajista"), "r"), (gettext("Arvo"), "r"), (gettext("Oma muutos"), "r"),
        (gettext("Ryhmän sisällä"), "r"), (gettext("Joukon muutos"), "r"), (gettext("n"), "r"),
    ]  # fmt: skip
    rows = [
        (
            segment(one),
            f"{figures.percent(one['share_first'])} → {figures.percent(one['share_second'])}",
            f"{level(one['value_first'], unit)} → {level(one['value_second'], unit)}",
            _with_range(one["change"], one["change_low"], one["change_high"], unit),
            signed(one["within"], unit),
            signed(one["mix"], unit),
            f"{figures.number(one['n_first'], 0)} → {figures.number(one['n_second'], 0)}",
        )
        for one in found["segments"]
    ]
    total = (
        gettext("Yhteensä"), "",
        f"{level(found['value_first'], unit)} → {level(found['value_second'], unit)}",
        _with_range(found["total"], found["total_low"], found["total_high"], unit),
        signed(found["within"], unit), signed(found["mix"], unit),
        f"{figures.number(found['n_first'], 0)} → {figures.number(found['n_second'], 0)}",
    )  # fmt: skip
    keys = ("share_first", "value_first", "change", "within", "mix", "n_first")
    raw = [(segment(one), *(one[key] for key in keys)) for one in found["segments"]]
    raw.append(
        (
            total[0],
            None,
            found["value_first"],
            found["total"],
            found["within"],
            found["mix"],
            found["n_first"],
        )
    )
    return Table(gettext("Muutos ryhmittäin"), head, [*rows, total], raw)


def _with_range(value: float | None, low: float | None, high: float | None, unit: str) -> str:
    """ "−4,3 (−6,1…−2,5)"."""
    if value is None or low is None or high is None:
        return signed(value, unit)
    factor = 100 if unit == "share" else 1
    return f"{signed(value, unit)} ({figures.interval(factor * low, factor * high, 'raw', digits_of(unit) or 2)})"
