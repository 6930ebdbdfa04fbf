"""The figures of a page as plain tables: exactly those that are seen, withheld ones withheld."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from kapula.results import Row
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.pages.groups import sorted_groups
from kapula_web.insights.words.labels import Names
from kapula_web.insights.words.periods import stretch
from kapula_web.kit import codes


@dataclass(frozen=True, slots=True)
class Sheet:
    """``head``: column names. ``kinds``: "text", "figure", "number" for each column. ``rows``: plain values, None for a blank."""

    name: str
    head: tuple[str, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]


def sheets(reading: Reading) -> list[Sheet]:
    """Trend, groups and comparison, those of them the page shows."""
    names = Names.of(reading.measure.organisation)
    found = [_trend(reading), _groups(reading, names), _comparison(reading)]
    return [sheet for sheet in found if sheet is not None]


def _figure_head() -> tuple[str, ...]:
    return (gettext("Luku"), gettext("Vähintään"), gettext("Enintään"), gettext("Vastauksia"), gettext("Huomio"))


_FIGURE_KINDS = ("figure", "figure", "figure", "number", "text")


def _figure(row: Row) -> tuple[Any, ...]:
    return (row.value, row.low, row.high, row.n, ", ".join(codes.words("warning", code) for code in row.warnings))


def _trend(reading: Reading) -> Sheet | None:
    series = reading.series()
    if series is None:
        return None
    rows = tuple((point.row.period, *_figure(point.row)) for point in series.points)
    return Sheet(gettext("Aikasarja"), (gettext("Jakso"), *_figure_head()), ("text", *_FIGURE_KINDS), rows)


def _groups(reading: Reading, names: Names) -> Sheet | None:
    if not reading.view.by or reading.stretch is None:
        return None
    by = reading.view.by
    rows = tuple((names.value(by, row.by), *_figure(row)) for row in sorted_groups(reading))
    return Sheet(gettext("Ryhmät"), (names.dimension(by), *_figure_head()), ("text", *_FIGURE_KINDS), rows)


def _comparison(reading: Reading) -> Sheet | None:
    pair, change = reading.stretches(), reading.change()
    if pair is None or change is None:
        return None
    sides = [(stretch(when), *_figure(row)) for when, row in zip(pair, (change.first, change.second), strict=True)]
    verdict = gettext("varma muutos") if change.sure else gettext("ei selvää muutosta")
    difference = (
        gettext("Ero"),
        change.value,
        change.low,
        change.high,
        None,
        verdict if change.value is not None else "",
    )
    head = (gettext("Jakso"), *_figure_head())
    return Sheet(gettext("Vertailu"), head, ("text", *_FIGURE_KINDS), (*sides, difference))
