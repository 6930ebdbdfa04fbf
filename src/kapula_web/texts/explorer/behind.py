"""The words behind a figure of a measure: the same stretch and filters, as the explorer's address."""

from __future__ import annotations

from kapula_web.insights.figures.reading import Reading
from kapula_web.texts.explorer.filters import explorer_url

KNOWN = ("touchpoint", "team", "channel", "segment", "source", "language")


def words_behind(reading: Reading) -> str:
    """Empty for a measure that is not of answers, for one without answers, and where a filter is none of the explorer's."""
    asked = dict((*reading.recipe.filters, *reading.view.filters))
    others = set(asked) - {*KNOWN, "perspective"}
    if reading.recipe.table != "responses" or others or any("*" in values for values in asked.values()):
        return ""
    stretch = reading.now() or reading.stretch
    if stretch is None or asked.get("perspective", ("customer",)) != ("customer",):
        return ""
    chosen = {name: values for name, values in asked.items() if name in KNOWN}
    return explorer_url(reading.measure.organisation, **chosen, start=stretch.start, end=stretch.end)
