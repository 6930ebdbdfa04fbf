"""``kapula.memory``: what of a journey is remembered."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

import numpy as np

from kapula.analyses.columns import text
from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.memory.features import PEAKS, Features, features
from kapula.analyses.memory.journeys import Journeys, read
from kapula.analyses.memory.regression import Fit, fit
from kapula.analyses.memory.results import MemoryResult, Part
from kapula.analyses.memory.themes import remembered_themes
from kapula.analyses.memory.traces import traces, wanted
from kapula.errors import ParameterError
from kapula.measures.engine.withhold import require_minimum_n
from kapula.statistics.differences import benjamini_hochberg

FEWEST: Final = 40
"""Journeys of at least two moments."""
WIDEST: Final = 1.0
"""Half widths above this, of a part in points per point, say nothing."""
FARTHEST: Final = 10
"""Ranges of the scores from which on a neutral score lies beside the scale, not on it."""
PARTS: Final = ("peak", "end", "mean")


def memory(
    table: Any,
    customer: str,
    time: str,
    moment: str,
    score: str,
    remembered: str,
    *,
    designed: Iterable[str] = (),
    themes: str | None = None,
    peak: str = "extreme",
    neutral: float | None = None,
    days: int | None = None,
    filters: Any = None,
    minimum_n: int = 0,
    level: float = 0.95,
    timezone: str = "UTC",
    progress: Progress = no_progress,
) -> MemoryResult:
    """What the remembered score goes with: the peak, the end and the mean of a journey's moments, and which moments leave a trace.

    ``table``: any of :func:`kapula.as_table`; one row is one moment (``moment`` its kind, ``score``), and the remembered score stands on
    a row of its own after them, or on the moments' rows. ``designed``: the moments that were meant to be remembered; of one that is not
    in the data ``designed_unknown`` warns. ``themes``: what
    the row's comment mentions, a list or a text; each theme's share later is then compared with its share at the moments. ``peak``: the
    moment farthest from ``neutral`` (by default the mean of all scores), the "worst" or the "best". ``days``: how far back before the
    remembered score moments count. Journeys of one moment have no peak or end of their own, and are left out.

    Formula and sources: docs/analyses/memory.md. Raises :class:`~kapula.errors.KapulaError` of the kind that fits.
    """
    _check(peak, days, level)
    require_minimum_n(minimum_n)
    progress(0, 3)
    journeys = read(table, customer, time, moment, score, remembered, days, filters, timezone)
    progress(1, 3)
    _check_neutral(neutral, journeys)
    middle = neutral if neutral is not None else float(np.mean(journeys.score)) if journeys.score.size else 0.0
    found = features(journeys, peak, middle)
    kept = found.count >= 2
    meant = sorted(map(str, designed))
    strange = _unknown(meant, journeys)
    method = {
        "name": "peak_end_regression", "customer": customer, "time": time, "moment": moment, "score": score, "remembered": remembered,
        "designed": meant, "designed_unknown": strange, "themes": themes,
        "peak": peak, "neutral": middle if journeys.score.size else neutral, "days": days,
        "level": level, "minimum_n": minimum_n, "timezone": timezone,
    }  # fmt: skip
    told = () if themes is None else remembered_themes(table, themes, customer, score, remembered, filters, level)
    progress(2, 3)
    result = _answer(journeys, found, kept, method, level, max(FEWEST, minimum_n))
    if strange:
        result = replace(result, warnings=("designed_unknown", *result.warnings))
    progress(3, 3)
    return replace(result, themes=told) if result.verdict != NOT_ENOUGH else result


def _unknown(designed: list[str], journeys: Journeys) -> list[str]:
    """The designed moments that are not among those there are; of no moments at all none is missing."""
    there = {text(one) for one in journeys.moments}
    return [one for one in designed if there and one not in there]


def _answer(
    journeys: Journeys, found: Features, kept: Any, method: dict[str, Any], level: float, least: int
) -> MemoryResult:
    n = int(kept.sum())
    facts: dict[str, Any] = {
        "n": n, "customers": len(np.unique(journeys.customer[kept])), "n_moments": int(found.count[kept].sum()), "method": method,
    }  # fmt: skip
    codes = ["multiple_answers"] if journeys.several else []
    y = journeys.remembered[kept]
    flat = n > 1 and (np.ptp(y) == 0 or np.ptp(journeys.score) == 0)
    if n < least or flat:
        codes += ["constant"] if flat else []
        return MemoryResult(NOT_ENOUGH, needed_n=wanted(n, least, None), **facts, warnings=tuple(codes))
    columns = np.column_stack([found.peak[kept], found.end[kept], found.mean[kept]])
    whole = fit(columns, y, journeys.customer[kept], level)
    alone = fit(columns[:, 2:], y, journeys.customer[kept], level)
    half = None if whole is None else max((one.high - one.low) / 2 for one in whole.slopes)
    if whole is None or alone is None or half is None:
        return MemoryResult(NOT_ENOUGH, needed_n=wanted(n, least, None), **facts, warnings=(*codes, "tangled"))
    parts = _parts(whole, level) | {"mean_alone": Part.of(alone.slopes[0], alone.slopes[0].p, level)}
    beyond = whole.joint_p([0, 1])
    verdict = _verdict(parts, beyond, alone, level)
    if verdict == "no_pattern" and half > WIDEST:
        return MemoryResult(NOT_ENOUGH, needed_n=wanted(n, least, half), **facts, warnings=tuple(codes))
    codes += ["tangled"] if beyond <= 1 - level and not (parts["peak"].sure or parts["end"].sure) else []
    told = traces(journeys, kept, found, frozenset(method["designed"]), level, method["minimum_n"])
    return MemoryResult(
        verdict, needed_n=None, **facts, parts=parts, r2=whole.r2, r2_mean=alone.r2, p_beyond=beyond,
        moments=told, warnings=tuple(codes),
    )  # fmt: skip


def _parts(whole: Fit, level: float) -> dict[str, Part]:
    qs = benjamini_hochberg([one.p for one in whole.slopes])
    return {name: Part.of(one, q, level) for name, one, q in zip(PARTS, whole.slopes, qs, strict=True)}


def _verdict(parts: dict[str, Part], beyond: float, alone: Fit, level: float) -> str:
    """Peak and end count together first: what goes together may not be told apart and yet add to the mean."""
    weight = parts["peak"].value + parts["end"].value
    if beyond <= 1 - level and weight > 0:
        return "peak_end"
    slope = alone.slopes[0]
    return "average" if slope.p <= 1 - level and slope.value > 0 else "no_pattern"


def _check_neutral(neutral: float | None, journeys: Journeys) -> None:
    """Refuses a neutral that is no number, or so far from the scores that hardly a moment is farther from it than another."""
    if neutral is None:
        return
    low, high = (float(end(journeys.score)) if journeys.score.size else 0.0 for end in (np.min, np.max))
    reach = FARTHEST * (high - low)
    if not np.isfinite(neutral) or (journeys.score.size and reach and not low - reach <= neutral <= high + reach):
        raise ParameterError(
            f"neutral={neutral!r} cannot be used: the scores lie between {low:g} and {high:g}.",
            hint="Give the score that is neither good nor bad, or leave it out.",
            parameter="neutral",
            value=neutral if np.isfinite(neutral) else str(neutral),
        )


def _check(peak: str, days: int | None, level: float) -> None:
    if peak not in PEAKS:
        raise ParameterError(
            f"There is no peak {peak!r}.", hint=f"Use {', '.join(PEAKS)}.", parameter="peak", value=peak
        )
    if days is not None and days < 1:
        raise ParameterError(
            f"Moments of the last {days} days are none.", hint="Use 365.", parameter="days", value=days
        )
    if not 0 < level < 1:
        raise ParameterError(
            f"The level {level} is not between 0 and 1.", hint="Use 0.95.", parameter="level", value=level
        )
