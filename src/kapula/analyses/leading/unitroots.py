"""Does a series wander without a level to come back to? The augmented Dickey–Fuller test unit by unit, combined over the panel.

Sources: Said & Dickey (1984), Biometrika 71; MacKinnon (1994), JBES 12 (p-values); Choi (2001), J. Int. Money
Finance 20 (the inverse
normal combination over units).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.dickeyfuller import statistics_of
from kapula.statistics.laws import normal_quantile, normal_share

Floats = NDArray[np.float64]

LEVEL = 0.05

# MacKinnon (1994), tables 3 and 4, one series: (least, split, most, left polynomial, right polynomial).
_SURFACES = {
    "constant": (-18.83, -1.61, 2.74, (2.1659, 1.4412, 0.038269), (1.7339, 0.93202, -0.12745, -0.010368)),
    "trend": (-16.18, -2.89, 0.7, (3.2512, 1.6047, 0.049588), (2.5261, 0.61654, -0.37956, -0.060285)),
}


@dataclass(frozen=True, slots=True)
class Roots:
    """For each series: ``statistics`` (series, units) of the units' tests, ``p`` (series,) that no unit comes back to its level."""

    statistics: Floats
    p: Floats

    @property
    def wanders(self) -> NDArray[np.bool_]:
        """The series whose unit root is not rejected at 5 %; one that cannot be tested is not said to wander."""
        return np.logical_and(np.isfinite(self.p), np.nan_to_num(self.p) > LEVEL)


def unit_roots(values: Floats, columns: Floats, most: int) -> Roots:
    """Tests of (series, units, periods), each regression with the deterministic ``columns`` (periods, q) and up to ``most`` lagged
    changes, their number chosen by BIC over the series' units."""
    series, units, periods = values.shape
    step = max(1, 3_000_000 // max(1, units * periods * (columns.shape[1] + most + 1)))
    found = [statistics_of(values[start : start + step], columns, most) for start in range(0, series, step)]
    statistics = np.concatenate(found)
    z = normal_quantile(np.clip(mackinnon(statistics), 1e-16, 1 - 1e-9))
    tested = np.isfinite(statistics).sum(axis=1)
    total = np.nansum(np.where(np.isfinite(statistics), z, 0.0), axis=1) / np.sqrt(np.maximum(tested, 1))
    return Roots(statistics, np.where(tested > 0, normal_share(total), np.nan))


def mackinnon(statistic: Floats, kind: str = "trend") -> Floats:
    """P that a wandering series gives a Dickey–Fuller t this low; ``kind``: "constant" or "trend"."""
    least, split, most, left, right = _SURFACES[kind]
    clipped = np.clip(statistic, least, most)
    z = np.where(clipped <= split, np.polyval(left[::-1], clipped), np.polyval(right[::-1], clipped))
    return np.asarray(np.where(statistic > most, 1.0, np.where(statistic < least, 0.0, normal_share(z))))
