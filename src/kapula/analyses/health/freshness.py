"""Stale: silent for surely longer than its own rhythm explains."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

import numpy as np

from kapula.analyses.health.results import Finding
from kapula.statistics.differences import benjamini_hochberg

FEWEST_GAPS: Final = 3
LEAST_RATIO: Final = 1.5
"""However many gaps are known, a silence under one and a half of the longest is not called stale."""
GRACE_DAYS: Final = 14
"""Nor is one this short: what happened daily is often brought in by the week."""


def silence(days: Sequence[date], as_of: date) -> tuple[float, int, int, int] | None:
    """(p, days silent, the longest gap, gaps known) of days with data; None with fewer than three gaps.

    With m gaps of an exponential law the chance that the next is r times the longest is m!·Γ(r + 1)/Γ(m + r + 1), whatever its mean:
    so the
    thing's own rhythm is the measure, and a steadier rhythm only makes the true chance smaller. From order statistics of exponentials
    (David & Nagaraja, Order Statistics, 2.5): E exp(−r·max) over the maximum's law.
    """
    ordered = sorted(set(days))
    gaps = [(b - a).days for a, b in itertools.pairwise(ordered)]
    if len(gaps) < FEWEST_GAPS:
        return None
    silent, longest, m = (as_of - ordered[-1]).days, max(gaps), len(gaps)
    r = max(silent, 0) / longest
    p = math.exp(math.lgamma(m + 1) + math.lgamma(r + 1) - math.lgamma(m + r + 1))
    return p, silent, longest, m


def stale(seen: Mapping[tuple[str, str], Sequence[date]], as_of: date, level: float) -> tuple[list[Finding], int]:
    """Findings of (subject, code) → days with data, corrected over them all; and how many had a rhythm to judge by."""
    judged = [(key, sorted(set(days)), told) for key, days in sorted(seen.items()) if (told := silence(days, as_of))]
    qs = benjamini_hochberg([told[0] for *_, told in judged])
    found = []
    for (key, days, (_, silent, longest, gaps)), q in zip(judged, qs, strict=True):
        if q is None or q > 1 - level or silent < max(LEAST_RATIO * longest, GRACE_DAYS):
            continue
        usual = float(np.median(np.diff([day.toordinal() for day in days])))
        evidence: dict[str, Any] = {
            "last": days[-1].isoformat(), "days_silent": silent, "longest_gap": longest, "usual_gap": usual, "gaps": gaps, "q": q,
        }  # fmt: skip
        since = (days[-1] + timedelta(days=longest)).isoformat()
        severity = "high" if key[0] == "source" else "medium"
        found.append(Finding("stale", *key, evidence, severity, "renew_or_close", since))
    return found, len(judged)
