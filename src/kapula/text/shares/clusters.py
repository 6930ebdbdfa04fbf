"""What it costs that one customer wrote several of the comments."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.statistics.laws import t_quantile

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
_CHUNK: Final = 4_000_000


def effective(y: Floats, cluster: Places | None, level: float) -> tuple[float, int]:
    """(effective n, clusters) of a share: n over the design effect, never more than n, and less when few customers carry the variance.

    Source: Korn & Graubard (1998), Survey Methodology 24, 193–201: n*·(t with n − 1 ÷ t with fewer degrees of freedom)².
    """
    n = len(y)
    if cluster is None or n == 0:
        return float(n), n
    sizes = np.bincount(cluster)
    groups = int((sizes > 0).sum())
    if groups < 2:
        return 1.0, groups
    share = float(y.mean())
    if share in (0.0, 1.0):
        found, df = n * n / float((sizes.astype(float) ** 2).sum()), groups - 1.0
    else:
        apart = np.asarray(np.bincount(cluster, weights=y - share)[sizes > 0], dtype=np.float64)
        variance = float((apart**2).sum()) * groups / (groups - 1) / n**2
        found = min(float(n), share * (1 - share) / variance) if variance > 0 else float(n)
        df = freedom(apart)
    quantile = (1 + level) / 2
    return found * (t_quantile(quantile, n - 1) / t_quantile(quantile, df)) ** 2, groups


def freedom(influence: Floats) -> float:
    """Degrees of freedom of Σ influence² as a variance, one term a customer: few when few customers carry it.

    Source: Satterthwaite (1946), Biometrics Bulletin 2, 110–114, with the variance of the squares as observed. From 2 to customers − 1.
    """
    squares = influence**2
    spread = float((squares**2).sum() - squares.sum() ** 2 / len(squares))
    most = len(squares) - 1.0
    return most if spread <= 0 else max(2.0, min(most, 2 * float(squares.sum()) ** 2 / spread)) if most > 2 else most


def bootstrap_difference(
    first: tuple[Floats, Places], second: tuple[Floats, Places], replicates: int, random: np.random.Generator
) -> Floats:
    """second − first of two shares in each resample of customers; a customer brings the comments of both along.

    Customers alike in all four counts are drawn together, so their number costs nothing. The draws are spread as Student's t is wider
    than the normal, by :func:`freedom`: plain percentiles are too narrow when few customers carry the difference.
    """
    (y1, c1), (y2, c2) = first, second
    size = int(max(c1.max(), c2.max())) + 1
    table = np.stack(
        [
            np.bincount(c1, minlength=size),
            np.bincount(c1, y1, size),
            np.bincount(c2, minlength=size),
            np.bincount(c2, y2, size),
        ],
        axis=1,
    )
    kinds, times = np.unique(table[table[:, [0, 2]].sum(axis=1) > 0], axis=0, return_counts=True)
    units = int(times.sum())
    sums = times @ kinds
    shares = sums[1] / sums[0], sums[3] / sums[2]
    influence = (kinds[:, 3] - shares[1] * kinds[:, 2]) / sums[2] - (kinds[:, 1] - shares[0] * kinds[:, 0]) / sums[0]
    wider = (
        t_quantile(0.975, freedom(np.repeat(influence, times))) / t_quantile(0.975, float("inf")) if units > 2 else 1.0
    )
    found = []
    step = max(1, _CHUNK // len(kinds))
    for start in range(0, replicates, step):
        drawn = random.multinomial(units, times / units, size=min(step, replicates - start)) @ kinds
        both = (drawn[:, 0] > 0) & (drawn[:, 2] > 0)
        found.append(drawn[both, 3] / drawn[both, 2] - drawn[both, 1] / drawn[both, 0])
    middle = shares[1] - shares[0]
    return np.asarray(middle + (np.concatenate(found) - middle) * wider, dtype=np.float64)
