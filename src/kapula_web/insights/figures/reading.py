"""Everything a measure page reads: the measure, the view, and the figures they lead to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kapula.results import Difference, MeasureResult, Row
from kapula.trends.results import TrendResult, TrendSeries
from kapula_web.accounts.models import Organisation
from kapula_web.insights.figures.engine import Desk, Span
from kapula_web.insights.figures.recipe import Recipe
from kapula_web.insights.figures.stretches import Stretch, compared, now_and_before, shown
from kapula_web.insights.figures.view import View, usual_comparison
from kapula_web.insights.models import ModelMeasure
from kapula_web.insights.words.sentences import Shown
from kapula_web.ledger.selectors import current


@dataclass(frozen=True, slots=True)
class Reading:
    """One measure in one view. ``stretch``: the range drawn, None without data. ``today``: the day the page is opened."""

    measure: ModelMeasure
    desk: Desk
    recipe: Recipe
    view: View
    span: Span
    stretch: Stretch | None
    today: date

    @property
    def shown(self) -> Shown:
        return shown_of(self.measure, self.recipe)

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Those in which the measure's answers differ: there is nothing to divide by in the others."""
        return self.span.dimensions

    def trend(self) -> TrendResult | None:
        if self.stretch is None:
            return None
        return self.desk.trend(
            self.recipe,
            period=self.view.period,
            stretch=self.stretch,
            as_of=self.today,
            filters=self.view.filters,
        )

    def has_trend_ready(self) -> bool:
        """Whether the trend is at hand, or there is nothing to compute one from."""
        row = self.figure()
        if self.stretch is None or row is None or not row.n:
            return True
        return self.desk.knows_trend(
            self.recipe,
            period=self.view.period,
            stretch=self.stretch,
            as_of=self.today,
            filters=self.view.filters,
        )

    def series(self) -> TrendSeries | None:
        found = self.trend()
        return found.series[0] if found and found.series else None

    def now(self) -> Stretch | None:
        """The latest whole stretch with data."""
        return now_and_before(self.last, self.view.period, self.now_day)[0] if self.span.last else None

    @property
    def last(self) -> date:
        """The last day the page speaks of: of the range, or of the data."""
        assert self.span.last is not None
        return min(self.stretch.end, self.span.last) if self.stretch else self.span.last

    @property
    def now_day(self) -> date:
        """The day from which periods are looked at: today, or the end of a range that ends before the data does."""
        cut = self.stretch is not None and self.span.last is not None and self.stretch.end < self.span.last
        return self.last if cut else self.today

    def figure(self) -> Row | None:
        """The measure now."""
        now = self.now()
        if now is None:
            return None
        rows = self.desk.figures(self.recipe, stretch=now, filters=self.view.filters).rows
        return rows[0] if rows else None

    def stretches(self) -> tuple[Stretch, Stretch] | None:
        """(earlier, later) of the comparison."""
        return compared(self.view, self.last, self.now_day) if self.span.last else None

    def change(self) -> Difference | None:
        """The difference of the two stretches. None when a hard break of comparability lies between them."""
        pair = self.stretches()
        return self.desk.difference(self.recipe, *pair, filters=self.view.filters) if pair else None

    def groups(self) -> MeasureResult | None:
        """Figures by the chosen dimension over the range drawn."""
        if not self.view.by or self.stretch is None:
            return None
        return self.desk.figures(self.recipe, by=self.view.by, stretch=self.stretch, filters=self.view.filters)

    def total(self) -> Row | None:
        """The figure of everyone over the range drawn: what the groups are held against."""
        if self.stretch is None:
            return None
        rows = self.desk.figures(self.recipe, stretch=self.stretch, filters=self.view.filters).rows
        return rows[0] if rows else None


def read(
    measure: ModelMeasure, organisation: Organisation, query: View, today: date, desk: Desk | None = None
) -> Reading:
    """The reading of a measure in a view."""
    used = desk or desk_of(organisation)
    recipe = Recipe.of(measure)
    span = used.span(recipe)
    stretch = shown(query, span.first, span.last) if span.last else None
    return Reading(measure, used, recipe, query, span, stretch, today)


def usual_view(measure: ModelMeasure, by: str = "") -> View:
    """What a measure's page shows when nothing was chosen."""
    seasonal = measure.is_seasonal
    return View(measure.period, by=by, compare=usual_comparison(measure.period, seasonal), seasonal=seasonal)


def desk_of(organisation: Organisation) -> Desk:
    """The organisation's data as it is now."""
    return Desk(current(organisation), organisation.minimum_n)


def shown_of(measure: ModelMeasure, recipe: Recipe) -> Shown:
    """How the measure's figures are written."""
    declared = recipe.declared
    better = declared.higher_is_better if measure.higher_is_better is None else measure.higher_is_better
    return Shown(declared.unit, measure.unit_label, better)
