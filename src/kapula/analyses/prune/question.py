"""What is told of one question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula.analyses.prune.cut import Interval
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class QuestionFound:
    """One question.

    ``order``: its turn to go (1 first; None for one that may never go or tells nothing). ``loss`` with its limits: the fall of R² on
    answers not seen when it and all before it have gone. ``rank_agreement``: Spearman's, of the kept questions' shares before and after;
    ``rank_low``: its lower limit. ``share``: its share of R² among all. ``twin_of``: the question that asks the same.
    """

    name: str
    drop: bool
    always: bool = False
    order: int | None = None
    loss: Interval | None = None
    rank_agreement: float | None = None
    rank_low: float | None = None
    share: float | None = None
    twin_of: str | None = None
    reversed: bool | None = None
    item_rest: float | None = None
    alpha_if_dropped: float | None = None
    seconds: float | None = None
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        loss = self.loss.to_dict() if self.loss else {"value": None, "low": None, "high": None}
        return {
            "name": self.name,
            "drop": self.drop,
            "always": self.always,
            "order": self.order,
            "loss": loss["value"],
            "low": loss["low"],
            "high": loss["high"],
            "rank_agreement": plain(self.rank_agreement),
            "rank_low": plain(self.rank_low),
            "share": plain(self.share),
            "twin_of": self.twin_of,
            "reversed": self.reversed,
            "item_rest": plain(self.item_rest),
            "alpha_if_dropped": plain(self.alpha_if_dropped),
            "seconds": plain(self.seconds),
            "warnings": list(self.warnings),
        }
