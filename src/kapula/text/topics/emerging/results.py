"""The answer of :func:`kapula.text.topics.emerging`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class EmergingAlert:
    """``topic`` rose at ``period``: ``count`` of ``total`` comments of the last ``window`` periods spoke of it, where
    ``expected`` would have by the share before. ``ratio``: of the two shares, with its interval; None when nobody spoke of it before.
    ``current``: the last period of the data is still within the alarm."""

    topic: str
    period: str
    window: int
    count: int
    total: int
    expected: float
    share: float
    share_before: float
    ratio: float | None
    low: float | None
    high: float | None
    p: float
    current: bool

    def to_dict(self) -> dict[str, Any]:
        return {
            "topic": self.topic,
            "period": self.period,
            "window": self.window,
            "count": self.count,
            "total": self.total,
            "expected": plain(self.expected),
            "share": plain(self.share),
            "share_before": plain(self.share_before),
            "ratio": plain(self.ratio),
            "low": plain(self.low),
            "high": plain(self.high),
            "p": plain(self.p),
            "current": self.current,
        }


@dataclass(frozen=True, slots=True)
class EmergingResult:
    """``alerts``: the latest first. ``n``: comments; ``needed_n``: periods that are needed before anything can be judged, None when
    there are enough. ``rate``: false alarms a year, over all topics together, that were promised. ``limit``: the p of an alarm."""

    verdict: str
    n: int
    needed_n: int | None
    alerts: tuple[EmergingAlert, ...]
    topics: tuple[str, ...]
    periods: tuple[str, ...]
    rate: float
    limit: float | None
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def current(self) -> tuple[EmergingAlert, ...]:
        return tuple(alert for alert in self.alerts if alert.current)

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "alerts": [alert.to_dict() for alert in self.alerts],
            "topics": list(self.topics),
            "periods": list(self.periods),
            "rate": self.rate,
            "limit": plain(self.limit),
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }
