"""What is asked, checked before any data is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from kapula.errors import ParameterError
from kapula.trends.periods import require_period

MOST_LAGS = 104


@dataclass(frozen=True, slots=True)
class Request:
    """The parameters of :func:`kapula.leading`, usable."""

    target: str
    candidates: tuple[str, ...]
    unit: str | None
    time: str
    segment: str | None
    weight: str | None
    filters: Any
    period: str | None
    timezone: str
    max_lag: int
    horizon: int
    window: int
    season: float | None
    dependent: bool
    q: float
    level: float
    bad: str
    miss_cost: float
    event: float

    @property
    def lags(self) -> range:
        """The lags that may be called leads, in the panel's own periods; multiples of the survey window."""
        return range(self.horizon, self.max_lag // self.window + 1)


def request(
    *, target: str, candidates: Sequence[str], max_lag: int, horizon: int, window: int | None, season: float | None,
    q: float, level: float, bad: str, miss_cost: float, event: float, period: str | None, **rest: Any,
) -> Request:  # fmt: skip
    """Raises :class:`~kapula.errors.ParameterError` for a candidate that is the target, no candidate, and numbers out of range."""
    names = (candidates,) if isinstance(candidates, str) else tuple(candidates)
    if not names:
        raise _refused("candidates", [], "Name at least one candidate.")
    if target in names:
        raise _refused("candidates", target, "The target cannot lead itself: leave it out of the candidates.")
    if period is not None:
        require_period(period)
    span = 1 if window is None else window
    _within("window", span, 1, MOST_LAGS)
    _within("max_lag", max_lag, 1, MOST_LAGS)
    if max_lag // span < 1:
        raise _refused("max_lag", max_lag, f"With a survey window of {span} periods max_lag is at least {span}.")
    _within("horizon", horizon, 1, max_lag // span)
    for name, share in (("q", q), ("level", level), ("event", event)):
        if not 0 < share < 1:
            raise _refused(name, share, "Give a share between 0 and 1.")
    if season is not None and (isinstance(season, bool) or not season >= 0):
        raise _refused("season", season, "Give how many periods a season takes, or 0 for none.")
    if bad not in ("low", "high"):
        raise _refused("bad", bad, "Say 'low' when a low target is bad, 'high' when a high one is.")
    if not miss_cost > 0:
        raise _refused("miss_cost", miss_cost, "Give a number above 0.")
    return Request(
        target=target, candidates=names, max_lag=max_lag, horizon=horizon, window=span, season=season, q=q, level=level,
        bad=bad, miss_cost=miss_cost, event=event, period=period, **rest,
    )  # fmt: skip


def _within(name: str, value: Any, low: int, high: int) -> None:
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise _refused(name, value, f"Give a whole number from {low} to {high}.")


def _refused(parameter: str, value: Any, hint: str) -> ParameterError:
    return ParameterError(f"{parameter} = {value!r} cannot be used.", hint=hint, parameter=parameter, value=value)
