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

from kapula.analyses.leading.memory import Memory, lags
from kapula.analyses.leading.students import students, sums_of, weaker

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
        first = students(*sums_of(shocks, plain, weights, step, None))
        second = students(*sums_of(shocks, given, weights, step, past), lost=follow_memory.most)
        rows.append(weaker(first, second))
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
