"""``kapula.prune``: which questions can go with how little loss."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kapula.analyses.contract import Progress, no_progress
from kapula.analyses.prune.answer import answered
from kapula.analyses.prune.checks import checked
from kapula.analyses.prune.prepare import prepare
from kapula.analyses.prune.results import PruneResult
from kapula.analyses.prune.sift import sift


def prune(
    table: Any,
    outcome: str,
    questions: Sequence[str],
    leading: Sequence[str] | str | None = None,
    *,
    always: Sequence[str] | str = (),
    scale: Sequence[str] | None = None,
    seconds: str | Mapping[str, float] | None = None,
    weight: str | None = None,
    cluster: str | None = None,
    time: str | None = None,
    max_loss: float = 0.01,
    min_agreement: float = 0.8,
    twin: float = 0.85,
    folds: int = 10,
    repeats: int = 5,
    n_boot: int = 200,
    careless: Mapping[str, float] | None = None,
    agree: int = 2,
    filters: Any = None,
    level: float = 0.95,
    seed: int = 1,
    progress: Progress = no_progress,
) -> PruneResult:
    """Which of ``questions`` can go with how little loss of prediction of ``outcome`` and of driver ranking.

    ``table``: any of :func:`kapula.as_table`. ``leading``: columns that are at hand anyway and stay in the model (leading indicators,
    lagged by the caller). ``always``: questions that may never go. ``scale``: the questions of Cronbach's alpha (all of them). ``seconds``:
    the column of the time it took to answer ``questions`` and ``outcome``, or question → seconds. ``cluster``: whose rows belong
    together: they stay in one fold. ``time``: then folds are stretches of time. ``max_loss``: how much R² may fall at most (upper limit);
    ``min_agreement``: least rank correlation of the kept questions' shares. ``twin``: least sure correlation of two questions that ask
    the same. ``careless``: index → cut, as in :data:`~kapula.analyses.prune.careless.CUTS`; ``agree``: how many indices must agree.

    R² is that of the linear model on answers not seen; 0.01 is one percentage point of the outcome's variance. Raises
    :class:`~kapula.errors.KapulaError` of the kind that fits. Method: docs/analyses/prune.md.
    """
    settings = checked(
        outcome=outcome, questions=questions, leading=leading, always=always, scale=scale, seconds=seconds, weight=weight,
        cluster=cluster, time=time, max_loss=max_loss, min_agreement=min_agreement, twin=twin, folds=folds, repeats=repeats,
        n_boot=n_boot, careless=careless, agree=agree, level=level, seed=seed,
    )  # fmt: skip
    return answered(sift(settings, prepare(table, settings, filters)), progress)
