"""The drivers' part of a change: twofold Oaxaca–Blinder at the mean of the two periods' coefficients.

With ȳ_t = a_t + x̄_t b_t in each period (weighted least squares), Δȳ = Σ_k Δx̄_k b̄_k + (Δa + Σ_k x̿_k Δb_k), where
a bar over b or x̄ is the mean of the two
periods. The first sum is the drivers' *levels*, driver by driver; the bracket is what changed at unchanged levels,
the *coefficients*. The bracket is not
divided by driver: that would depend on where each scale's zero is (Oaxaca & Ransom 1999, Rev. Econ. Statist. 81, 154–157).

Sources: Oaxaca (1973), Int. Econ. Rev. 14, 693–709; Blinder (1973), J. Human Resources 8, 436–455; Reimers (1983),
Rev. Econ. Statist. 65, 570–579.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from kapula.analyses.columns import checked
from kapula.analyses.decompose.asked import Asked
from kapula.analyses.decompose.driver_result import DriverPart, DriversPart
from kapula.analyses.decompose.driver_rows import read_rows, usable
from kapula.analyses.decompose.intervals import part_of
from kapula.analyses.decompose.oaxaca import moments, solve
from kapula.analyses.decompose.resample import draw, strata
from kapula.errors import ParameterError


def contribute(asked: Asked, drivers: Sequence[str], total: float) -> tuple[DriversPart | None, tuple[str, ...]]:
    """The drivers' part, or None with the code of why not. ``total``: the whole change, of which the residual is
    what the rows with every driver
    do not show. Raises as :func:`kapula.analyses.columns.checked` does."""
    if asked.row.x is not None:
        raise ParameterError(
            "Drivers cannot be set against a rate.",
            hint="Choose a measure of one answer a row.",
            parameter="drivers",
            value=list(drivers),
        )
    score = next((name for name in drivers if name in asked.request.columns.values()), None)
    if score is not None:
        raise ParameterError(
            f"{score!r} is the score and a driver: it would explain all of its own change.",
            hint="Leave it out of the drivers.",
            parameter="drivers",
            value=score,
        )
    checked(asked.request.table, list(drivers))
    rows = read_rows(asked, drivers)
    kept, warnings = usable(rows, drivers)
    counts = np.bincount(rows.side.astype(np.int64), minlength=2)
    if not kept or counts.min() <= 2 * (len(kept) + 2):
        return None, (*warnings, "drivers_too_few_rows")
    centre = rows.x.mean(axis=0)
    units, values = moments(replace(rows, x=rows.x - centre), kept)
    size = len(kept) + 2
    whole = np.stack([values[rows.side == side].sum(axis=0) for side in (0, 1)])
    means, coefficients, levels, change = solve(whole[None], size)
    random = np.random.default_rng(asked.seed)
    drawn = draw(strata(units, values, random), 2 * values.shape[1], asked.n_boot, random).reshape(asked.n_boot, 2, -1)
    _, _, drawn_levels, drawn_change = solve(drawn, size)
    heard = min(len(np.unique(rows.unit[rows.side == side])) for side in (0, 1))
    factor, level, df = asked.factor, asked.design.level, float(heard - len(kept) - 1)

    told = tuple(
        DriverPart(
            drivers[k], float(means[0, 0, place] + centre[k]), float(means[0, 1, place] + centre[k]),
            factor * float(coefficients[0, place]),
            part_of(factor * float(levels[0, place]), factor * drawn_levels[:, place], df, level),
        )
        for place, k in enumerate(kept)
    )  # fmt: skip
    explained = part_of(factor * float(levels[0].sum()), factor * drawn_levels.sum(axis=1), df, level)
    rest = change[0] - levels[0].sum()
    left = part_of(factor * float(rest), factor * (drawn_change - drawn_levels.sum(axis=1)), df, level)
    return DriversPart(len(rows.y), explained, left, total - factor * float(change[0]), told, warnings), ()
