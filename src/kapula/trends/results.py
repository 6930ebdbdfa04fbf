"""What a trend returns: figures, limits, signals, change points, breaks and the facts a page needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from kapula.results import Difference, Row, plain, rows_to_arrow
from kapula.trends.changepoints import ChangePoint
from kapula.trends.comparability import Break
from kapula.trends.rules import Signal

NUMBERS = ("level", "centre", "limit_low", "limit_high", "ewma", "ewma_low", "ewma_high")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One period. ``row``: its figure (value None and n 0 in a gap). ``start``: its first day, ISO. ``full``: it had
    ended on the day the trend was drawn. ``stretch``: counts the stretches between hard breaks from 0. ``level``: the
    mean between change points. ``centre``, ``limit_low``, ``limit_high``: the individuals chart; ``ewma``,
    ``ewma_low``, ``ewma_high``: the EWMA and its limits; None in a gap."""

    row: Row
    start: str
    full: bool
    stretch: int
    level: float | None = None
    centre: float | None = None
    limit_low: float | None = None
    limit_high: float | None = None
    ewma: float | None = None
    ewma_low: float | None = None
    ewma_high: float | None = None

    def to_dict(self) -> dict[str, Any]:
        numbers = {name: plain(getattr(self, name)) for name in NUMBERS}
        return {**self.row.to_dict(), "start": self.start, "full": self.full, "stretch": self.stretch, **numbers}


@dataclass(frozen=True, slots=True)
class Stretch:
    """How the limits of one stretch were made. ``centre``: the level at its end. ``dispersion``: variation between
    periods as a multiple of sampling alone (None when the sampling error is unknown). ``autocorrelation``: lag 1."""

    first: str
    last: str
    centre: float | None
    dispersion: float | None
    autocorrelation: float
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "first": self.first,
            "last": self.last,
            "centre": plain(self.centre),
            "dispersion": plain(self.dispersion),
            "autocorrelation": plain(self.autocorrelation),
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class Summary:
    """The facts a page opens with. ``last``: the last full period with a figure, ``silent``: full periods without
    answers after it. ``change``: last against the previous period with a figure; ``window_change``: the last
    ``window`` periods together against the same number before them; ``year_change``: those against the same periods a
    year earlier. None where there is nothing to compare."""

    last: str | None
    silent: int
    window: int
    change: Difference | None
    window_change: Difference | None
    year_change: Difference | None

    def to_dict(self) -> dict[str, Any]:
        differences = {
            name: difference.to_dict() if (difference := getattr(self, name)) else None
            for name in ("change", "window_change", "year_change")
        }
        return {"last": self.last, "silent": self.silent, "window": self.window, **differences}


@dataclass(frozen=True, slots=True)
class TrendSeries:
    """The trend of one group (``by`` None for everyone)."""

    by: Any
    points: tuple[TrendPoint, ...]
    stretches: tuple[Stretch, ...]
    signals: tuple[Signal, ...]
    changes: tuple[ChangePoint, ...]
    breaks: tuple[Break, ...]
    summary: Summary
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        parts = ("stretches", "signals", "changes", "breaks")
        lists = {name: [item.to_dict() for item in getattr(self, name)] for name in parts}
        rows = [point.to_dict() for point in self.points]
        return {
            "by": self.by,
            "rows": rows,
            **lists,
            "summary": self.summary.to_dict(),
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class TrendResult:
    """A measure over time. ``rows`` are the figures of every series, as ``kapula.measure`` returns them, with gaps as
    rows of n 0."""

    measure: str
    unit: str
    period: str
    series: tuple[TrendSeries, ...]
    method: Mapping[str, Any] = field(default_factory=dict)
    set_aside: Mapping[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> tuple[Row, ...]:
        return tuple(point.row for series in self.series for point in series.points)

    @property
    def warnings(self) -> tuple[str, ...]:
        """Every series' warnings, each once."""
        return tuple(dict.fromkeys(code for series in self.series for code in series.warnings))

    def to_dict(self) -> dict[str, Any]:
        return {
            "measure": self.measure,
            "unit": self.unit,
            "period": self.period,
            "rows": [row.to_dict() for row in self.rows],
            "series": [series.to_dict() for series in self.series],
            "method": dict(self.method),
            "set_aside": dict(self.set_aside),
            "warnings": list(self.warnings),
        }

    def to_arrow(self) -> pa.Table:
        """One row a period and series: the figures, then start, full, stretch, limits and EWMA."""
        points = [point for series in self.series for point in series.points]
        table = rows_to_arrow(self.rows)
        for name in ("start", "full", "stretch"):
            table = table.append_column(name, pa.array([getattr(point, name) for point in points]))
        for name in NUMBERS:
            table = table.append_column(name, pa.array([plain(getattr(point, name)) for point in points], pa.float64()))
        return table
