"""Normal quantiles made as wide as few units ask."""

from __future__ import annotations

from kapula.statistics.laws import normal_share, t_quantile


def expanded(share: float, units: int, parameters: int) -> float:
    """How far out to go where a normal law goes to its quantile ``share``: Student's t with the units left over, and the narrowness of a
    bootstrap of fitted models set right for the average leverage as HC3 does (MacKinnon & White 1985, Journal of Econometrics 29)."""
    df = max(1, units - parameters - 1)
    return float(t_quantile(share, df)) * units / df


def tails(level: float, units: int, parameters: int) -> tuple[float, float]:
    """The expanded percentiles (Hesterberg 2015, The American Statistician 69(4))."""
    z = expanded((1 + level) / 2, units, parameters)
    return float(normal_share(-z)), float(normal_share(z))
