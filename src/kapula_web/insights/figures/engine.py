"""Asking the library: each question once for each version of the data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, TypeVar

import ibis

import kapula
from kapula.analyses.contrasts import contrasts
from kapula.results import ComparisonResult, Difference, MeasureResult
from kapula.schema import require
from kapula.tables import fetch
from kapula.trends.periods import label_of, period_end
from kapula.trends.results import TrendResult
from kapula_web.insights.figures.cache import ANSWERS
from kapula_web.insights.figures.recipe import Filters, Recipe
from kapula_web.insights.figures.stretches import Stretch
from kapula_web.insights.figures.tables import dimensions
from kapula_web.ledger.selectors import Snapshot

T = TypeVar("T")
SIDE: Final = "kapula_stretch"
WORDING: Final = "kapula_wording"


@dataclass(frozen=True, slots=True)
class Span:
    """The first and last day there are answers for, how many there are, and the dimensions in which they differ."""

    first: date | None
    last: date | None
    n: int
    dimensions: tuple[str, ...] = ()


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
        return self.remember(key, lambda: kapula.measure(**self.question(recipe, by, period, stretch, filters)))

    def trend(
        self, recipe: Recipe, *, period: str, stretch: Stretch, as_of: date, filters: Filters = ()
    ) -> TrendResult:
        """``kapula.trend`` of everyone. ``as_of``: the day on which a period counts as ended."""
        key = self._trend_key(recipe, period, stretch, as_of, filters)
        return self.remember(key, lambda: self._trend(recipe, period, stretch, as_of, filters))

    def knows_trend(self, recipe: Recipe, *, period: str, stretch: Stretch, as_of: date, filters: Filters = ()) -> bool:
        """Whether the same question has been asked of the same data."""
        return ANSWERS.has((self.snapshot.version, *self._trend_key(recipe, period, stretch, as_of, filters)))

    def _trend_key(self, *asked: Any) -> tuple[Any, ...]:
        return ("trend", *asked, self.minimum_n)

    def difference(self, recipe: Recipe, first: Stretch, second: Stretch, filters: Filters = ()) -> Difference:
        """The second stretch minus the first, with the interval of the difference."""
        key = ("difference", recipe, first, second, filters, self.minimum_n)
        found: Difference = self.remember(key, lambda: kapula.compare(**self._sides(recipe, first, second, filters)))
        return found

    def differences(
        self, recipe: Recipe, by: str, first: Stretch, second: Stretch, filters: Filters = ()
    ) -> ComparisonResult:
        """The same within each group of a dimension, corrected over the groups."""
        key = ("differences", recipe, by, first, second, filters, self.minimum_n)
        return self.remember(key, lambda: kapula.compare(**self._sides(recipe, first, second, filters), by=by))

    def contrasts(self, recipe: Recipe, by: str, stretch: Stretch) -> ComparisonResult:
        """Each group of a dimension against all the others."""
        asked = self.question(recipe, by, stretch=stretch)
        for unused in ("time", "period", "clip"):
            asked.pop(unused)
        return self.remember(("contrasts", recipe, by, stretch, self.minimum_n), lambda: contrasts(**asked))

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
        require(table.columns, [*recipe.columns, *(name for name, _ in (*recipe.filters, *filters))])
        for name, wanted in (*recipe.filters, *filters):
            column = table[name]
            table = table.filter(column.notnull() & (column != "") if "*" in wanted else column.isin(list(wanted)))
        if stretch is not None:
            table = table.filter(table[recipe.kind.time].between(stretch.start, stretch.end))
        return table

    def remember(self, key: tuple[Any, ...], compute: Callable[[], T]) -> T:
        found: T = ANSWERS.get((self.snapshot.version, *key), compute)
        return found

    def _trend(self, recipe: Recipe, period: str, stretch: Stretch, as_of: date, filters: Filters) -> TrendResult:
        asked = self.question(recipe, "", period, stretch, filters)
        for unused in ("by", "clip"):
            asked.pop(unused)
        if recipe.versions:
            asked["table"] = asked["table"].mutate(**{WORDING: _wording(asked["table"], recipe)})
            asked["wording"] = WORDING
        for mix in ("channel", "language"):
            if mix in self.dimensions(recipe):
                asked[mix] = mix
        return kapula.trend(**asked, as_of=as_of)

    def _sides(self, recipe: Recipe, first: Stretch, second: Stretch, filters: Filters) -> dict[str, Any]:
        asked = self.question(recipe, filters=filters)
        for unused in ("by", "time", "period", "clip"):
            asked.pop(unused)
        day = asked["table"][recipe.kind.time]
        side = ibis.cases(
            (day.between(second.start, second.end), "second"), (day.between(first.start, first.end), "first")
        )
        asked["table"] = asked["table"].mutate(**{SIDE: side})
        return asked | {"between": ("first", "second"), "on": SIDE}

    def _span(self, recipe: Recipe) -> Span:
        table, time = self.rows(recipe), recipe.kind.time
        answered = table.filter(*(table[name].notnull() for name in recipe.columns))
        ends = {
            f"{end}{place}": getattr(answered[name], end)()
            for place, name in enumerate(self.dimensions(recipe))
            for end in ("min", "max")
        }
        wanted = {"first": answered[time].min(), "last": answered[time].max(), "n": answered.count(), **ends}
        if "grain" in answered.columns:
            wanted["grain"] = answered["grain"].max()
        row = fetch(answered.aggregate(**wanted)).to_pylist()[0]
        if row.get("grain") and row["last"]:  # a period's row stands on its first day
            row["last"] = period_end(label_of(row["last"], row["grain"]), row["grain"])
        several = [
            name for place, name in enumerate(self.dimensions(recipe)) if row[f"min{place}"] != row[f"max{place}"]
        ]
        return Span(row["first"], row["last"], int(row["n"]), tuple(several))

    def _values(self, recipe: Recipe, dimension: str) -> tuple[str, ...]:
        table = self.rows(recipe)
        counted = table.filter(table[dimension].notnull()).group_by(dimension).aggregate(n=lambda t: t.count())
        top = counted.order_by(counted["n"].desc(), counted[dimension]).limit(200)
        return tuple(str(value) for value in fetch(top)[dimension].to_pylist() if str(value))


def _wording(table: Any, recipe: Recipe) -> Any:
    """Which wording a row's question had: the number of the version in force on its day."""
    day = table[recipe.kind.time]
    cases = [(day >= since, str(number)) for number, since in reversed(list(enumerate(recipe.versions, start=1)))]
    return ibis.cases(*cases, else_="0")
