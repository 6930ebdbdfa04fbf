"""One aim over its rows: its share, its bounds, its rules, its groups and periods."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.intended.columns import BEST, KIND, KINDS, MATCH, WORST, pivotal_column, rule_column
from kapula.analyses.intended.enough import needed
from kapula.analyses.intended.figures import Figures
from kapula.analyses.intended.found import AimFound
from kapula.analyses.intended.met import RuleFound
from kapula.results import Row

MUCH_UNKNOWN: Final = 0.2


def judged_aim(over: Figures) -> AimFound:
    aim = over.aim
    share, worst, best = (over.row(column) for column in (MATCH, WORST, BEST))
    unknown = worst.n - share.n
    lacking = needed(share, over.common["level"])
    if lacking is not None:
        return AimFound(aim, NOT_ENOUGH, share.n, lacking, unknown=unknown, warnings=_codes([share]))
    rules = tuple(
        RuleFound(rule.column, rule.op, rule.value, over.row(rule_column(place)), over.row(pivotal_column(place)))
        for place, rule in enumerate(aim.rules)
    )
    codes = _codes([share, *(rule.met for rule in rules)])
    if unknown > MUCH_UNKNOWN * worst.n:
        codes = (*codes, "much_unknown")
    return AimFound(
        aim, _against(share, aim.target), share.n, None, share, unknown, worst, best, rules,
        kinds={kind: over.row(KIND, positive=[kind], scale=None) for kind in KINDS} if aim.good else {},
        groups=over.shares(by=over.by) if over.by else (),
        contrasts=over.contrasts(),
        periods=(periods := over.periods()),
        change=over.change(periods),
        warnings=codes,
    )  # fmt: skip


def _against(row: Row, target: float | None) -> str:
    if target is None or row.low is None or row.high is None:
        return "measured"
    return "reached" if row.low >= target else "missed" if row.high < target else "unsure"


def _codes(rows: Iterable[Row]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for row in rows for code in row.warnings))
