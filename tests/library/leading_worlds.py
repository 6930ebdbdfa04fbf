"""Made-up panels with known leads, or none, for the tests of leading indicators."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.leading.answer import answered
from kapula.analyses.leading.calendar import Grid
from kapula.analyses.leading.panel import ALL, Panel
from kapula.analyses.leading.request import request
from kapula.analyses.leading.results import LeadingResult

Floats = NDArray[np.float64]
Worlds = dict[str, Callable[[np.random.Generator, int, int, int], tuple[Floats, Floats]]]


def memory(rng: np.random.Generator, shape: tuple[int, ...], weight: float) -> Floats:
    """AR(1) series of unit shocks along the last axis; weight 1 wanders."""
    values = rng.normal(size=(*shape[:-1], shape[-1] + 60))
    for period in range(1, values.shape[-1]):
        values[..., period] += weight * values[..., period - 1]
    return values[..., 60:]


def _season(periods: int, shift: int) -> Floats:
    return 2 * np.cos(2 * np.pi * (np.arange(periods) + shift) / 52)


def _shocked(rng: np.random.Generator, units: int, periods: int, count: int) -> tuple[Floats, Floats]:
    shock = 2 * memory(rng, (periods,), 0.7)
    return memory(rng, (units, periods), 0.5) + shock, memory(rng, (count, units, periods), 0.5) + shock


def _trending(rng: np.random.Generator, units: int, periods: int, count: int) -> tuple[Floats, Floats]:
    rise = 5 * np.arange(periods) / periods
    return (
        memory(rng, (units, periods), 0.4) + rise * rng.normal(1, 1, (units, 1)),
        memory(rng, (count, units, periods), 0.4) + rise * rng.normal(1, 1, (count, units, 1)),
    )


def _seasonal(rng: np.random.Generator, units: int, periods: int, count: int) -> tuple[Floats, Floats]:
    swings = np.stack([_season(periods, 4 * place) * rng.uniform(0.5, 1.5, (units, 1)) for place in range(count)])
    own = _season(periods, 0) * rng.uniform(0.5, 1.5, (units, 1))
    return memory(rng, (units, periods), 0.4) + own, memory(rng, (count, units, periods), 0.4) + swings


def _together(rng: np.random.Generator, units: int, periods: int, count: int) -> tuple[Floats, Floats]:
    x = memory(rng, (count, units, periods), 0.7)
    return 2 * x.mean(axis=0) + memory(rng, (units, periods), 0.2), x


def _holed(rng: np.random.Generator, units: int, periods: int, count: int) -> tuple[Floats, Floats]:
    y, x = memory(rng, (units, periods), 0.6), memory(rng, (count, units, periods), 0.6)
    y[rng.random(y.shape) < 0.15] = np.nan
    x[rng.random(x.shape) < 0.10] = np.nan
    return y, x


def plain(weight: float) -> Callable[[np.random.Generator, int, int, int], tuple[Floats, Floats]]:
    return lambda rng, units, periods, count: (
        memory(rng, (units, periods), weight),
        memory(rng, (count, units, periods), weight),
    )


NULL: Worlds = {
    "autocorrelated": plain(0.6),
    "stubborn": plain(0.9),
    "random_walks": plain(1.0),
    "common_shocks": _shocked,
    "trends": _trending,
    "seasons": _seasonal,
    "same_period": _together,
    "gaps": _holed,
}
"""Worlds in which nothing leads, though much moves together."""


def planted(
    rng: np.random.Generator, units: int, periods: int, lag: int, slope: float, weight: float = 0.6, noise: float = 0.5
) -> tuple[Floats, Floats]:
    """A target that answers its only candidate ``lag`` periods later, on noise with its own memory."""
    x = memory(rng, (1, units, periods + lag), weight)
    return slope * x[0, :, :periods] + memory(rng, (units, periods), noise), x[:, :, lag:]


def panel(y: Floats, x: Floats, n: Floats | None = None, grain: str = "period") -> Panel:
    units, periods = y.shape
    grid = Grid(np.arange(periods), tuple(range(periods)), grain)
    answers = np.where(np.isfinite(y), 1.0 if n is None else n, 0.0)
    return Panel(ALL, tuple(range(units)), grid, y, x, answers, y.size, 0, 0)


def asked(count: int, **settings: Any) -> Any:
    usual: dict[str, Any] = {
        "target": "y", "candidates": [f"x{place}" for place in range(count)], "unit": "unit", "time": "time", "segment": None,
        "weight": None, "filters": None, "period": None, "timezone": "UTC", "max_lag": 8, "horizon": 1, "window": 1, "season": 0,
        "dependent": False, "q": 0.05, "level": 0.95, "bad": "low", "miss_cost": 3.0, "event": 0.2,
    }  # fmt: skip
    return request(**{**usual, **settings})


def answer(y: Floats, x: Floats, **settings: Any) -> LeadingResult:
    """The whole analysis of arrays: what ``kapula.leading`` does once the rows are read."""
    return answered([panel(y, x)], asked(len(x), **settings))


def rows(y: Floats, x: Floats) -> dict[str, Any]:
    """The same as long rows."""
    units, periods = y.shape
    table: dict[str, Any] = {
        "unit": np.repeat([f"u{unit:02d}" for unit in range(units)], periods),
        "week": np.tile(np.arange(periods), units),
        "y": y.ravel(),
    }
    return table | {f"x{place}": one.ravel() for place, one in enumerate(x)}
