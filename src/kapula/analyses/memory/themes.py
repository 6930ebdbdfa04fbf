"""What is spoken of later against what was spoken of at the moments."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from kapula.analyses.columns import checked, labels
from kapula.analyses.contact_reasons.contrast import against_rest
from kapula.analyses.memory.results import Theme
from kapula.statistics.differences import benjamini_hochberg
from kapula.tables import fetch

FEWEST: Final = 20
"""Comments of either time before shares are compared."""


def remembered_themes(
    data: Any, themes: str, customer: str, score: str, remembered: str, filters: Any, level: float
) -> tuple[Theme, ...]:
    """Each theme's share of the comments in rows that hold a remembered score alone, less its share in rows that hold a moment's score;
    intervals by customer, q over the themes. Empty when either time has too few comments. A blank is a comment that was not read."""
    table = checked(data, [score, remembered], others=[customer, themes], filters=filters, lists=[themes])
    found = fetch(table.filter(table[themes].notnull(), table[customer].notnull()))
    values = {name: found[name].to_numpy(zero_copy_only=False).astype(float) for name in (score, remembered)}
    later = ~np.isnan(values[remembered]) & np.isnan(values[score])
    then = ~np.isnan(values[score])
    if min(later.sum(), then.sum()) < FEWEST:
        return ()
    kept = later | then
    said = [
        {one} if isinstance(one, str) else set(one) for one in np.array(found[themes].to_pylist(), dtype=object)[kept]
    ]
    who = np.unique(labels(found[customer])[0][kept], return_inverse=True)[1]
    inside = later[kept].astype(float)
    names = sorted({name for one in said for name in one})
    rows = []
    for name in names:
        has = np.array([name in one for one in said], dtype=float)
        gap = against_rest(has, inside, who, int(who.max()) + 1, None)
        rows.append((name, float(has[inside == 0].mean()), float(has[inside == 1].mean()), gap))
    qs = benjamini_hochberg([2 * min(gap.above, gap.below) for *_, gap in rows])
    return tuple(
        Theme(name, then, later, gap.value, *gap.interval(level), q, q is not None and q <= 1 - level)
        for (name, then, later, gap), q in zip(rows, qs, strict=True)
    )
