"""The answer of :func:`kapula.text.shares.shares`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.results import plain


@dataclass(frozen=True, slots=True)
class ShareRow:
    """A label's share among the comments of a group and period. ``value``, ``low``, ``high``: corrected; ``apparent…``: as the classifier
    said. All None when withheld; the first three None when they cannot be corrected though error rates were given."""

    label: str
    by: Any
    period: str | None
    value: float | None
    low: float | None
    high: float | None
    apparent: float | None
    apparent_low: float | None
    apparent_high: float | None
    n: int
    n_effective: float
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "label": self.label,
            "by": self.by,
            "period": self.period,
            "value": plain(self.value),
            "low": plain(self.low),
            "high": plain(self.high),
            "apparent": plain(self.apparent),
            "apparent_low": plain(self.apparent_low),
            "apparent_high": plain(self.apparent_high),
            "n": self.n,
            "n_effective": plain(self.n_effective),
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True, slots=True)
class ShareDifference:
    """``second`` − ``first``: two periods of a group, or (``kind`` "group") a group against all the others, which is ``first`` None.

    ``p``: two-sided; ``q``: after Benjamini and Hochberg over all differences of the answer; ``sure``: q at most 1 − level.
    """

    kind: str
    label: str
    by: Any
    first: str | None
    second: str | None
    value: float
    low: float
    high: float
    p: float | None
    q: float | None = None
    sure: bool = False

    def to_dict(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "label": self.label,
            "by": self.by,
            "first": self.first,
            "second": self.second,
            "value": plain(self.value),
            "low": plain(self.low),
            "high": plain(self.high),
            "p": plain(self.p),
            "q": plain(self.q),
            "sure": self.sure,
        }


@dataclass(frozen=True, slots=True)
class SharesResult:
    """``n``: comments told of. ``breaks``: periods that begin with another version of the model or codebook, and are compared with none
    before. ``errors``: label → the error rates used."""

    of: str
    verdict: str
    n: int
    needed_n: int | None
    rows: tuple[ShareRow, ...]
    differences: tuple[ShareDifference, ...]
    breaks: tuple[str, ...] = ()
    errors: Mapping[str, Any] = field(default_factory=dict)
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def row(self, label: str, period: str | None = None, by: Any = None) -> ShareRow:
        """The one row of that label, period and group. Raises KeyError."""
        for row in self.rows:
            if (row.label, row.period, row.by) == (label, period, by):
                return row
        raise KeyError((label, period, by))

    def to_dict(self) -> dict[str, Any]:
        return {
            "of": self.of,
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "rows": [row.to_dict() for row in self.rows],
            "differences": [one.to_dict() for one in self.differences],
            "breaks": list(self.breaks),
            "errors": dict(self.errors),
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }
