"""The public function: what an outcome's variation is shared out to, how surely, and in which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from kapula.analyses.contract import Progress, no_progress
from kapula.analyses.drivers.gathering import gather
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.request import question
from kapula.analyses.drivers.request_checks import check_cuts
from kapula.analyses.drivers.results import DriversResult
from kapula.analyses.drivers.scales import scales_of


def drivers(
    table: Any,
    outcome: str,
    drivers: Sequence[str] | str,
    method: str | None = None,
    *,
    weight: str | None = None,
    groups: Mapping[str, Sequence[str]] | Sequence[Sequence[str]] | None = None,
    always: Sequence[str] | str = (),
    cluster: str | None = None,
    n_boot: int = 1000,
    level: float = 0.95,
    missing: str = "listwise",
    imputations: int = 20,
    scale: Any = None,
    cuts: Any = None,
    filters: Any = None,
    seed: int = 1,
    progress: Progress = no_progress,
) -> DriversResult:
    """Share what ``drivers`` explain of ``outcome`` among them, with intervals and the certainty of their order. Association, never effect.

    ``method``: "lmg" (the average gain in R² over all orders; exact; at most 20 drivers, 25 with ``n_boot=0``), "johnson" (relative
    weights; any number), "shapley_logit" (the same as lmg for a binary outcome, of McFadden's R²) or "penalty_reward" (what a low and
    what a high answer goes with; needs answers on a scale). None: lmg while it can, else johnson; ``result.method`` says which.

    ``groups``: name → columns taken together as one driver (the dummies of a category). ``always``: covariates that are always in the
    model; shares are of what the drivers add to them. ``cluster``: whose rows belong together; clusters are resampled. ``missing``:
    "listwise" uses rows with every answer; "impute" draws the blanks ``imputations`` times from a normal model. ``scale``: (low, high)
    of the drivers' answers, or driver → (low, high): adds performance 0–100 and the importance–performance map. ``cuts``: for
    penalty_reward, (low, high) or several: answers ≤ low are low, ≥ high are high. ``filters`` as in :func:`kapula.measure`. The same
    ``seed`` gives the same figures.

    Raises :class:`~kapula.errors.ParameterError` for settings that cannot be used, and what :func:`kapula.analyses.columns.checked` raises.
    Too few rows (under ``needed_n``) is an answer: verdict "not_enough", no figures. Sources and formulas: docs/analyses/drivers.md.
    """
    asked = question(
        outcome, drivers, method, groups, always, weight=weight, cluster=cluster, n_boot=n_boot, level=level,
        missing=missing, imputations=imputations, seed=seed,
    )  # fmt: skip
    check_cuts(asked, cuts)
    scales = scales_of(scale, asked)
    found = _answered(table, asked, filters, cuts, scales, progress)
    return replace(found, method=told(asked, cuts, found.method))


def _answered(table: Any, asked: Question, filters: Any, cuts: Any, scales: Any, progress: Progress) -> DriversResult:
    """Each method's own way; imported when used."""
    sample = gather(table, asked, filters)
    if asked.method == "shapley_logit":
        from kapula.analyses.drivers.logit_run import by_logit

        return by_logit(sample, asked, scales, progress)
    if asked.method == "penalty_reward":
        from kapula.analyses.drivers.penalty import by_penalty

        return by_penalty(sample, asked, cuts, scales, progress)
    if asked.missing == "impute":
        from kapula.analyses.drivers.impute_run import by_imputation

        return by_imputation(sample, asked, scales, progress)
    from kapula.analyses.drivers.linear import by_linear

    return by_linear(sample, asked, scales, progress)


def told(asked: Question, cuts: Any, more: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that repeat the run."""
    return {
        "method": asked.method,
        "drivers": {player.name: list(player.columns) for player in asked.players},
        "always": list(asked.always),
        "weight": asked.weight,
        "cluster": asked.cluster,
        "missing": asked.missing,
        "imputations": asked.imputations if asked.missing == "impute" else None,
        "n_boot": asked.n_boot,
        "level": asked.level,
        "seed": asked.seed,
        **more,
    }
