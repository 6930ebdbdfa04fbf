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
from dataclasses import dataclass, replace

import numpy as np
import pyarrow as pa

from kapula.analyses.columns import checked
from kapula.analyses.decompose.resample import draw, part_of, strata
from kapula.analyses.decompose.results import DriverPart, DriversPart
from kapula.analyses.decompose.settings import Asked
from kapula.analyses.decompose.units import Floats, Ints, Units, usable_rows
from kapula.errors import ParameterError
from kapula.tables import fetch

TOLERANCE = 1e-8


@dataclass(frozen=True, slots=True)
class Rows:
    """Complete rows: ``side``, weight ``w``, outcome ``y`` as a ratio, drivers ``x`` (rows, drivers) and the unit each belongs to."""

    side: Floats
    w: Floats
    y: Floats
    x: Floats
    unit: Ints
    clustered: bool


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
    checked(asked.request.table, list(drivers))
    rows = _read(asked, drivers)
    kept, warnings = _usable(rows, drivers)
    counts = np.bincount(rows.side.astype(np.int64), minlength=2)
    if not kept or counts.min() <= 2 * (len(kept) + 2):
        return None, (*warnings, "drivers_too_few_rows")
    centre = rows.x.mean(axis=0)
    units, values = _moments(replace(rows, x=rows.x - centre), kept)
    size = len(kept) + 2
    whole = np.stack([values[rows.side == side].sum(axis=0) for side in (0, 1)])
    means, coefficients, levels, change = _solve(whole[None], size)
    random = np.random.default_rng(asked.seed)
    drawn = draw(strata(units, values, random), 2 * values.shape[1], asked.n_boot, random).reshape(asked.n_boot, 2, -1)
    _, _, drawn_levels, drawn_change = _solve(drawn, size)
    factor, level, df = asked.factor, asked.design.level, float(counts.min() - len(kept) - 1)

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


def _read(asked: Asked, drivers: Sequence[str]) -> Rows:
    table = fetch(usable_rows(asked.request, asked.row, (), *drivers))
    x = np.column_stack([_floats(table[name]) for name in drivers])
    whole = ~np.isnan(x).any(axis=1)
    table, x = table.filter(pa.array(whole)), x[whole]
    w, y, side = (_floats(table[name]) for name in ("_w", "_y", "_s"))
    unit = np.arange(len(w), dtype=np.int64)
    if asked.request.cluster is not None:
        codes = table["_c"].combine_chunks().dictionary_encode().indices
        known = codes.fill_null(-1).to_numpy(zero_copy_only=False).astype(np.int64)
        unit = np.where(known >= 0, known, len(w) + np.arange(len(w)))
        unit = np.unique(unit, return_inverse=True)[1]
    order = np.lexsort(
        (*x.T, y, unit if asked.request.cluster is not None else y, side)
    )  # a seed gives one answer, however rows come
    unit = unit[order] if asked.request.cluster is not None else unit
    return Rows(side[order], w[order], (y / w)[order], x[order], unit, asked.request.cluster is not None)


def _usable(rows: Rows, drivers: Sequence[str]) -> tuple[list[int], tuple[str, ...]]:
    """Places of the drivers that vary in both periods and are no sum of those before them."""
    kept: list[int] = []
    warnings: list[str] = []
    for k in range(len(drivers)):
        sides = [rows.x[rows.side == side][:, [*kept, k]] for side in (0, 1)]
        if any(len(side) < 2 or np.ptp(side[:, -1]) == 0 for side in sides):
            warnings.append("driver_constant")
        elif any(_collinear(side) for side in sides):
            warnings.append("driver_collinear")
        else:
            kept.append(k)
    return kept, tuple(dict.fromkeys(warnings))


def _collinear(x: Floats) -> bool:
    """Whether the last column is a linear combination of the others (tolerance 1 − R² < 1e-8)."""
    scaled = (x - x.mean(axis=0)) / np.maximum(x.std(axis=0), 1e-300)
    if x.shape[1] == 1:
        return False
    residual = scaled[:, -1] - scaled[:, :-1] @ np.linalg.lstsq(scaled[:, :-1], scaled[:, -1], rcond=None)[0]
    return float(residual @ residual) < TOLERANCE * len(x)


def _moments(rows: Rows, kept: list[int]) -> tuple[Units, Floats]:
    """Each row's weighted products of (1, drivers, outcome), flattened, and the rows as units of one segment."""
    wide = np.column_stack([np.ones(len(rows.y)), rows.x[:, kept], rows.y])
    values = ((rows.w[:, None] * wide)[:, :, None] * wide[:, None, :]).reshape(len(wide), -1)
    ones = np.ones(len(wide), dtype=np.int64)
    cell = rows.side.astype(np.int64)
    return Units(((),), cell, rows.unit.astype(np.int64), rows.y, rows.w, ones, ones, rows.clustered), values


def _solve(moments: Floats, size: int) -> tuple[Floats, Floats, Floats, Floats]:
    """From (batch, 2, size²) moments: means (batch, 2, drivers), mean coefficients, levels (batch, drivers), and the change (batch,)."""
    cross = moments.reshape(len(moments), 2, size, size)
    cross = cross / cross[..., :1, :1]
    means = cross[..., 0, 1:-1]
    outcome = cross[..., 0, -1]
    centred = cross[..., 1:-1, 1:-1] - means[..., :, None] * means[..., None, :]
    joint = cross[..., 1:-1, -1] - means * outcome[..., None]
    coefficients = (np.linalg.pinv(centred, hermitian=True) @ joint[..., None])[..., 0].mean(axis=1)
    levels = (means[:, 1] - means[:, 0]) * coefficients
    return means, coefficients, levels, outcome[:, 1] - outcome[:, 0]


def _floats(column: pa.ChunkedArray) -> Floats:
    return np.asarray(column.to_numpy(zero_copy_only=False), dtype=np.float64)
