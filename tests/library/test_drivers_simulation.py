"""How often the intervals and the verdicts of key drivers are right, by simulation; and the planted truths of the example world."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import kapula
from kapula.analyses.columns import Read
from kapula.analyses.contract import no_progress
from kapula.analyses.drivers.explained import explained
from kapula.analyses.drivers.impute_run import by_imputation
from kapula.analyses.drivers.in_memory import in_memory
from kapula.analyses.drivers.intervals import Ranges, ranges
from kapula.analyses.drivers.logit_run import by_logit
from kapula.analyses.drivers.model import Explained, Model
from kapula.analyses.drivers.moments import covariances, standard_of, width
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.request import question
from kapula.analyses.drivers.resample import blocks, resampled
from kapula.analyses.drivers.results import DriversResult
from kapula.analyses.drivers.sample import Sample
from kapula.example import build

pytestmark = pytest.mark.slow
Floats = NDArray[np.float64]
RUNS = 800


def one_run(rows: Floats, random: np.random.Generator, n_boot: int = 300) -> tuple[Explained, Ranges]:
    """The linear run without reading a table: ``rows`` with the outcome last."""
    weight, columns = np.ones(len(rows)), rows.shape[1]
    standard = standard_of(rows, weight)
    parts = blocks(rows, weight, None, standard)
    total, sums = resampled(parts, len(rows), width(columns), n_boot, random, lambda done, all_: None)
    model = Model((1,) * (columns - 1))
    found = explained(covariances(np.vstack([total[None], sums]), columns)[1], model)
    point, draws = found.split()
    return point, ranges(point, draws, model, 0.95, len(rows))


def truth(correlations: Floats, beta: Floats, noise: float) -> tuple[Floats, float]:
    """Population shares and R² of standardised drivers."""
    count = len(beta)
    square = np.empty((count + 1, count + 1))
    square[:count, :count] = correlations
    square[count, :count] = square[:count, count] = correlations @ beta
    square[count, count] = beta @ correlations @ beta + noise
    found = explained(square[:, :, None], Model((1,) * count))
    return found.shares[:, 0], float(found.r2[0])


def simulated(n: int, correlations: Floats, beta: Floats, noise: float, likert: bool = False, seed: int = 1) -> Any:
    random = np.random.default_rng(seed)
    root = np.linalg.cholesky(correlations)
    for _ in range(RUNS):
        drivers = random.normal(size=(n, len(beta))) @ root.T
        outcome = drivers @ beta + np.sqrt(noise) * random.normal(size=n)
        yield one_run(np.column_stack([drivers, outcome]), random)


MIXED = np.full((5, 5), 0.4) + 0.6 * np.eye(5)
MIXED[4, :4] = MIXED[:4, 4] = 0
"""Four drivers that correlate 0.4, and one apart."""


@pytest.mark.parametrize("n", [200, 1000])
def test_coverage_of_shares_differences_and_r2(n: int) -> None:
    """A strong, a middling and a weak driver, one that only shares their association, and one unrelated (share 0): each within 95 % ± 2
    and the binomial error of 800 runs, 0.8 points; all together within 95 % ± 1.5. The difference of the two last, both near 0, may be
    too cautious."""
    beta, noise = np.array([0.5, 0.3, 0.1, 0.0, 0.0]), 1.5
    shares, r2 = truth(MIXED, beta, noise)
    held, gaps, whole, falsely = [], [], [], 0
    for _point, found in simulated(n, MIXED, beta, noise):
        held.append((found.low <= shares) & (shares <= found.high))
        whole.append(found.r2_low <= r2 <= found.r2_high)
        true_gaps = shares[:, None] - shares
        gaps.append((found.difference_low <= true_gaps + 1e-12) & (true_gaps <= found.difference_high + 1e-12))
        falsely += bool((found.sure & (true_gaps <= 1e-12)).any())
    assert np.mean(held, axis=0) == pytest.approx(np.full(5, 0.95), abs=0.028)
    assert np.mean(held) == pytest.approx(0.95, abs=0.015)
    assert np.mean(whole) == pytest.approx(0.95, abs=0.02)
    pairs = np.mean(gaps, axis=0)[np.triu_indices(5, 1)]
    assert pairs[:-1] == pytest.approx(np.full(9, 0.95), abs=0.028)
    assert pairs[-1] >= 0.93
    assert pairs.mean() == pytest.approx(0.95, abs=0.015)
    assert falsely / RUNS <= 0.05


def test_equal_drivers_are_seldom_put_in_order() -> None:
    """Four exactly alike, strongly related to the outcome: an order among them is always false; all pairs at once at 5 %."""
    alike = np.full((4, 4), 0.5) + 0.5 * np.eye(4)
    wrong = sum(bool(found.sure.any()) for _, found in simulated(400, alike, np.full(4, 0.3), 1.0))
    assert wrong / RUNS <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / RUNS)


def test_unrelated_drivers_are_seldom_told_related() -> None:
    """200 null worlds of answers on scales, asked as a user would (the other methods of every second): alarms within binomial error of
    5 %."""
    random = np.random.default_rng(20)
    alarms: dict[str, int] = {"lmg": 0, "shapley_logit": 0, "penalty_reward": 0}
    ordered = 0
    for world in range(200):
        table = {name: np.clip(np.round(3.5 + random.normal(size=250)), 1, 5) for name in "abcd"}
        table["y"] = np.clip(np.round(7.5 + 2 * random.normal(size=250)), 0, 10)
        table["z"] = (random.random(250) < 0.4).astype(float)
        for method in alarms if world % 2 else ["lmg"]:
            outcome = "z" if method == "shapley_logit" else "y"
            found = kapula.drivers(table, outcome, list("abcd"), method, n_boot=100)
            alarms[method] += found.verdict != "nothing_sure"
            ordered += found.verdict == "first_sure"
    for method, count in alarms.items():
        worlds = 200 if method == "lmg" else 100
        assert count / worlds <= 0.05 + 2.6 * np.sqrt(0.05 * 0.95 / worlds), alarms
    assert ordered <= 3


def held(rows: Floats, method: str, n_boot: int, missing: str = "listwise") -> tuple[Sample, Question]:
    """A sample and a question as ``kapula.drivers`` makes them of a table, the outcome last, without the table."""
    names = tuple("abcdefgh"[: rows.shape[1] - 1])
    settings = {"weight": None, "cluster": None, "level": 0.95, "imputations": 20, "seed": 1}
    asked = question("y", names, method, None, (), n_boot=n_boot, missing=missing, **settings)
    return in_memory(Read((*names, "y"), rows, None, {}), asked), asked


def test_coverage_of_the_shares_of_a_binary_outcome() -> None:
    """The truth is a large sample of the same world. Every driver is held to 95 % ± 2, the one that only shares the others' too."""
    random = np.random.default_rng(6)

    def drawn(n: int) -> Floats:
        drivers = np.round(0.7 * random.normal(size=(n, 1)) + random.normal(size=(n, 3)))
        odds = drivers @ [0.8, 0.4, 0.0]
        return np.column_stack([drivers, odds + random.logistic(size=n) > 0]).astype(float)

    def asked_of(n: int, n_boot: int) -> DriversResult:
        return by_logit(*held(drawn(n), "shapley_logit", n_boot), {}, no_progress)

    true = [driver.share for driver in asked_of(1_000_000, 0).drivers]
    covered, whole = [], []
    for _ in range(1000):
        found = asked_of(400, 300)
        covered.append([driver.low <= share <= driver.high for driver, share in zip(found.drivers, true, strict=True)])
        whole.append(found.r2_low <= sum(true) <= found.r2_high)
    assert np.mean(covered, axis=0) == pytest.approx(np.full(3, 0.95), abs=0.02)
    assert np.mean(whole) == pytest.approx(0.95, abs=0.02)


def test_coverage_of_penalty_and_reward() -> None:
    random = np.random.default_rng(7)
    held = []
    for _ in range(200):
        table = {name: random.integers(1, 6, size=300).astype(float) for name in "ab"}
        steps = -1.0 * (table["a"] <= 2) + 0.5 * (table["b"] >= 4)
        table["y"] = steps + random.normal(size=300) * (1 + 0.5 * (table["a"] <= 2))
        found = kapula.drivers(table, "y", ["a", "b"], "penalty_reward", cuts=(2, 4), n_boot=0)
        first, second = found.asymmetry.drivers
        true = ((first.penalty, -1.0), (first.asymmetry, -1.0), (second.reward, 0.5), (second.penalty, 0.0))
        held.append([figure.low <= value <= figure.high for figure, value in true])
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)


def test_coverage_with_imputed_blanks() -> None:
    """A third of the strong driver is blank, more often when another answer is high. Three shares a run, which err together: 800 runs
    are worth about 1,300 of their own, 0.6 points of binomial error. Each run draws by a seed of its own: by one seed all would draw the
    same places of their sorted rows, and err together."""
    random = np.random.default_rng(8)
    beta, noise = np.array([0.6, 0.3, 0.0]), 1.0
    correlations = np.full((3, 3), 0.5) + 0.5 * np.eye(3)
    shares, _ = truth(correlations, beta, noise)
    root, covered = np.linalg.cholesky(correlations), []
    for run in range(800):
        drivers = random.normal(size=(400, 3)) @ root.T
        rows = np.column_stack([drivers, drivers @ beta + random.normal(size=400)])
        rows[random.random(400) < np.where(rows[:, 1] > 0, 0.5, 0.16), 0] = np.nan
        sample, asked = held(rows, "lmg", 300, "impute")
        found = by_imputation(sample, replace(asked, seed=run), {}, no_progress)
        covered.append(
            [driver.low <= share <= driver.high for driver, share in zip(found.drivers, shares, strict=True)]
        )
    assert np.mean(covered) == pytest.approx(0.95, abs=0.02)


# The example world.

RELATIONSHIP = ("resolution", "price", "waiting", "clarity", "reliability", "responsibility")


def relationship(null: bool, responses: int = 12_000) -> Any:
    table = build(responses=responses, null=null).responses
    return table.filter([source == "relationship_survey" for source in table["source"].to_pylist()])


def test_the_planted_drivers_come_back_in_order() -> None:
    """Truth relationship_drivers, in the world as the product shows it."""
    table = relationship(null=False, responses=60_000)
    names = [f"answer_rel_{name}" for name in RELATIONSHIP]
    found = kapula.drivers(table, "answer_nps", names, weight="weight", cluster="customer", scale=(1, 5))
    assert found.verdict == "first_sure"
    assert [rank.name for rank in found.ranks[:4]] == names[:4]
    assert all(rank.low <= 1 + names.index(rank.name) <= rank.high for rank in found.ranks)
    weights = {driver.name: driver.last for driver in found.drivers}
    assert weights["answer_rel_responsibility"] < 0.002
    assert found.drivers[-1].share < found.drivers[0].share / 3


def test_the_question_asked_twice_is_named() -> None:
    """Truth trust_asked_twice."""
    table = relationship(null=False)
    names = [f"answer_rel_{name}" for name in RELATIONSHIP]
    twice = kapula.drivers(
        table, "answer_nps", [*names, "answer_trust", "answer_reliance"], weight="weight", cluster="customer"
    )
    assert {"answer_trust", "answer_reliance"} <= set(twice.named["collinear"])
    assert {"answer_trust", "answer_reliance"} <= set(twice.named.get("shared_association", ())) or all(
        driver.share < 0.05 * twice.r2 for driver in twice.drivers[-2:]
    )


def test_the_null_world_has_no_drivers() -> None:
    table = relationship(null=True)
    names = [f"answer_rel_{name}" for name in RELATIONSHIP]
    found = kapula.drivers(table, "answer_nps", names, weight="weight", cluster="customer")
    assert found.verdict == "nothing_sure"
    assert found.r2 < 0.01
