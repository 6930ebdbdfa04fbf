"""What ``kapula.prune`` finds in worlds whose truth is known: the example organisation, null worlds, and many small samples."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from example_statistics import planted

import kapula
from kapula.example import build
from kapula.example.questions import DRIVERS

pytestmark = pytest.mark.slow
QUESTIONS = [f"answer_{code}" for code in (*DRIVERS, "trust", "reliance")]
SURVEY = {"source": "relationship_survey"}


def asked(table: Any, **more: Any) -> Any:
    return kapula.prune(
        table,
        "answer_nps",
        QUESTIONS,
        cluster="customer",
        filters=SURVEY,
        **{"folds": 5, "repeats": 2, "n_boot": 100, **more},
    )


@cache
def found() -> Any:
    return asked(planted().responses)


def test_the_question_asked_twice_is_found_and_one_of_the_two_goes() -> None:
    (pair,) = found().twins
    assert {pair.first, pair.second} == {"answer_trust", "answer_reliance"}
    assert pair.low < 0.95 < pair.high or pair.correlation == pytest.approx(0.95, abs=0.01)
    assert {"answer_trust", "answer_reliance"} & set(found().drop)


def test_what_recommendation_is_made_of_stays() -> None:
    assert found().verdict == "can_drop"
    assert {"answer_rel_resolution", "answer_rel_price", "answer_rel_waiting"} <= set(found().with_all.keep)
    assert "answer_rel_responsibility" in found().drop
    assert found().with_all.loss.high <= 0.012


def test_in_a_null_world_nothing_is_ranked_and_nothing_is_asked_twice() -> None:
    null = asked(build(null=True).responses)
    assert (null.verdict, null.drop, null.twins) == ("no_prediction", (), ())
    assert all(one.share is None for one in null.questions)


BETA = np.array([0.6, 0.4, 0.3, 0.2, 0.12, 0.08, 0.05, 0.0, 0.0, 0.0])
NAMES = [f"q{place}" for place in range(len(BETA))]
SHARED = 0.3
COVARIANCE = SHARED + (1 - SHARED) * np.eye(len(BETA))


def sample(seed: int, n: int, beta: np.ndarray = BETA) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(seed)
    x = np.sqrt(SHARED) * rng.normal(size=(n, 1)) + np.sqrt(1 - SHARED) * rng.normal(size=(n, len(beta)))
    return {"y": x @ beta + 1.5 * rng.normal(size=n), **dict(zip(NAMES, x.T, strict=True))}


def fresh_error(table: dict[str, np.ndarray], kept: list[str]) -> float:
    """Expected squared error on new answers of the model fitted to these: exact, for the world is known."""
    z = np.column_stack([np.ones(len(table["y"])), *(table[name] for name in kept)])
    b = np.linalg.lstsq(z, table["y"], rcond=None)[0]
    gap = BETA.copy()
    for name, weight in zip(kept, b[1:], strict=True):
        gap[NAMES.index(name)] -= weight
    return float(1.5**2 + b[0] ** 2 + gap @ COVARIANCE @ gap)


VARIANCE = float(1.5**2 + BETA @ COVARIANCE @ BETA)


@cache
def runs() -> list[tuple[Any, dict[str, np.ndarray]]]:
    """Thirty-six samples at each of three sizes, so that recommendations of many lengths are judged."""
    tables = [sample(seed, n) for seed in range(36) for n in (600, 1200, 2500)]
    settings = {"folds": 10, "repeats": 2, "n_boot": 100, "agree": 4, "max_loss": 0.02}
    return [(kapula.prune(table, "y", NAMES, **settings), table) for table in tables]


def fresh_loss(table: dict[str, np.ndarray], gone: tuple[str, ...]) -> float:
    return (fresh_error(table, [name for name in NAMES if name not in gone]) - fresh_error(table, NAMES)) / VARIANCE


def test_the_recommended_cuts_loss_is_that_on_fresh_answers() -> None:
    """The choice of questions and of how many is inside the validation, so its optimism is not left in the figure."""
    gaps = [result.with_all.loss.value - fresh_loss(table, result.drop) for result, table in runs() if result.drop]
    assert len(gaps) > 100
    assert abs(np.mean(gaps)) < 2.5 * np.std(gaps) / np.sqrt(len(gaps))


def test_the_recommended_cuts_interval_covers() -> None:
    held = [
        result.with_all.loss.low <= fresh_loss(table, result.drop) <= result.with_all.loss.high
        for result, table in runs()
        if result.drop
    ]
    assert np.mean(held) >= 0.92  # 0.95 less binomial error of some 110 recommendations


def test_the_paths_intervals_cover() -> None:
    """At every step, the loss on fresh answers of the questions gone so far."""
    held = []
    for result, table in runs():
        path = sorted(result.questions, key=lambda one: one.order)
        for step, one in enumerate(path, start=1):
            truth = fresh_loss(table, tuple(gone.name for gone in path[:step]))
            held.append(one.loss.low <= truth <= one.loss.high)
    assert 0.93 <= np.mean(held) <= 0.99


def test_the_interval_of_r2_covers() -> None:
    held = [
        result.with_all.r2.low <= 1 - fresh_error(table, NAMES) / VARIANCE <= result.with_all.r2.high
        for result, table in runs()
    ]
    assert np.mean(held) == pytest.approx(0.95, abs=0.04)  # 108 samples


def test_the_lower_limit_of_rank_agreement_covers() -> None:
    """The agreement in the world, of the questions kept, lies at or above the limit in at least 95 of 100, give or take."""
    held = []
    for result, _ in runs():
        if len(result.with_all.keep) > 2 and result.drop:
            held.append(world_agreement(result.with_all.keep) >= result.with_all.rank_low)
    assert np.mean(held) >= 0.93


def world_agreement(keep: tuple[str, ...]) -> float:
    from kapula.analyses.prune.ranking import shares, spearman

    moments = np.empty((len(BETA) + 1, len(BETA) + 1))
    moments[:-1, :-1], moments[:-1, -1], moments[-1, :-1] = COVARIANCE, COVARIANCE @ BETA, COVARIANCE @ BETA
    moments[-1, -1] = VARIANCE
    place = [NAMES.index(name) for name in sorted(keep)]
    inner = moments[np.ix_([*place, -1], [*place, -1])]
    return float(spearman(shares(moments[None])[0, place], shares(inner[None])[0]))


def test_questions_that_predict_nothing_are_said_to_in_most_null_samples() -> None:
    """The lower limit of R² is above zero in at most 2.5 % of samples where nothing is related, give or take binomial error."""
    settings = {"folds": 5, "repeats": 1, "n_boot": 50, "agree": 4}
    rng = np.random.default_rng(1)
    claims = 0
    for seed in range(150):
        table = sample(seed, 300) | {"y": rng.normal(size=300)}
        claims += kapula.prune(table, "y", NAMES, **settings).verdict != "no_prediction"
    assert claims <= 7
