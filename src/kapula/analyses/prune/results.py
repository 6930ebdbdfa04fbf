"""What :func:`kapula.prune` answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.analyses.prune.alpha import Alpha
from kapula.analyses.prune.careless import Careless
from kapula.analyses.prune.twins import Twins
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Interval:
    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        return {"value": plain(self.value), "low": plain(self.low), "high": plain(self.high)}


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


@dataclass(frozen=True, slots=True)
class Cut:
    """The recommended cut on ``n`` answers. ``loss``: of the whole recommendation, the choice of how many included. ``one_error``: how
    many could go within one standard error of dropping nothing. ``verdict`` is that of these answers alone."""

    verdict: str
    n: int
    r2: Interval
    drop: tuple[str, ...]
    keep: tuple[str, ...]
    loss: Interval
    rank_agreement: float | None
    rank_low: float | None
    one_error: int
    alpha: float | None = None

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "n": self.n,
            "r2": self.r2.to_dict(),
            "drop": list(self.drop),
            "keep": list(self.keep),
            "loss": self.loss.value,
            "low": self.loss.low,
            "high": self.loss.high,
            "rank_agreement": plain(self.rank_agreement),
            "rank_low": plain(self.rank_low),
            "one_error": self.one_error,
            "alpha": plain(self.alpha),
        }


@dataclass(frozen=True, slots=True)
class PruneResult:
    """Which questions may go. ``verdict``: "can_drop", "keep_all", "unsure", "no_prediction" or "not_enough". ``n``: whole answers used.
    ``with_all`` and ``without_careless``: the cut on all answers, and on those that are not flagged as careless. ``seconds_saved``: of one
    answer's time; ``minutes_saved``: of everyone's."""

    verdict: str
    n: int
    needed_n: int | None
    outcome: str
    questions: tuple[QuestionFound, ...]
    leading: tuple[str, ...] = ()
    twins: tuple[Twins, ...] = ()
    alpha: Alpha | None = None
    careless: Careless | None = None
    with_all: Cut | None = None
    without_careless: Cut | None = None
    seconds_saved: float | None = None
    minutes_saved: float | None = None
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def drop(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.questions if one.drop)

    def to_dict(self) -> dict[str, Any]:
        def told(part: Any) -> dict[str, Any] | None:
            found: dict[str, Any] | None = None if part is None else part.to_dict()
            return found

        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "outcome": self.outcome,
            "leading": list(self.leading),
            "drop": list(self.drop),
            "questions": [one.to_dict() for one in self.questions],
            "twins": [pair.to_dict() for pair in self.twins],
            "alpha": told(self.alpha),
            "careless": told(self.careless),
            "with_all": told(self.with_all),
            "without_careless": told(self.without_careless),
            "seconds_saved": plain(self.seconds_saved),
            "minutes_saved": plain(self.minutes_saved),
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }
