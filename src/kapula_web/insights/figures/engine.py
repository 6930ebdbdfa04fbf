"""Asking the library: each question once for each version of the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kapula.measures.engine.run import measure
from kapula.results import MeasureResult
from kapula.tables import fetch
from kapula_web.insights.figures.cache import ANSWERS
from kapula_web.insights.figures.recipe import Filters, Recipe
from kapula_web.insights.figures.stretches import Stretch
from kapula_web.insights.figures.tables import dimensions
from kapula_web.ledger.selectors import Snapshot


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day there are answers for, and how many answers there are."""

    first: date | None
    last: date | None
    n: int


@dataclass(frozen=True, slots=True)
class Desk:
    """One organisation's data at one moment, ready for questions. ``minimum_n``: figures of fewer answers are withheld."""

    snapshot: Snapshot
    minimum_n: int

    def table(self, recipe: Recipe) -> Any:
        return self.snapshot.table(recipe.table)

    def dimensions(self, recipe: Recipe) -> tuple[str, ...]:
        return dimensions(recipe.kind, self.table(recipe))

    def span(self, recipe: Recipe) -> Span:
        """When the measure has been answered."""
        return self.remember(("span", recipe), lambda: self._span(recipe))

    def values(self, recipe: Recipe, dimension: str) -> tuple[str, ...]:
        """The values a dimension has among the measure's answers, most common first; at most 200."""
        return self.remember(("values", recipe, dimension), lambda: self._values(recipe, dimension))

    def figures(
        self, recipe: Recipe, *, by: str = "", period: str = "", stretch: Stretch | None = None, filters: Filters = ()
    ) -> MeasureResult:
        """``kapula.measure`` over the stretch, for everyone or by a dimension and by period."""
        key = ("figures", recipe, by, period, stretch, filters, self.minimum_n)
        return self.remember(key, lambda: measure(**self.question(recipe, by, period, stretch, filters)))

    def question(
        self, recipe: Recipe, by: str = "", period: str = "", stretch: Stretch | None = None, filters: Filters = ()
    ) -> dict[str, Any]:
        """The keywords of ``kapula.measure``."""
        kind = recipe.kind
        return {
            "table": self.rows(recipe, stretch, filters),
            "measure": recipe.declared,
            "by": by or None,
            "time": kind.time if period else None,
            "period": period or None,
            "weight": recipe.weight or None,
            "cluster": recipe.cluster or None,
            "columns": list(recipe.columns),
            "off_scale": "set_aside",
            "minimum_n": self.minimum_n if kind.people else 0,
            "clip": True,
            **dict(recipe.options),
        }

    def rows(self, recipe: Recipe, stretch: Stretch | None = None, filters: Filters = ()) -> Any:
        """The rows a figure is computed from, as an Ibis table."""
        table = self.table(recipe)
        for name, wanted in (*recipe.filters, *filters):
            column = table[name]
            table = table.filter(column.notnull() & (column != "") if "*" in wanted else column.isin(list(wanted)))
        if stretch is not None:
            table = table.filter(table[recipe.kind.time].between(stretch.start, stretch.end))
        return table

    def remember(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        return ANSWERS.get((self.snapshot.version, *key), compute)

    def _span(self, recipe: Recipe) -> Span:
        table, time = self.rows(recipe), recipe.kind.time
        answered = table.filter(*(table[name].notnull() for name in recipe.columns if name in table.columns))
        found = fetch(answered.aggregate(first=answered[time].min(), last=answered[time].max(), n=answered.count()))
        row = found.to_pylist()[0]
        return Span(row["first"], row["last"], int(row["n"]))

    def _values(self, recipe: Recipe, dimension: str) -> tuple[str, ...]:
        table = self.rows(recipe)
        counted = table.filter(table[dimension].notnull()).group_by(dimension).aggregate(n=lambda t: t.count())
        top = counted.order_by(counted["n"].desc(), counted[dimension]).limit(200)
        return tuple(str(value) for value in fetch(top)[dimension].to_pylist() if str(value))
