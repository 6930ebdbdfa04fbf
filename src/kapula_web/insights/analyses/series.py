"""Which operational series there are, and what people call them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kapula.tables import fetch
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.joining import LEAST, panel, with_series
from kapula_web.insights.analyses.operational import PREFIX, Series
from kapula_web.insights.models import ModelMeasure

__all__ = ["LEAST", "PREFIX", "WEEKLY", "Series", "names", "panel", "series", "with_series"]


WEEKLY: Final = ("day", "week")
"""Grains that fit into a week."""


def series(data: Data, *, unit: str | None = None, grains: Sequence[str] = WEEKLY) -> list[Series]:
    """The series of these grains, those with the most values first; ``unit``: those of that unit, and of the whole organisation."""
    rows = data.once("series", lambda: data.desk.remember(("held", "series"), lambda: _counted(data)))
    found = [_series(data, row) for row in rows]
    fitting = [one for one in found if one.grain in grains and (unit is None or one.unit in (unit, ""))]
    return sorted(fitting, key=lambda one: (-one.units, -one.n, one.code))


def _counted(data: Data) -> list[dict[str, Any]]:
    table = data.desk.snapshot.table("observations")
    counted = table.group_by("measure", "grain").aggregate(
        n=lambda t: t.count(),
        teams=lambda t: t.team.nunique(),
        touchpoints=lambda t: t.touchpoint.nunique(),
        first=lambda t: t.period.min(),
        last=lambda t: t.period.max(),
    )
    found: list[dict[str, Any]] = fetch(counted.order_by("measure", "grain")).to_pylist()
    return found


def _series(data: Data, row: dict[str, Any]) -> Series:
    unit = "team" if row["teams"] else "touchpoint" if row["touchpoints"] else ""
    units = row["teams"] or row["touchpoints"] or 1
    label, suffix = data.once("series names", lambda: names(data)).get(row["measure"], ("", ""))
    return Series(
        row["measure"], label or _readable(row["measure"]), unit, int(units), row["grain"], int(row["n"]),
        row["first"], row["last"], suffix,
    )  # fmt: skip


def names(data: Data) -> dict[str, tuple[str, str]]:
    """Series → what people call it, and what follows its numbers: the organisation's own name, else that of its measure in the model."""
    found = {}
    for one in ModelMeasure.objects.filter(organisation=data.organisation, archived_at=None).exclude(series=""):
        found[one.series] = (str(one), one.unit_label)
    for code, own in data.names.values.get("series", {}).items():
        found[code] = (own, found.get(code, ("", ""))[1])
    return found


def _readable(code: str) -> str:
    text = code.replace("_", " ")
    return text[:1].upper() + text[1:]
