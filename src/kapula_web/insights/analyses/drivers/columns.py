"""What may be a driver on the page: the other questions of the same survey, operational series of the answer's week and team or
touchpoint, and themes of what the person wrote. A driver is one column of one table, whatever it comes from: all stand in one model."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from kapula.tables import fetch
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.series import Series, series, with_series
from kapula_web.insights.analyses.themes import Theme, themes, with_themes


@dataclass(frozen=True, slots=True)
class Column:
    """A possible driver. ``low``, ``high``: its declared scale; None for an operational figure."""

    code: str
    label: str
    low: float | None = None
    high: float | None = None

    @property
    def scale(self) -> tuple[float, float] | None:
        return None if self.low is None or self.high is None else (self.low, self.high)


def columns(data: Data, source: str) -> dict[str, Column]:
    """Every possible driver by its column's name: questions first, then series, then themes."""
    asked = [Column(one.column, one.label, one.low, one.high) for one in held.questions(data, source=source)]
    spoken = [_of_theme(one) for one in themes(data, source=source)]
    return {one.code: one for one in [*asked, *(_of_series(one) for one in series(data)), *spoken]}


def _of_series(one: Series) -> Column:
    unit = {"team": gettext("tiimin viikolla"), "touchpoint": gettext("kohtaamispisteen viikolla")}.get(
        one.unit, gettext("samalla viikolla")
    )
    return Column(one.column, f"{one.label} ({unit})")


def _of_theme(one: Theme) -> Column:
    return Column(one.column, gettext("%(theme)s (kommentissa)") % {"theme": one.label})


def joined(data: Data, table: Any, names: Iterable[str]) -> Any:
    """The table with a column for each series and theme among the names."""
    wanted = set(names)
    table = with_series(data, table, [one for one in series(data) if one.column in wanted])
    return with_themes(data, table, [one for one in themes(data) if one.column in wanted])


def on_scale(table: Any, known: Iterable[Column]) -> Any:
    """Answers off their declared scale are blank, as on the measures' pages."""
    kept = {
        one.code: table[one.code].between(one.low, one.high).ifelse(table[one.code], None)
        for one in known
        if one.scale is not None and one.code in table.columns
    }
    return table.mutate(**kept) if kept else table


def has_weights(data: Data, source: str) -> bool:
    """Whether the survey's answers all have weights that differ."""
    table = held.rows(data, source=source)
    if "weight" not in table.columns:
        return False
    ask = table.aggregate(rows=table.count(), n=table.weight.count(), low=table.weight.min(), high=table.weight.max())
    row = data.desk.remember(("drivers", "weights", source), lambda: fetch(ask).to_pylist()[0])
    return bool(row["n"]) and row["n"] == row["rows"] and row["low"] != row["high"]
