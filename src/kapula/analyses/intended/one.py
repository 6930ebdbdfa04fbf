"""One aim over its rows: its share, its bounds, its rules, its groups and periods."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any, Final

import kapula
from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.contrasts import contrasts
from kapula.analyses.intended.aims import Aim
from kapula.analyses.intended.judge import BEST, KIND, KINDS, MATCH, WORST, judged, pivotal_column, rule_column
from kapula.analyses.intended.results import AimFound, RuleFound
from kapula.results import Difference, Row
from kapula.statistics.laws import normal_quantile

HALF_WIDTH: Final = 0.15
"""An interval wider than this on either side says too little of a share."""
MUCH_UNKNOWN: Final = 0.2


class Judge:
    """One aim over its rows."""

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

    def found(self) -> AimFound:
        share, worst, best = (self._row(column) for column in (MATCH, WORST, BEST))
        unknown = worst.n - share.n
        lacking = needed(share, self.common["level"])
        if lacking is not None:
            return AimFound(self.aim, NOT_ENOUGH, share.n, lacking, unknown=unknown, warnings=_codes([share]))
        rules = tuple(
            RuleFound(rule.column, rule.op, rule.value, self._row(rule_column(place)), self._row(pivotal_column(place)))
            for place, rule in enumerate(self.aim.rules)
        )
        codes = _codes([share, *(rule.met for rule in rules)])
        if unknown > MUCH_UNKNOWN * worst.n:
            codes = (*codes, "much_unknown")
        return AimFound(
            self.aim, _against(share, self.aim.target), share.n, None, share, unknown, worst, best, rules,
            kinds={kind: self._row(KIND, positive=[kind], scale=None) for kind in KINDS} if self.aim.good else {},
            groups=self._rows(by=self.by) if self.by else (),
            contrasts=self._contrasts(),
            periods=(periods := self._periods()),
            change=self._change(periods),
            warnings=codes,
        )  # fmt: skip

    def _row(self, column: str, **more: Any) -> Row:
        return kapula.measure(self._table(column), "share", column=column, **self.common, **more).rows[0]

    def _rows(self, **more: Any) -> tuple[Row, ...]:
        return kapula.measure(self._table(MATCH), "share", column=MATCH, **self.common, **more).rows

    def _periods(self) -> tuple[Row, ...]:
        if self.period is None:
            return ()
        return self._rows(time=self.time, period=self.period, timezone=self.zone)

    def _contrasts(self) -> tuple[Difference, ...]:
        if self.by is None:
            return ()
        return contrasts(self._table(MATCH), "share", self.by, column=MATCH, **self.common).rows

    def _change(self, periods: tuple[Row, ...]) -> Difference | None:
        """The last period against the one before, among those with answers."""
        known = [row.period for row in periods if row.value is not None]
        if len(known) <= 1:
            return None
        found: Difference = kapula.compare(
            self._table(MATCH), "share", known[-2:], column=MATCH, time=self.time, period=self.period, timezone=self.zone,
            **self.common,
        )  # fmt: skip
        return found


def needed(row: Row, level: float) -> int | None:
    """How many known experiences make the interval at most ``HALF_WIDTH`` on either side whatever the share; None when there are enough.

    z²/4h², times n over the effective n; a share whose interval cannot be given (one cluster) needs more of it.
    """
    if row.value is None and "suppressed" in row.warnings:
        return max(row.n + 1, _least(level))
    if row.value is None or row.low is None or row.n_effective <= 0:
        return max(_least(level), 2 * row.n)
    if row.n_effective >= _least(level):
        return None
    return max(row.n + 1, math.ceil(_least(level) * row.n / row.n_effective))


def _least(level: float) -> int:
    return math.ceil((float(normal_quantile((1 + level) / 2)) / (2 * HALF_WIDTH)) ** 2)


def _against(row: Row, target: float | None) -> str:
    if target is None or row.low is None or row.high is None:
        return "measured"
    return "reached" if row.low >= target else "missed" if row.high < target else "unsure"


def _codes(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for row in rows for code in row.warnings))
