"""A segment's part of the change, and the parts by one segment column alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.analyses.decompose.part import Part
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class SegmentPart:
    """One segment's part of the change.

    ``status``: "both", "entered" (no answers in the first period) or "left". ``share_…``: of the weight (of the exposure, in a rate).
    ``value_…``: the measure in the segment, None where it had no answers. ``change``: the segment's own change; ``sure``: that change is
    surely not zero after Holm's correction over the segments. ``pooled``: the segments put together because each was too small.
    """

    segment: Any
    status: str
    n_first: int
    n_second: int
    share_first: float
    share_second: float
    value_first: float | None
    value_second: float | None
    mix: Part
    within: Part
    change: Part | None
    sure: bool = False
    warnings: tuple[str, ...] = ()
    pooled: tuple[Any, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """``low`` and ``high`` are those of ``within``."""
        own = (
            {"change": None, "change_low": None, "change_high": None}
            if self.change is None
            else self.change.named("change")
        )
        return {
            "segment": self.segment,
            "mix": plain(self.mix.value),
            "within": plain(self.within.value),
            "low": plain(self.within.low),
            "high": plain(self.within.high),
            "mix_low": plain(self.mix.low),
            "mix_high": plain(self.mix.high),
            **own,
            "sure": self.sure,
            "status": self.status,
            "n_first": self.n_first,
            "n_second": self.n_second,
            "share_first": plain(self.share_first),
            "share_second": plain(self.share_second),
            "value_first": plain(self.value_first),
            "value_second": plain(self.value_second),
            "warnings": list(self.warnings),
            "pooled": list(self.pooled),
        }


@dataclass(frozen=True, slots=True)
class ColumnSplit:
    """Mix and within by one of several segment columns alone."""

    column: str
    mix: Part
    within: Part

    def to_dict(self) -> dict[str, Any]:
        return {"column": self.column, **self.mix.named("mix"), **self.within.named("within")}
