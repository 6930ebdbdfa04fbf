"""What a fitted two-level model says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.analyses.linkage.robust import Estimate
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Multilevel:
    """``fixed``: name → estimate. ``sd``: of the random effects by name, in the outcome's unit per the predictor's; ``correlation``:
    between them, in the order of ``sd``; ``residual``: the residual's. ``criterion``: −2 log-likelihood (restricted with "reml")."""

    fixed: dict[str, Estimate]
    sd: dict[str, float]
    correlation: tuple[tuple[float, ...], ...]
    residual: float
    criterion: float
    n: int
    n_units: int
    method: str

    def to_dict(self) -> dict[str, Any]:
        names = ("value", "se", "df", "low", "high", "p")
        return {
            "fixed": {key: {name: plain(getattr(one, name)) for name in names} for key, one in self.fixed.items()},
            "sd": {key: plain(value) for key, value in self.sd.items()},
            "correlation": [[plain(value) for value in row] for row in self.correlation],
            "residual": plain(self.residual),
            "criterion": plain(self.criterion),
            "n": self.n,
            "n_units": self.n_units,
            "method": self.method,
        }
