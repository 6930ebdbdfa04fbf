"""What answers can be divided by: the values of a dimension, questionnaires and the dimensions themselves."""

from __future__ import annotations

from dataclasses import dataclass

from kapula.tables import fetch
from kapula_web.insights.analyses.answers import CUSTOMER, remembered, rows
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.figures.tables import KINDS, dimensions


@dataclass(frozen=True, slots=True)
class Group:
    """A value of a dimension, or a questionnaire (a source): its code, its name and how many responses it has."""

    code: str
    label: str
    n: int


def sources(data: Data, perspective: str = CUSTOMER) -> list[Group]:
    """The questionnaires and other sources of the perspective, the largest first."""
    return values(data, "source", perspective)


def values(data: Data, dimension: str, perspective: str = CUSTOMER) -> list[Group]:
    """The values a dimension has among the responses, the most common first; blanks are left out."""

    def count() -> list[tuple[str, int]]:
        table = rows(data, perspective)
        counted = table.filter(table[dimension].notnull()).group_by(dimension).aggregate(n=lambda t: t.count())
        found = fetch(counted.order_by(counted.n.desc(), counted[dimension])).to_pylist()
        return [(str(row[dimension]), int(row["n"])) for row in found]

    kept = remembered(data, ("values", dimension, perspective), count)
    return [Group(code, data.names.value(dimension, code), n) for code, n in kept]


def divisions(data: Data, perspective: str = CUSTOMER) -> list[Group]:
    """The dimensions with at least two values: what answers can be divided by. ``n``: how many values."""
    names = dimensions(KINDS["responses"], data.desk.snapshot.table("responses"))
    counted = [(name, len(values(data, name, perspective))) for name in names]
    return [Group(name, data.names.dimension(name), n) for name, n in counted if n > 1]
