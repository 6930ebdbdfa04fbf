"""Of a hundred 95 % intervals of shares, 93 to 97 hold the truth: the classifier's errors and the customers' habits simulated."""

from __future__ import annotations

import numpy as np
import pytest

from kapula.text.shares import Confusion, ErrorRates, StratifiedRates, mixture, prevalence
from kapula.text.shares.clusters import bootstrap_difference, effective

pytestmark = pytest.mark.slow
WORLDS = 3000
MIXED_UP = np.array(
    [
        [0.88, 0.03, 0.03, 0.02, 0.04],
        [0.03, 0.85, 0.04, 0.02, 0.06],
        [0.15, 0.2, 0.5, 0.03, 0.12],
        [0.1, 0.08, 0.02, 0.7, 0.1],
    ]
)


def checked(random, sensitivity, positives, specificity, negatives):
    found, passed = random.binomial(positives, sensitivity), random.binomial(negatives, specificity)
    return ErrorRates(found, positives - found, negatives - passed, passed)


def said(random, share, n, sensitivity, specificity):
    return random.binomial(n, share * sensitivity + (1 - share) * (1 - specificity)) / n


@pytest.mark.parametrize(
    ("share", "n", "sensitivity", "positives", "specificity", "negatives"),
    [
        (0.05, 300, 0.75, 30, 0.97, 300),
        (0.05, 2000, 0.75, 30, 0.97, 300),
        (0.02, 500, 0.7, 15, 0.99, 400),
        (0.2, 300, 0.8, 60, 0.95, 240),
        (0.5, 150, 0.85, 100, 0.9, 100),
        (0.1, 100, 0.7, 20, 0.95, 100),
        (0.8, 400, 0.9, 200, 0.9, 50),
    ],
)
def test_intervals_of_corrected_shares(share, n, sensitivity, positives, specificity, negatives):
    random, held, told = np.random.default_rng(1), 0, 0
    for _ in range(WORLDS):
        rates = checked(random, sensitivity, positives, specificity, negatives)
        if rates.usable:
            told += 1
            seen = said(random, share, n, sensitivity, specificity)
            _, low, high = prevalence.corrected(seen, n, rates, 0.95)
            held += low <= share <= high
    assert told > 0.95 * WORLDS
    assert 0.93 <= held / told <= 0.97


def half_and_half(random, share, n, each, sensitivity=0.8, specificity=0.97):
    """(Share said, rates by so many checked of either kind) of a world of ``n`` comments."""
    there = random.random(n) < share
    named = np.where(there, random.random(n) < sensitivity, random.random(n) > specificity)
    yes, no = (there[random.permutation(np.flatnonzero(of))[:each]] for of in (named, ~named))
    right, missed = int(yes.sum()), int(no.sum())
    rates = StratifiedRates(
        float(named.mean()), ErrorRates(right, 0, len(yes) - right, 0), ErrorRates(0, missed, 0, len(no) - missed)
    )
    return float(named.mean()), rates


@pytest.mark.parametrize(
    ("share", "n", "each", "most"),
    [
        (0.2, 5000, 33, 0.97),
        (0.3, 2000, 15, 0.98),
        (0.1, 5000, 100, 0.98),
        (0.1, 5000, 33, 0.99),
        (0.05, 5000, 100, 0.995),
    ],
)
def test_intervals_when_named_and_unnamed_comments_were_checked_separately(share, n, each, most):
    """Hardly a missed one is met where few speak of a theme: as when an event is rare, such intervals hold more often than they must."""
    random, held, told = np.random.default_rng(6), 0, 0
    for _ in range(600):
        said_share, rates = half_and_half(random, share, n, each)
        if rates.usable:
            told += 1
            _, low, high = prevalence.corrected(said_share, n, rates, 0.95)
            held += low <= share <= high
    assert told > 0.8 * 600
    assert 0.93 <= held / told <= most


@pytest.mark.parametrize("elsewhere", [0.04, 0.2])
def test_what_was_measured_in_one_place_corrects_in_another(elsewhere):
    random, held, told = np.random.default_rng(7), 0, 0
    for _ in range(600):
        _, rates = half_and_half(random, 0.1, 5000, 100)
        if rates.usable:
            told += 1
            seen = said(random, elsewhere, 400, 0.8, 0.97)
            _, low, high = prevalence.corrected(seen, 400, rates, 0.95)
            held += low <= elsewhere <= high
    assert 0.92 <= held / told <= 0.985


@pytest.mark.parametrize(
    ("first", "second", "n", "sensitivity", "positives", "specificity", "negatives"),
    [
        (0.05, 0.05, 300, 0.75, 30, 0.97, 300),
        (0.05, 0.10, 2000, 0.75, 30, 0.97, 300),
        (0.20, 0.35, 400, 0.8, 60, 0.95, 240),
        (0.10, 0.40, 2000, 0.7, 20, 0.95, 100),
    ],
)
def test_intervals_of_corrected_differences(first, second, n, sensitivity, positives, specificity, negatives):
    random, held, told = np.random.default_rng(2), 0, 0
    for _ in range(WORLDS):
        rates = checked(random, sensitivity, positives, specificity, negatives)
        if rates.usable:
            told += 1
            seen = [said(random, share, n, sensitivity, specificity) for share in (first, second)]
            figures = [prevalence.apparent(one, n, 0.95) for one in seen]
            _, low, high = prevalence.difference(figures[0], figures[1], rates, 0.95)
            held += low <= second - first <= high
    assert 0.93 <= held / told <= 0.97


@pytest.mark.parametrize("truth", [(0.5, 0.3, 0.1, 0.1), (0.6, 0.3, 0.02, 0.08), (0.25, 0.25, 0.25, 0.25)])
@pytest.mark.parametrize("n", [300, 2000])
def test_intervals_of_sentiments(truth, n):
    random, held, worlds = np.random.default_rng(3), np.zeros(4), 1500
    for _ in range(worlds):
        rows = tuple(
            tuple(int(one) for one in random.multinomial(size, rates))
            for size, rates in zip((100, 100, 50, 50), MIXED_UP, strict=True)
        )
        confusion = Confusion(tuple("abcd"), tuple("abcdx"), rows)
        counts = random.multinomial(n, np.array(truth) @ MIXED_UP).astype(float)
        draws = mixture.solved(mixture.drawn_said(counts, n, 500, random), mixture.drawn_rates(confusion, 500, random))
        low, high = mixture.bounds(draws, mixture.estimate(counts, confusion), 0.95)
        held += (low <= truth) & (truth <= high)
    assert held.min() / worlds >= 0.93
    assert held.max() / worlds <= 0.97


def customers(random, count, mean, alike, share):
    """Comments of customers who write ``mean`` each on average, and resemble themselves by the correlation ``alike``."""
    spread = 1 / alike - 1
    own = random.beta(share * spread, (1 - share) * spread, count)
    who = np.repeat(np.arange(count), random.geometric(1 / mean, count))
    return random.binomial(1, own[who]).astype(float), who


@pytest.mark.parametrize(
    ("count", "mean", "alike", "share"),
    [(40, 3, 0.3, 0.2), (200, 3, 0.3, 0.05), (25, 8, 0.2, 0.3), (500, 1.5, 0.5, 0.1)],
)
def test_intervals_when_a_customer_writes_often(count, mean, alike, share):
    random, held, equal, worlds = np.random.default_rng(4), 0, 0, 1500
    for _ in range(worlds):
        y, who = customers(random, count, mean, alike, share)
        worth, _groups = effective(y, who, 0.95)
        _, low, high = prevalence.apparent(y.mean(), worth, 0.95)
        held += low <= share <= high
        later = np.arange(len(y)) % 2 == 0
        draws = bootstrap_difference((y[later], who[later]), (y[~later], who[~later]), 500, random)
        low, high = np.quantile(draws, [0.025, 0.975])
        equal += low <= 0 <= high
    assert 0.93 <= held / worlds <= 0.97
    assert 0.93 <= equal / worlds <= 0.97
