"""Groups side by side: as a picture to take along, and as small bars inside a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from kapula import charts
from kapula.results import Row
from kapula_web.insights.words.sentences import Shown


def bars_spec(
    rows: Sequence[tuple[str, Row]], total: Row | None, shown: Shown, name: str, **settings: Any
) -> dict[str, Any]:
    """The library's bar chart with the page's words."""
    labels = {
        "value": name,
        "low": gettext("vähintään"),
        "high": gettext("enintään"),
        "n": gettext("vastauksia"),
        "group": gettext("ryhmä"),
        "suppressed": gettext("liian vähän vastauksia"),
        "unit": shown.suffix,
        "format": ",.2~f",
        "title": settings.pop("title", ""),
        "subtitle": settings.pop("subtitle", ""),
    }
    return charts.bars(rows, labels=labels, reference=total.value if total else None, factor=shown.factor, **settings)


@dataclass(frozen=True, slots=True)
class SmallBar:
    """Places on a line of 0…100: the bar from ``start`` over ``width``, the whisker from ``low`` to ``high``,
    zero and the whole's figure."""

    start: str
    width: str
    low: str
    high: str
    zero: str
    total: str


class SmallScale:
    """One line for all rows of a table: from the least to the greatest end, zero always on it."""

    def __init__(self, rows: Sequence[Row], total: Row | None) -> None:
        known = [end for row in rows for end in (row.value, row.low, row.high) if end is not None]
        self.least, self.most = min([0.0, *known]), max([0.0, *known])
        self.total = total.value if total else None

    def bar(self, row: Row) -> SmallBar | None:
        if row.value is None:
            return None
        low = row.value if row.low is None else row.low
        high = row.value if row.high is None else row.high
        zero, end = self._at(0.0), self._at(row.value)
        return SmallBar(
            start=f"{min(zero, end):.2f}",
            width=f"{abs(end - zero):.2f}",
            low=f"{self._at(low):.2f}",
            high=f"{self._at(high):.2f}",
            zero=f"{zero:.2f}",
            total="" if self.total is None else f"{self._at(self.total):.2f}",
        )

    def _at(self, value: float) -> float:
        width = self.most - self.least
        return 100 * (value - self.least) / width if width else 0.0
