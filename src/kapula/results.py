"""Frozen results: numbers and codes, never sentences.

Every result has ``to_dict()`` (plain JSON) and, where rows make sense, ``to_arrow()``. A figure always travels with
its n, its interval and the codes of what a reader must know about it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

WARNING_CODES: dict[str, str] = {
    "suppressed": "Fewer answers than the minimum: value and interval withheld.",
    "suppressed_complement": "Withheld because the rest and the total together would reveal a suppressed group.",
    "off_scale_set_aside": "Answers off the declared scale were set aside on request.",
    "empty": "No valid answers.",
    "few_clusters": "Fewer than 30 clusters: the clustered standard error is optimistic.",
    "single_cluster": "One cluster only: no clustered interval can be given.",
    "weights_zero": "All weights are zero.",
    "unequal_weights": "Weights differ so much that the effective n is under half of n.",
    "break_scale": "The scale changed: figures before and after are not comparable.",
    "break_wording": "The wording changed: figures before and after are not comparable.",
    "break_channel": "The mix of channels changed: figures before and after may not be comparable.",
    "break_language": "The mix of languages changed: figures before and after may not be comparable.",
    "too_few_periods": "Too few periods for limits or change points.",
    "autocorrelated": "Consecutive periods resemble each other: control limits from I-MR signal too often.",
    "zero_variance": "All answers are the same.",
    "interval_open": "Too few answers for a bound on one side of the interval.",
    "few_units": "Fewer than six units: the slope within them speaks of these units only, and units cannot be compared.",
    "parts_not_enough": "Some touchpoints have too few units and periods: nothing is said of them.",
    "drivers_too_few_rows": "Too few answers with every driver answered: the drivers' part is not told.",
    "driver_constant": "A driver has the same value in every answer of a period and is left out.",
    "driver_collinear": "A driver is the sum of others, or the same as one, and is left out.",
    "small_periods": "Answers lie in periods of too few, which cannot be used alone: take longer ones (grain, unit) or gather more.",
    "unit_assumed": "Times are plain numbers and were taken for years: say the unit (--unit) if a step is a week, month or other.",
    "performance_constant": "The performance has the same value in every answer: it explains nothing.",
    "performance_between_only": "The performance differs between periods only, never within one: its worth cannot be told from the drift.",
    "drift_depends_on_performance": "The drift is not the same at low and at high performance: it is told at their mean.",
    "many_blanks": "More than a third of the rows lack an answer that was asked for: only whole rows are used.",
    "collinear_question": "A question is told exactly by the others: it adds nothing of its own.",
    "no_reversed_item": "No question is worded the other way: answering all alike may be honest, and a run alone proves no carelessness.",
    "mostly_missing": "A column is blank in more than half of the rows.",
    "constant": "A column has the same value in every row used: it cannot explain anything.",
    "collinear": "The other columns tell nearly all of a column: their shares cannot be told apart surely.",
    "shared_association": "Nearly all of a driver's share is explained by the other drivers too.",
    "few_rows": "Fewer than ten rows for each column: what is explained is told too large.",
    "binary_outcome": "The outcome has two values: a method for such outcomes fits better.",
    "separation": "The drivers tell the outcome apart without error.",
    "sampled_orders": "Too many drivers for every order: shares are from a sample of orders.",
    "cuts_differ": "Where an answer counts as low or high changes the class of a driver.",
    "explained_exactly": "The outcome is explained almost without remainder: it is likely made of the columns that explain it.",
    "single_series": "One unit, or none named: what moved everything at once cannot be told apart from what led.",
    "columns_renamed": "The file has columns of one name: the first keeps it, later ones are called by it and a number, as in 'score (2)'.",
    "accounts_unmatched": "The details or the list of contacts hold none of the accounts that answered: are accounts named alike in both?",
    "designed_unknown": "A moment that was meant to be remembered is not in the data, and nothing is said of it: look for a mistyped name.",
    "gaps": "Figures are missing in some periods: those are left out, and history across them is filled from what was known.",
    "rows_averaged": "Several rows of one unit and period were averaged.",
    "period_chosen": "Most days had no figure, so they were gathered into weeks or months (see grain); ask for others with period.",
    "far_apart": "Times lie so far apart that most periods between them have no figure: look for a mistyped date.",
    "wandering": "The target or a candidate has no level it comes back to (a unit root): changes were compared.",
    "windows_thinned": "Survey windows overlap: only periods a window apart were used, and lags are whole windows.",
    "moves_both_ways": "The target also moves before the candidate, less clearly.",
    "moves_after": "The candidate moves after the target more clearly than before it.",
    "much_unknown": "More than a fifth of the experiences cannot be told of, because answers are blank: see the worst and best case.",
    "uncorrected": "How often the classifier errs is not known: the shares are as it labelled.",
    "errors_too_large": "The classifier errs so often, or so few comments have been checked, that a share cannot be corrected.",
    "few_checked": "Fewer than ten checked comments have the label, or lack it: the correction is rough.",
    "at_bound": "The corrected share fell outside 0 to 100 % and is put at the bound.",
    "mixed_version": "The labels were made by several versions of the model or codebook: figures of different versions are not compared.",
    "errors_other_version": "The errors were counted on another version of the model or codebook.",
    "calibration_rough": "Too few false alarms were met in the simulation to set the limit exactly: it is on the safe side.",
    "themes_not_stable": "Some groups of comments did not stay together when the run was repeated, and are left out.",
    "pooled_spread": "Fewer than four units have the change: all units are taken to vary alike.",
    "no_comparison_left": "Answers from when no unit was left to compare with are not used.",
    "multiple_answers": "Some customers have several remembered scores: each ends a journey of its own.",
    "few_resamples": "So few bootstrap resamples were drawn that the ends of the intervals are rough: another seed moves them.",
    "tangled": "Peak, end and mean go so closely together that their parts cannot be told apart surely.",
}
"""Every warning code the library may return, with its meaning. The web layer words each in three languages."""


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    ``by``: the group (a label; a dict when several columns were given; None for everyone). ``period``: ISO label
    ("2026-W05", "2026-01", "2026-Q1", "2026", "2026-01-31") or None. ``value``, ``low``, ``high`` in the measure's
    unit, None when there is nothing to say or when suppressed. ``n``: answers used. ``n_effective``: Kish's, or
    design-based.
    """

    by: Any
    period: str | None
    value: float | None
    low: float | None
    high: float | None
    n: int
    n_effective: float
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "by": self.by,
            "period": self.period,
            "value": plain(self.value),
            "low": plain(self.low),
            "high": plain(self.high),
            "n": self.n,
            "n_effective": plain(self.n_effective),
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class MeasureResult:
    """A measure's figures, and how they were computed.

    ``unit``: "points" (NPS, −100…100), "share" (0…1), "scale" (the answer scale) or "raw". ``method``: codes and
    settings of the estimate ("interval": "adjusted_wald", "level": 0.95, "minimum_n": 0 …). ``set_aside``: rows not
    used and why.
    """

    measure: str
    unit: str
    rows: tuple[Row, ...]
    method: Mapping[str, Any] = field(default_factory=dict)
    set_aside: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "measure": self.measure,
            "unit": self.unit,
            "rows": [row.to_dict() for row in self.rows],
            "method": dict(self.method),
            "set_aside": dict(self.set_aside),
            "warnings": list(self.warnings),
        }

    def to_arrow(self) -> pa.Table:
        return rows_to_arrow(self.rows)


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference second − first of two figures, with its own interval (never read off two overlapping intervals).

    ``sure``: the interval excludes zero. ``p``: two-sided and in agreement with the interval; None when it has none.
    In a scan over many groups ``by`` is the group, ``q`` the p corrected over the whole scan (Benjamini–Hochberg),
    and ``sure`` also asks that q is small enough.
    """

    first: Row
    second: Row
    value: float | None
    low: float | None
    high: float | None
    p: float | None
    sure: bool
    warnings: tuple[str, ...] = ()
    by: Any = None
    q: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "by": self.by,
            "first": self.first.to_dict(),
            "second": self.second.to_dict(),
            "value": plain(self.value),
            "low": plain(self.low),
            "high": plain(self.high),
            "p": plain(self.p),
            "q": plain(self.q),
            "sure": self.sure,
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """The same difference in many groups, corrected as one scan (see :class:`Difference`)."""

    measure: str
    unit: str
    rows: tuple[Difference, ...]
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "measure": self.measure,
            "unit": self.unit,
            "rows": [row.to_dict() for row in self.rows],
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }


def rows_to_arrow(rows: tuple[Row, ...]) -> pa.Table:
    """Rows as an Arrow table; a group of several columns becomes one column each, named ``by.<column>``."""
    dicts = [row.to_dict() for row in rows]
    columns: dict[str, list[Any]] = {}
    keys = next((list(d["by"]) for d in dicts if isinstance(d["by"], dict)), None)
    if keys is None:
        columns["by"] = [None if d["by"] is None else str(d["by"]) for d in dicts]
    else:
        for key in keys:
            columns[f"by.{key}"] = [None if d["by"] is None else d["by"].get(key) for d in dicts]
    for name in ("period", "value", "low", "high", "n", "n_effective", "warnings"):
        columns[name] = [d[name] for d in dicts]
    return pa.table(columns)


def plain(value: float | None) -> float | None:
    """A JSON-safe number: NaN and infinities become None."""
    return None if value is None or not math.isfinite(value) else float(value)
