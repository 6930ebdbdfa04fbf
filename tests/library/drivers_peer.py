"""An independent peer of the shares: every subset by least squares on the rows themselves, and worlds whose truth is known."""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def r_squared(rows: Floats, outcome: Floats, weight: Floats, places: Sequence[int]) -> float:
    """Weighted R² by least squares of the rows."""
    root = np.sqrt(weight)[:, None]
    design = np.column_stack([np.ones(len(rows)), rows[:, list(places)]]) * root
    target = outcome * root[:, 0]
    fitted = design @ np.linalg.lstsq(design, target, rcond=None)[0]
    mean = weight @ outcome / weight.sum()
    return 1 - float(((target - fitted) ** 2).sum() / (weight @ (outcome - mean) ** 2))


def shapley(players: Sequence[Sequence[int]], worth: Callable[[list[int]], float]) -> list[float]:
    """Each player's average gain over all orders, by all subsets. ``worth``: of columns."""
    found = []
    count = len(players)
    for player in range(count):
        others = [other for other in range(count) if other != player]
        total = 0.0
        for size in range(count):
            weight = math.factorial(size) * math.factorial(count - size - 1) / math.factorial(count)
            for chosen in itertools.combinations(others, size):
                columns = [column for other in chosen for column in players[other]]
                total += weight * (worth([*columns, *players[player]]) - worth(columns))
        found.append(total)
    return found


MTCARS = """mpg cyl disp hp drat wt qsec vs am gear carb
21.0 6 160 110 3.90 2.620 16.46 0 1 4 4
21.0 6 160 110 3.90 2.875 17.02 0 1 4 4
22.8 4 108 93 3.85 2.320 18.61 1 1 4 1
21.4 6 258 110 3.08 3.215 19.44 1 0 3 1
18.7 8 360 175 3.15 3.440 17.02 0 0 3 2
18.1 6 225 105 2.76 3.460 20.22 1 0 3 1
14.3 8 360 245 3.21 3.570 15.84 0 0 3 4
24.4 4 146.7 62 3.69 3.190 20.00 1 0 4 2
22.8 4 140.8 95 3.92 3.150 22.90 1 0 4 2
19.2 6 167.6 123 3.92 3.440 18.30 1 0 4 4
17.8 6 167.6 123 3.92 3.440 18.90 1 0 4 4
16.4 8 275.8 180 3.07 4.070 17.40 0 0 3 3
17.3 8 275.8 180 3.07 3.730 17.60 0 0 3 3
15.2 8 275.8 180 3.07 3.780 18.00 0 0 3 3
10.4 8 472 205 2.93 5.250 17.98 0 0 3 4
10.4 8 460 215 3.00 5.424 17.82 0 0 3 4
14.7 8 440 230 3.23 5.345 17.42 0 0 3 4
32.4 4 78.7 66 4.08 2.200 19.47 1 1 4 1
30.4 4 75.7 52 4.93 1.615 18.52 1 1 4 2
33.9 4 71.1 65 4.22 1.835 19.90 1 1 4 1
21.5 4 120.1 97 3.70 2.465 20.01 1 0 3 1
15.5 8 318 150 2.76 3.520 16.87 0 0 3 2
15.2 8 304 150 3.15 3.435 17.30 0 0 3 2
13.3 8 350 245 3.73 3.840 15.41 0 0 3 4
19.2 8 400 175 3.08 3.845 17.05 0 0 3 2
27.3 4 79 66 4.08 1.935 18.90 1 1 4 1
26.0 4 120.3 91 4.43 2.140 16.70 0 1 5 2
30.4 4 95.1 113 3.77 1.513 16.90 1 1 5 2
15.8 8 351 264 4.22 3.170 14.50 0 1 5 4
19.7 6 145 175 3.62 2.770 15.50 0 1 5 6
15.0 8 301 335 3.54 3.570 14.60 0 1 5 8
21.4 4 121 109 4.11 2.780 18.60 1 1 4 2
"""
"""Henderson & Velleman (1981), Biometrics 37; from Motor Trend, 1974."""


def mtcars() -> dict[str, list[float]]:
    head, *lines = MTCARS.split("\n")
    rows = [[float(cell) for cell in line.split()] for line in lines if line]
    return {name: [row[place] for row in rows] for place, name in enumerate(head.split())}


def world(n: int, seed: int, columns: int = 4, together: float = 0.5) -> dict[str, Floats]:
    """``columns`` correlated drivers a, b, c … of falling weight, and y."""
    random = np.random.default_rng(seed)
    shared = random.normal(size=n)
    found = {name: together * shared + random.normal(size=n) for name in "abcdefghijklmnopqrstuvwx"[:columns]}
    y = random.normal(size=n) * 1.5
    for place, column in enumerate(found.values()):
        y = y + column / (1 + place)
    return found | {"y": y}
