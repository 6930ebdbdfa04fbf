"""Themes of comments beside answers: whether what a person wrote speaks of a theme, as a column of 0 and 1."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from kapula.tables import fetch
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.answers import remembered
from kapula_web.insights.analyses.contract import Data
from kapula_web.texts.selectors import themes_of

PREFIX: Final = "theme_"
"""Put before a theme's code in joined tables."""


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme that ``n`` responses speak of in their comments."""

    code: str
    label: str
    n: int

    @property
    def column(self) -> str:
        return PREFIX + self.code


def themes(data: Data, *, source: str = "", perspective: str = held.CUSTOMER) -> list[Theme]:
    """The codebook's themes that enough responses speak of for a figure to be shown, the most spoken of first."""
    counts = remembered(data, ("themes", perspective, source), lambda: _counted(data, source, perspective))
    least = max(data.desk.minimum_n, 1)
    found = [Theme(one.code, one.name, counts.get(one.code, 0)) for one in themes_of(data.organisation)]
    return sorted((one for one in found if one.n >= least), key=lambda one: (-one.n, one.code))


def with_themes(data: Data, table: Any, wanted: Sequence[Theme]) -> Any:
    """Responses with a column ``theme_<code>`` for each theme: 1 when a comment of the response speaks of it, 0 when its comments do
    not, blank when it has none that has been read."""
    if not wanted:
        return table
    said = _read(data)
    spoken = said.group_by(kapula_response=said.response).aggregate(
        **{one.column: said.themes.contains(one.code).cast("float64").max() for one in wanted}
    )
    return table.left_join(spoken, table.id == spoken.kapula_response).drop("kapula_response")


def _read(data: Data) -> Any:
    comments = data.desk.snapshot.table("comments")
    return comments.filter(comments.themes.notnull())


def _counted(data: Data, source: str, perspective: str) -> dict[str, int]:
    said = _read(data)
    rows = held.rows(data, perspective, source=source)
    mentions = said.semi_join(rows, said.response == rows.id).select("response", theme=lambda t: t.themes.unnest())
    counted = mentions.group_by("theme").aggregate(n=mentions.response.nunique())
    return {row["theme"]: int(row["n"]) for row in fetch(counted).to_pylist()}
