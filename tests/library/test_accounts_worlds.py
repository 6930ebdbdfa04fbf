"""The account view in worlds whose truth is known: coverage, false alarms, and the example's firms."""

from __future__ import annotations

import numpy as np
import pyarrow.compute as pc
import pytest
from example_statistics import planted

import kapula
from kapula.analyses.accounts.averages import mean_of
from kapula.analyses.accounts.change import changes
from kapula.analyses.accounts.disagreement import disagreements
from kapula.analyses.accounts.ledger import Heard, Ledger
from kapula.analyses.accounts.model import fit, levels

Array = np.ndarray


def heard(rng: np.random.Generator, truth: Array, noise: float, gap: float) -> Heard:
    """One to four contacts an account, of two roles of which the second is ``gap`` lower."""
    account = np.repeat(np.arange(len(truth)), rng.integers(1, 5, len(truth)))
    role = (rng.random(len(account)) < 0.5).astype(np.int64)
    score = truth[account] - gap * role + rng.normal(0, noise, len(account))
    return Heard(account, role, score, np.zeros(len(account), np.int64), (None,) * len(account))


@pytest.mark.slow
@pytest.mark.parametrize(("accounts", "spread", "noise"), [(12, 1.0, 1.0), (30, 0.6, 1.0), (100, 0.7, 1.0)])
def test_the_intervals_of_levels_and_changes_cover(accounts: int, spread: float, noise: float) -> None:
    """95 % ± 2 over accounts; a change is told with caution where few accounts say how much they usually move."""
    rng = np.random.default_rng(8)
    own: list[float] = []
    moved: list[bool] = []
    for _ in range(9000 // accounts // (3 if accounts < 30 else 1)):
        before, move = 7 + rng.normal(0, spread, accounts), rng.normal(-0.2, 0.4, accounts)
        now = heard(rng, before + move, noise, 0.6)
        model = fit(now.account, now.role, now.score, 2)
        found = levels(model, now.account, now.role, now.score, np.ones(len(now.score)), np.array([0.5, 0.5]), 0.95)
        truth = (before + move - 0.3)[found.account]
        own.append(float(np.mean((found.low <= truth) & (truth <= found.high))))
        ledger = Ledger(tuple(range(accounts)), (0, 1), now, heard(rng, before, noise, 0.6), None, {}, None, {})
        moved += [one.low <= move[code] <= one.high for code, one in changes(ledger, model, 0.95).items()]
    assert 0.93 <= np.mean(own) <= 0.97
    assert np.mean(moved) >= 0.93


@pytest.mark.slow
def test_the_interval_of_the_mean_of_accounts_covers() -> None:
    rng = np.random.default_rng(5)
    held = []
    for _ in range(1000):
        now = heard(rng, 7 + rng.normal(0, 0.8, 60), 1.0, 0.6)
        own = np.bincount(now.account, now.score) / np.bincount(now.account)
        found = mean_of(None, own, np.arange(60), np.ones(60), 0.95)
        assert found.low is not None
        assert found.high is not None
        held.append(found.low <= 6.7 <= found.high)
    assert 0.93 <= np.mean(held) <= 0.97


@pytest.mark.slow
def test_roles_that_do_not_disagree_are_seldom_said_to() -> None:
    """200 worlds of fifty accounts in which roles differ everywhere alike: a disagreement in 5 % of them, within binomial error (99 %)."""
    false = 0
    for seed in range(200):
        rng = np.random.default_rng(seed)
        now = heard(rng, 7 + rng.normal(0, 0.7, 50), 1.0, 0.5)
        model = fit(now.account, now.role, now.score, 2)
        false += any(one.q <= 0.05 for one in disagreements(model, now.account, now.role, now.score).values())
    assert false <= 18


@pytest.mark.slow
def test_the_firms_of_the_example() -> None:
    """Large firms' experience is better by the planted size effect; the accounts' own moods are found as differences between them."""
    world = planted()
    firms = world.responses.filter(
        pc.and_(pc.is_valid(world.responses["account"]), pc.equal(world.responses["source"], "relationship_survey"))
    )
    found = kapula.accounts(
        firms, "account", "answer_experience", "customer", role="attribute_role", time="occurred_at",
        stage="attribute_life_stage", details=world.outcomes, revenue="revenue",
    )  # fmt: skip
    assert found.verdict == "accounts_differ"
    assert found.by_revenue.low > found.overall.high
    assert {one.name for one in found.roles} >= {"decision_maker", "daily_user"}
    assert {one.name for one in found.stages} == {"new", "settled", "renewing", "at_risk"}
    assert not any("disagree" in row.flags for row in found.rows)
    assert 0.2 < found.reliability[1] < found.reliability[0]
