"""``kapula.intended``: the share of experiences that are what was meant."""

from __future__ import annotations

import functools
import operator
from dataclasses import replace
from typing import Any

from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.intended.aims import Aim, aims_of
from kapula.analyses.intended.checks import check
from kapula.analyses.intended.judge import known_match
from kapula.analyses.intended.one import HALF_WIDTH, Judge
from kapula.analyses.intended.results import AimFound, IntendedResult
from kapula.measures.engine.periods import filtered
from kapula.results import Difference
from kapula.statistics.differences import benjamini_hochberg
from kapula.tables import as_table, fetch


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
    check(rows, declared, by, time, period, weight, cluster)
    common = {"weight": weight, "cluster": cluster, "level": level, "minimum_n": minimum_n}
    found = []
    for place, aim in enumerate(declared):
        found.append(Judge(rows, aim, common, by, time, period, timezone).found())
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
