"""Error rates from comments that were drawn separately among those the classifier named and those it did not.

Half and half is the cheapest way to meet both kinds of mistake where few comments have the theme, but such counts are no sample of all
comments: taken for one, they make sensitivity too high and false alarms far too many. Each stratum therefore counts for the share of
comments it was drawn from (Cochran 1977, *Sampling Techniques*, ch. 5; Begg & Greenes 1983, Biometrics 39, 207–215).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar, Final

import numpy as np
from numpy.typing import NDArray

from kapula.errors import ParameterError
from kapula.text.shares.errors import FEW_CHECKED, LEAST_YOUDEN, ErrorRates, Rates, of_shares

Floats = NDArray[np.float64]
DRAWS: Final = 4000
SEED: Final = 1
PRIOR: Final = 0.5
"""Pretended comments of each of the two kinds a stratum was drawn as (Jeffreys): what a comment is said to be seldom changes later."""
NEXT_TO_NOTHING: Final = 0.02
"""The least that a drawn sensitivity + specificity − 1 is taken to be when something is divided by it."""


@dataclass(frozen=True, slots=True)
class StratifiedRates:
    """``named_share``: of the comments drawn from, the share that the classifier named. ``named``, ``unnamed``: what people said of those
    drawn among either (against what is said *now*: a comment that was drawn as named may be read otherwise since)."""

    named_share: float
    named: ErrorRates
    unnamed: ErrorRates
    version: str | None = None
    interval: ClassVar[str] = "drawn"

    def __post_init__(self) -> None:
        if not 0 < self.named_share < 1 or not self.named.checked or not self.unnamed.checked:
            raise ParameterError(
                "Comments drawn separately need some of both kinds, and the share that was named between 0 and 1.",
                hint="Check comments of both kinds, or give the four counts of a plain sample without named_share.",
                parameter="errors",
                value=[self.named_share, self.named.checked, self.unnamed.checked],
            )

    @property
    def sensitivity(self) -> float:
        return float(self._rates(self._shares())[0])

    @property
    def specificity(self) -> float:
        return float(self._rates(self._shares())[1])

    @property
    def youden(self) -> float:
        return self.sensitivity + self.specificity - 1

    @property
    def checked(self) -> int:
        return self.named.checked + self.unnamed.checked

    @property
    def few(self) -> bool:
        return min(self.named.checked, self.unnamed.checked) < FEW_CHECKED

    @property
    def usable(self) -> bool:
        return self.youden_interval()[0] >= LEAST_YOUDEN

    def youden_interval(self, level: float = 0.95) -> tuple[float, float]:
        low, high = np.quantile(_drawn(self).sum(axis=0) - 1, [(1 - level) / 2, (1 + level) / 2])
        return min(float(low), self.youden), max(float(high), self.youden)

    def drawn(self, replicates: int, random: np.random.Generator) -> tuple[Floats, Floats]:
        """(sensitivity, specificity), each (replicates,): what they may be, given what was checked."""
        shares = [
            weight * _dirichlet(counts.counts + PRIOR * np.array(there), replicates, random)
            for weight, counts, there in (
                (self.named_share, self.named, (1, 0, 1, 0)),
                (1 - self.named_share, self.unnamed, (0, 1, 0, 1)),
            )
        ]
        return self._rates(shares[0] + shares[1])

    def bounds(self, share: float, n: float, level: float) -> tuple[float, float]:
        """The corrected share's interval: quantiles of what it may be, both the ``n`` comments and those checked drawn anew."""
        random = np.random.default_rng(SEED)
        seen = random.beta(share * n + PRIOR, (1 - share) * n + PRIOR, DRAWS)
        sensitivity, specificity = _drawn(self)
        found = of_shares(seen, sensitivity, specificity, NEXT_TO_NOTHING)
        low, high = np.quantile(found, [(1 - level) / 2, (1 + level) / 2])
        return max(0.0, float(low)), min(1.0, float(high))

    def _shares(self) -> Floats:
        """Of all comments: said and so, not said though so, said though not, neither."""
        return np.asarray(
            self.named_share * self.named.counts / self.named.checked
            + (1 - self.named_share) * self.unnamed.counts / self.unnamed.checked
        )

    @staticmethod
    def _rates(shares: Floats) -> tuple[Floats, Floats]:
        found, missed, false, passed = np.moveaxis(shares, -1, 0)
        tiny = 1e-12
        return found / np.maximum(found + missed, tiny), passed / np.maximum(false + passed, tiny)

    def to_dict(self) -> dict[str, Any]:
        low, high = self.youden_interval()
        return {
            "named_share": self.named_share,
            "named": self.named.to_dict(),
            "unnamed": self.unnamed.to_dict(),
            "sensitivity": self.sensitivity,
            "specificity": self.specificity,
            "youden": self.youden,
            "youden_low": low,
            "youden_high": high,
            "version": self.version,
        }

    @classmethod
    def of_labels(
        cls, truth: Sequence[bool], said: Sequence[bool], drawn_as_named: Sequence[bool], named_share: float
    ) -> StratifiedRates:
        """Counted from what people and the classifier said of the same comments, and as which kind each had been drawn."""
        parts = [
            ErrorRates.of_labels(
                [one for one, named in zip(truth, drawn_as_named, strict=True) if named == kind],
                [one for one, named in zip(said, drawn_as_named, strict=True) if named == kind],
            )
            for kind in (True, False)
        ]
        return cls(named_share, parts[0], parts[1])


def rates_from(told: Mapping[str, Any]) -> Rates:
    """Four counts by name; with ``named_share`` those the classifier named and those it did not were checked separately.

    Raises :class:`ParameterError`."""
    counts, share = ErrorRates.from_dict(told), told.get("named_share")
    if share is None:
        return counts
    if isinstance(share, bool) or not isinstance(share, int | float):
        raise ParameterError(
            "named_share is a number.",
            hint="Give the share of comments that was named, as 0.12.",
            parameter="errors",
            value=share,
        )
    named = ErrorRates(counts.true_positive, 0, counts.false_positive, 0)
    return StratifiedRates(share, named, ErrorRates(0, counts.false_negative, 0, counts.true_negative), counts.version)


@lru_cache(maxsize=64)
def _drawn(rates: StratifiedRates) -> Floats:
    """(2, draws): a page asks for the same ones in every cell."""
    return np.stack(rates.drawn(DRAWS, np.random.default_rng(SEED + 1)))


def _dirichlet(counts: Floats, replicates: int, random: np.random.Generator) -> Floats:
    """(replicates, kinds); a kind that counts for nothing is never drawn."""
    drawn = random.gamma(np.maximum(counts, 1e-300), size=(replicates, len(counts))) * (counts > 0)
    return np.asarray(drawn / drawn.sum(axis=1, keepdims=True), dtype=np.float64)
