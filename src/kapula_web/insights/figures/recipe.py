"""What a measure of the model computes, as plain values that can be compared and remembered."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from kapula import measures
from kapula.measures import Measure
from kapula_web.insights.figures.tables import KINDS, TableKind
from kapula_web.insights.models import ModelMeasure

Filters = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Recipe:
    """``columns``: the table's own column names. ``filters``: column → accepted values, sorted; "*" is any value but none."""

    measure: str
    table: str
    columns: tuple[str, ...]
    filters: Filters = ()
    weight: str = ""
    cluster: str = ""
    options: tuple[tuple[str, Any], ...] = ()

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


def _values(value: Any) -> tuple[str, ...]:
    return tuple(str(one) for one in value) if isinstance(value, list | tuple) else (str(value),)


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value
