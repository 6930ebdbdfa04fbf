"""``kapula.intended``: the share of experiences that are what was meant."""

from __future__ import annotations

import functools
import math
import operator
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import kapula
from kapula.analyses.columns import checked
from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.contrasts import contrasts
from kapula.analyses.intended.aims import Aim, aims_of
from kapula.analyses.intended.judge import (
    BEST,
    KIND,
    KINDS,
    MATCH,
    WORST,
    judged,
    known_match,
    pivotal_column,
    rule_column,
)
from kapula.analyses.intended.results import AimFound, IntendedResult, RuleFound
from kapula.errors import ColumnTypeError, ParameterError
from kapula.measures.engine.periods import filtered
from kapula.results import Difference, Row
from kapula.schema import require
from kapula.statistics.differences import benjamini_hochberg
from kapula.statistics.laws import normal_quantile
from kapula.tables import as_table, fetch

HALF_WIDTH: Final = 0.15
"""An interval wider than this on either side says too little of a share."""
MUCH_UNKNOWN: Final = 0.2


def intended(
    table: Any,
    aims: Any,
    by: str | None = None,
    time: str | None = None,
    period: str | None = None,
    *,
    weight: str | None = None,
    cluster: str | None = None,
    filters: Any = None,
    minimum_n: int = 0,
    level: float = 0.95,
    timezone: str = "UTC",
    progress: Progress = no_progress,
) -> IntendedResult:
    """The share of experiences that match what each aim declares, not only those that were good.

    ``table``: any of :func:`kapula.as_table`; one row is one experience. ``aims``: :class:`~kapula.analyses.intended.aims.Aim` objects or
    mappings (see docs/analyses/intended.md). ``by``: a column to divide by, such as the touchpoint: each group is compared with all the
    others by the interval of the difference, Benjamini–Hochberg over all aims and groups. ``time`` with ``period``: a share for each
    period. The other settings are those of :func:`kapula.measure`, whose ``share`` makes every figure.

    An experience is not known where blanks decide whether it matches; it is left out of the share, and counted. Raises
    :class:`~kapula.errors.KapulaError` of the kind that fits; of aims :class:`~kapula.errors.ParameterError` says which and where.
    """
    declared = aims_of(aims)
    rows = filtered(as_table(table), filters)
    _check(rows, declared, by, time, period, weight, cluster)
    common = {"weight": weight, "cluster": cluster, "level": level, "minimum_n": minimum_n}
    found = []
    for place, aim in enumerate(declared):
        found.append(_Judge(rows, aim, common, by, time, period, timezone).found())
        progress(place + 1, len(declared))
    answered = _corrected(found, 1 - level)
    lacking = [one.needed_n for one in answered if one.needed_n is not None]
    verdict = _verdict([one.verdict for one in answered])
    return IntendedResult(
        verdict=verdict,
        n=_known_rows(rows, declared, weight),
        needed_n=min(lacking) if verdict == NOT_ENOUGH else None,
        aims=tuple(answered),
        method={
            "interval": "wilson", "level": level, "by": by, "time": time, "period": period, "timezone": timezone,
            "weight": weight, "cluster": cluster, "minimum_n": minimum_n, "half_width": HALF_WIDTH,
            "aims": [aim.to_dict() for aim in declared],
        },
        warnings=tuple(dict.fromkeys(code for one in answered for code in one.warnings)),
    )  # fmt: skip


class _Judge:
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


def _verdict(codes: list[str]) -> str:
    if set(codes) == {NOT_ENOUGH}:
        return NOT_ENOUGH
    judged_ones = [code for code in codes if code not in (NOT_ENOUGH, "measured")]
    if not judged_ones:
        return "measured"
    return "missed" if "missed" in judged_ones else "unsure" if "unsure" in judged_ones else "reached"


def _corrected(found: list[AimFound], error: float) -> list[AimFound]:
    """Contrasts corrected over all aims and groups, changes over all aims."""
    qs = iter(benjamini_hochberg([gap.p for one in found for gap in one.contrasts]))
    changes = iter(benjamini_hochberg([one.change.p if one.change else None for one in found]))

    def sure(gap: Difference, q: float | None) -> Difference:
        bounded = gap.low is not None and gap.high is not None and (gap.low > 0 or gap.high < 0)
        return replace(gap, q=q, sure=bounded and q is not None and q <= error)

    answered = []
    for one in found:
        gaps = tuple(sure(gap, next(qs)) for gap in one.contrasts)
        q = next(changes)
        answered.append(replace(one, contrasts=gaps, change=None if one.change is None else sure(one.change, q)))
    return answered


def _codes(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for row in rows for code in row.warnings))


def _known_rows(rows: Any, aims: tuple[Aim, ...], weight: str | None) -> int:
    """Rows that at least one aim is about and can be told of."""
    parts = []
    for aim in aims:
        about = [rows[column].isin(list(values)) for column, values in aim.applies.items()]
        parts.append(functools.reduce(operator.and_, [*about, known_match(rows, aim).notnull()]))
    test = functools.reduce(operator.or_, parts).fill_null(False)
    if weight is not None:
        test = test & (rows[weight].cast("float64") > 0).fill_null(False)
    return int(fetch(rows.aggregate(n=test.cast("int64").sum())).to_pylist()[0]["n"] or 0)


def _check(
    rows: Any, aims: tuple[Aim, ...], by: str | None, time: str | None, period: str | None, weight: str | None,
    cluster: str | None,
) -> None:  # fmt: skip
    """Every column of every aim is there, of a usable type and finite."""
    require(rows.columns, [name for name in (by, time, cluster) if name])
    numeric: dict[str, None] = {}
    for aim in aims:
        rules = [*aim.rules, *([aim.good] if aim.good else [])]
        require(rows.columns, [*aim.applies, *(rule.column for rule in rules)])
        for rule in rules:
            kind = rows[rule.column].type()
            if rule.numeric or kind.is_numeric():
                numeric[rule.column] = None
            values = rule.value if isinstance(rule.value, tuple) else (rule.value,)
            words = any(isinstance(value, str) for value in values if not rule.numeric)
            if not rule.numeric and words != kind.is_string():
                raise ColumnTypeError(
                    f"The aim {aim.name!r} compares {rule.column!r} ({kind}) with {rule.value!r}.",
                    hint="Compare text with text and numbers with numbers.",
                    column=rule.column, type=str(kind), expected="text" if words else "number",
                )  # fmt: skip
    if numeric or weight:
        checked(rows, list(numeric), weight=weight)
    if (time is None) != (period is None):
        raise ParameterError(
            "Periods need both a time column and a period.",
            hint="Give time=… and period=….", parameter="period", value=period,
        )  # fmt: skip
