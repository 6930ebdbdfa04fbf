"""The lag scan: is a candidate's shock followed, k periods later, by a move of the target?

Two tests must agree, and the weaker one counts (an intersection–union test, so it holds its level when either does):

- *prewhitened*: the candidate's shocks against the target under the candidate's own filter (Box & Jenkins). White shocks keep a
  relation of the same period, and the candidate's own memory, from smearing over later lags.
- *given the past*: the candidate's shocks against the target's shocks, both less the target's past (Granger). The
past of the target keeps
  a target that moves first from looking led.

Both rest on one sum a period, over the units: Student's t of those sums. Units that move together in a period,
unequal variances and
the fitted period means are then all inside the variance.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import special

from kapula.analyses.leading.memory import Memory, lags

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Scan:
    """(candidates, lags): ``t`` signed, 0 where the two tests point to different sides; ``p`` two-sided; ``n`` pairs of figures."""

    t: Floats
    p: Floats
    n: NDArray[np.int64]


def scan(
    leader: Floats,
    follower: Floats,
    lead_memory: Memory,
    follow_memory: Memory,
    weights: Floats,
    steps: range,
) -> Scan:
    """Every leader against every follower ``steps`` periods later.

    ``leader``, ``follower``: (series or 1, units, periods), cleaned. ``weights``: (units, periods), precision of
    the follower's figures.
    """
    shocks = lead_memory.shocks(leader)
    plain = under(lead_memory, follower)
    given = follow_memory.shocks(follower)
    past = _past(follower, given, follow_memory)
    rows = []
    for step in steps:
        first = _students(*_sums(shocks, plain, weights, step, None))
        second = _students(*_sums(shocks, given, weights, step, past), lost=follow_memory.most)
        rows.append(_weaker(first, second))
    t, p, n = (np.stack(part, axis=1) for part in zip(*rows, strict=True))
    return Scan(t, p, n.astype(np.int64))


def under(memory: Memory, values: Floats) -> Floats:
    """The values under each series' filter, (series, units, periods)."""
    count = max(len(memory.order), len(values))
    return memory.shocks(np.broadcast_to(values, (count, *values.shape[1:])).copy())


def _past(values: Floats, shocks: Floats, memory: Memory) -> Floats:
    """An orthonormal basis of each unit's past where its shocks are known, (series, units, periods, most)."""
    past = lags(values, 1, memory.most) * np.isfinite(shocks)[..., None]
    return np.linalg.qr(past)[0]


def _sums(leader: Floats, follower: Floats, weights: Floats, step: int, past: Floats | None) -> tuple[Floats, Floats]:
    """The sum over units of each period, and how many pairs it holds: (series, periods − step)."""
    periods = leader.shape[-1]
    ahead, behind = leader[..., : periods - step], follower[..., step:]
    both = np.isfinite(ahead) & np.isfinite(behind)
    ahead, behind = np.where(both, ahead, 0.0), np.where(both, behind, 0.0)
    if past is not None:
        part = past[..., step:, :]
        known = np.swapaxes(part, -1, -2) @ ahead[..., None]
        ahead = np.where(both, ahead - (part @ known)[..., 0], 0.0)
    products = ahead * behind * weights[..., step:]
    return products.sum(axis=-2), both.sum(axis=-2)


def _students(sums: Floats, counts: Floats, lost: int = 0) -> tuple[Floats, Floats, Floats]:
    """Student's t of the mean of the periods' sums, its degrees of freedom, and the pairs. ``lost``: parameters
    fitted for each unit."""
    periods = (counts > 0).sum(axis=-1).astype(float)
    total = sums.sum(axis=-1)
    spare = np.maximum(periods - 1 - lost, 1)
    variance = np.maximum((sums**2).sum(axis=-1) - total**2 / np.maximum(periods, 1), 0.0) * periods / spare
    t = np.where(variance > 0, total / np.sqrt(np.where(variance > 0, variance, 1.0)), 0.0)
    return np.where(periods >= 5 + lost, t, 0.0), spare, counts.sum(axis=-1)


def _weaker(first: tuple[Floats, ...], second: tuple[Floats, ...]) -> tuple[Floats, Floats, Floats]:
    p = np.maximum(tails(first[0], first[1]), tails(second[0], second[1]))
    agree = np.sign(first[0]) == np.sign(second[0])
    t = np.where(np.abs(first[0]) < np.abs(second[0]), first[0], second[0])
    return np.where(agree, t, 0.0), np.where(agree, p, 1.0), np.minimum(first[2], second[2])


def tails(t: Floats, spare: Floats) -> Floats:
    """Two-sided p of Student's t."""
    return np.asarray(2 * special.stdtr(spare, -np.abs(t)))
