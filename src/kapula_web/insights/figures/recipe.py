"""What a measure of the model computes, as plain values that can be compared and remembered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from kapula import measures
from kapula.measures import Measure
from kapula_web.insights.figures.tables import KINDS, TableKind
from kapula_web.insights.models import ModelMeasure
from kapula_web.ledger.models import QuestionVersion

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """``columns``: the table's own column names. ``filters``: column → accepted values, sorted; "*" is any
    value but none. ``versions``: the days from which the question was worded anew."""

    measure: str
    table: str
    columns: tuple[str, ...]
    filters: Filters = ()
    weight: str = ""
    cluster: str = ""
    options: tuple[tuple[str, Any], ...] = ()
    versions: tuple[date, ...] = ()

    @classmethod
    def of(cls, wanted: ModelMeasure) -> Recipe:
        kind = KINDS[wanted.table]
        prefix = kind.prefix
        columns = tuple(name if name.startswith(prefix) else prefix + name for name in wanted.columns)
        filters = {name: _values(value) for name, value in wanted.filters.items()}
        if wanted.table == "responses" and not {"perspective", "source"} & set(filters):
            filters["perspective"] = ("customer",)  # staff's answers are never mixed into customers' by default
        if wanted.table == "observations":
            filters["measure"] = (wanted.series,)
        options = tuple(sorted((name, _frozen(value)) for name, value in wanted.options.items()))
        return cls(
            wanted.measure,
            wanted.table,
            columns,
            tuple(sorted(filters.items())),
            wanted.weight,
            wanted.cluster,
            options,
            _versions(wanted) if kind.people else (),
        )

    @property
    def kind(self) -> TableKind:
        return KINDS[self.table]

    @property
    def declared(self) -> Measure:
        return declared(self.measure)


@lru_cache(maxsize=256)
def declared(name: str) -> Measure:
    """The library's measure of that name."""
    return measures.get(name)


def _versions(wanted: ModelMeasure) -> tuple[date, ...]:
    """The days on which the wording of one of its questions changed. The first version begins nothing new."""
    codes = [str(name).removeprefix(KINDS[wanted.table].prefix) for name in wanted.columns]
    versions = QuestionVersion.objects.filter(
        question__organisation_id=wanted.organisation_id, question__code__in=codes
    ).values_list("question_id", "valid_from")
    first: dict[int, date] = {}
    for question, since in versions:
        first[question] = min(since, first.get(question, since))
    return tuple(sorted({since for question, since in versions if since != first[question]}))


def _values(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
