"""What cannot be asked, and how it is refused."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from kapula.analyses.drivers.question import EXACT, METHODS, MISSING, RESAMPLED, Question
from kapula.analyses.resamples import LEAST_RESAMPLES
from kapula.errors import ParameterError
from kapula.statistics.seeds import require_seed

MOST_COLUMNS: Final = 400


def check_columns(asked: Question) -> None:
    if not asked.players:
        raise refused("drivers", "No drivers were named.", "Name one column or more.", [])
    names = [player.name for player in asked.players]
    for given, told in ((names, "driver"), (list(asked.columns), "column")):
        doubled = sorted({name for name in given if given.count(name) > 1})
        if doubled:
            raise refused("drivers", f"The {told} {doubled[0]!r} is named twice.", "Name each once.", doubled)
    taken = {asked.outcome: "outcome", asked.weight: "weight"}
    for column in asked.columns:
        if column in taken:
            told = taken[column]
            raise refused("drivers", f"{column!r} is the {told} and a driver.", "Take it out of one.", column)
    if asked.outcome == asked.weight:
        raise refused("weight", f"{asked.outcome!r} is the outcome and the weight.", "Name another.", asked.weight)


def check_settings(asked: Question) -> None:
    require_seed(asked.seed)
    allowed(asked.method, METHODS, "method")
    allowed(asked.missing, MISSING, "missing")
    if asked.n_boot != 0 and asked.n_boot < LEAST_RESAMPLES:
        hint = f"Take 1000, at least {LEAST_RESAMPLES}, or 0 for none."
        raise refused("n_boot", f"{asked.n_boot} resamples give no interval.", hint, asked.n_boot)
    if not 0.5 <= asked.level < 1:
        raise refused("level", f"The level {asked.level} is not a confidence level.", "Take 0.95.", asked.level)
    if asked.imputations < 2:
        raise refused(
            "imputations", "Fewer than two imputations say nothing of what is missing.", "Take 20.", asked.imputations
        )
    if asked.missing == "impute" and asked.method in ("shapley_logit", "penalty_reward"):
        raise refused(
            "missing",
            f"{asked.method} takes only rows with every answer.",
            "Use listwise, or lmg or johnson.",
            "impute",
        )
    if asked.always and asked.method in ("shapley_logit", "penalty_reward"):
        hint = "Give the covariates as drivers of their own, or use lmg or johnson."
        raise refused("always", f"{asked.method} takes no covariates.", hint, list(asked.always))


def check_cuts(asked: Question, cuts: Any) -> None:
    """Cuts change nothing where no answer is low or high."""
    if cuts is not None and asked.method != "penalty_reward":
        hint = "Leave the cuts out, or use penalty_reward."
        told = f"{asked.method} has no use for cuts: only penalty_reward divides answers into low and high."
        raise refused("cuts", told, hint, cuts)


def check_size(asked: Question) -> None:
    players = len(asked.players)
    if len(asked.columns) > MOST_COLUMNS:
        raise refused(
            "drivers", f"{len(asked.columns)} columns are too many.", f"At most {MOST_COLUMNS}.", len(asked.columns)
        )
    if asked.method in ("lmg", "penalty_reward") and players > EXACT:
        hint = "Use method='johnson', or take drivers together with groups."
        raise refused(
            "method", f"{asked.method} computes every subset, and {players} drivers have too many.", hint, players
        )
    if asked.method in ("lmg", "penalty_reward") and players > RESAMPLED and asked.n_boot:
        hint = "Use method='johnson', n_boot=0 for the figures without intervals, or take drivers together with groups."
        told = f"Every subset of {players} drivers in {asked.n_boot} resamples is too much to compute exactly."
        raise refused("n_boot", told, hint, asked.n_boot)
    if asked.method == "shapley_logit" and players > EXACT:
        raise refused(
            "method", f"shapley_logit takes at most {EXACT} drivers.", "Take drivers together with groups.", players
        )


def allowed(value: str, values: Sequence[str], parameter: str) -> None:
    if value not in values:
        hint = f"Use one of: {', '.join(values)}."
        raise ParameterError(
            f"There is no {parameter} {value!r}.", hint=hint, parameter=parameter, value=value, allowed=list(values)
        )


def refused(parameter: str, message: str, hint: str, value: Any) -> ParameterError:
    return ParameterError(message, hint=hint, parameter=parameter, value=value)
