"""The sums every linear figure is made of. They add up: the sums of the parts are the sums of the whole."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over the answers of one group, where a row contributes y to the numerator and x to the denominator.

    ``rows``: rows looked at; ``n``: answers used; ``units``: independent units (clusters, else answers); ``w``,
    ``ww``: Σw and Σw²; ``y``, ``x``: Σwy and Σwx; ``m2``: Σwy²; ``yy``, ``xy``, ``xx``: sums over *units* of their
    total y², x·y and x². ``shift`` was taken off every y before summing (a constant near the mean keeps the variance
    exact for large values). ``off``, ``unweighted``, ``zero``: answers off the scale, answers without a weight, and
    answers of weight zero, set aside.
    """

    rows: int = 0
    n: int = 0
    units: int = 0
    w: float = 0.0
    ww: float = 0.0
    y: float = 0.0
    x: float = 0.0
    m2: float = 0.0
    yy: float = 0.0
    xy: float = 0.0
    xx: float = 0.0
    off: int = 0
    unweighted: int = 0
    zero: int = 0
    shift: float = 0.0

    def __add__(self, other: Sums) -> Sums:
        """The sums of both parts. The parts must share no unit and have the same shift."""
        if self.n and other.n and self.shift != other.shift:
            raise ValueError("sums with different shifts do not add up")
        total = {f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(self) if f.name != "shift"}
        return Sums(**total, shift=self.shift if self.n else other.shift)

    @property
    def ratio(self) -> float:
        """Σwy ÷ Σwx, the estimate."""
        return self.y / self.x + self.shift

    @property
    def variance_unscaled(self) -> float:
        """Taylor-linearised variance of the ratio, Σu² with u = (Y − rX) / ΣX over units, without units/(units − 1)."""
        r = self.y / self.x
        return max(0.0, (self.yy - 2 * r * self.xy + r * r * self.xx) / (self.x * self.x))

    @property
    def variance(self) -> float:
        """Taylor-linearised variance, with-replacement form: units/(units − 1) · Σu². NaN for a single unit.

        Source: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, 5.5–5.7; equals s²/n when nothing is
        weighted or clustered.
        """
        return self.variance_unscaled * self.units / (self.units - 1) if self.units > 1 else float("nan")

    @property
    def spread(self) -> float:
        """The variance of the answers themselves (weighted, divisor Σw)."""
        mean = self.y / self.w
        return max(0.0, self.m2 / self.w - mean * mean)

    @property
    def kish(self) -> float:
        """Kish's effective n, (Σw)² / Σw²."""
        return self.w * self.w / self.ww if self.ww else 0.0


def complete(raw: dict[str, Any], *, weighted: bool, shift: float) -> Sums:
    """Sums from what the engine counted, filling in what follows from it when there are no weights or no x."""
    got = {name: value for name, value in raw.items() if value is not None}
    n = int(got.get("n", 0))
    got.setdefault("units", n)
    if not weighted:
        got.setdefault("w", n)
        got.setdefault("ww", n)
        got.setdefault("m2", got.get("yy", 0.0))
        got.setdefault("xy", got.get("y", 0.0))
    got.setdefault("x", got.get("w", 0.0))
    got.setdefault("xx", got.get("ww", 0.0))
    counts = {"rows", "n", "units", "off", "unweighted", "zero"}
    known = {f.name for f in fields(Sums)} - {"shift"}
    numbers: dict[str, Any] = {k: int(v) if k in counts else float(v) for k, v in got.items() if k in known}
    return Sums(**numbers, shift=shift)
