"""The figures of one aim over its rows, each a short query of its own."""

from __future__ import annotations

from typing import Any

import kapula
from kapula.analyses.contrasts import contrasts
from kapula.analyses.intended.aim import Aim
from kapula.analyses.intended.columns import MATCH
from kapula.analyses.intended.judge import judged
from kapula.results import Difference, Row


class Figures:
    """One aim's share over its rows, whole, by group and by period."""

    def __init__(
        self,
        rows: Any,
        aim: Aim,
        common: dict[str, Any],
        by: str | None,
        time: str | None,
        period: str | None,
        zone: str,
    ) -> None:
        self.aim, self.common, self.by, self.time, self.period, self.zone = aim, common, by, time, period, zone
        self.rows, self.judged = judged(rows, aim)

    def _table(self, column: str) -> Any:
        """Just what one figure needs: short queries are quick to write and to read."""
        names = (self.common["weight"], self.common["cluster"], self.by, self.time)
        kept = {name: self.rows[name] for name in names if name}
        return self.rows.select(**kept, **{column: self.judged[column]})

    def row(self, column: str, **more: Any) -> Row:
        return kapula.measure(self._table(column), "share", column=column, **self.common, **more).rows[0]

    def shares(self, **more: Any) -> tuple[Row, ...]:
        return kapula.measure(self._table(MATCH), "share", column=MATCH, **self.common, **more).rows

    def periods(self) -> tuple[Row, ...]:
        if self.period is None:
            return ()
        return self.shares(time=self.time, period=self.period, timezone=self.zone)

    def contrasts(self) -> tuple[Difference, ...]:
        if self.by is None:
            return ()
        return contrasts(self._table(MATCH), "share", self.by, column=MATCH, **self.common).rows

    def change(self, periods: tuple[Row, ...]) -> Difference | None:
        """The last period against the one before, among those with answers."""
        known = [row.period for row in periods if row.value is not None]
        if len(known) <= 1:
            return None
        found: Difference = kapula.compare(
            self._table(MATCH), "share", known[-2:], column=MATCH, time=self.time, period=self.period, timezone=self.zone,
            **self.common,
        )  # fmt: skip
        return found
