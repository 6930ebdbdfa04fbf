"""Cronbach's alpha: published figures, reverse keys found, and the interval's coverage."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from kapula.analyses.prune import alpha
from kapula.analyses.prune.alpha import cronbach
from kapula.analyses.prune.limits import feldt
from kapula.errors import ParameterError
from kapula.statistics.laws import f_quantile

# Chatterjee & Price (1977), Regression Analysis by Example: clerical employees of 30 departments (R's datasets::attitude).
ATTITUDE = {
    "rating": "43 63 71 61 81 43 58 71 72 67 64 67 69 68 77 81 74 65 65 50 50 64 53 40 63 66 78 48 85 82",
    "complaints": "51 64 70 63 78 55 67 75 82 61 53 60 62 83 77 90 85 60 70 58 40 61 66 37 54 77 75 57 85 82",
    "privileges": "30 51 68 45 56 49 42 50 72 45 53 47 57 83 54 50 64 65 46 68 33 52 52 42 42 66 58 44 71 39",
    "learning": "39 54 69 47 66 44 56 55 67 47 58 39 42 45 72 72 69 75 57 54 34 62 50 58 48 63 74 45 71 59",
    "raises": "61 63 76 54 71 54 66 70 71 62 58 59 55 59 79 60 79 55 75 64 43 66 63 50 66 88 80 51 77 64",
    "critical": "92 73 86 84 83 49 68 66 83 80 67 74 63 77 77 54 79 80 85 78 64 80 80 57 75 76 78 83 74 78",
    "advance": "45 47 48 35 47 34 35 41 31 41 34 41 25 35 46 36 63 60 46 52 33 41 37 49 33 72 49 38 55 39",
}
ATTITUDE_MATRIX = np.array([[float(value) for value in row.split()] for row in ATTITUDE.values()]).T


def scale(rng: np.random.Generator, n: int, items: int, loading: float = 0.7) -> np.ndarray:
    """Items that measure one thing equally well: alpha is known."""
    return loading * rng.normal(size=(n, 1)) + np.sqrt(1 - loading**2) * rng.normal(size=(n, items))


def true_alpha(items: int, loading: float = 0.7) -> float:
    return items * loading**2 / (1 + (items - 1) * loading**2)


def test_alpha_of_the_attitude_data_as_psych_prints_it() -> None:
    """R psych's manual, alpha(attitude): raw_alpha 0.84, std.alpha 0.84; raw alpha if an item is dropped as below."""
    found = alpha(ATTITUDE_MATRIX, list(ATTITUDE))
    assert round(found.value, 2) == 0.84
    assert round(found.standardised, 2) == 0.84
    dropped = [round(item.alpha_if_dropped, 2) for item in found.items]
    assert dropped == [0.81, 0.80, 0.83, 0.80, 0.80, 0.86, 0.84]
    assert found.reversed == ()


def test_alpha_by_hand() -> None:
    """Two items: covariance [[2, 1], [1, 2]] → α = 2·(1 − 4/6) = 2/3; three equal items of r = 0.5 → α = 3·0.5/(1 + 2·0.5) = 0.75."""
    assert cronbach(np.array([[2.0, 1.0], [1.0, 2.0]])) == pytest.approx(2 / 3)
    assert cronbach(np.full((3, 3), 0.5) + 0.5 * np.eye(3)) == pytest.approx(0.75)


def test_a_reversed_item_is_found_and_turned() -> None:
    rng = np.random.default_rng(3)
    answers = scale(rng, 400, 5)
    turned = answers.copy()
    turned[:, 2] = 6 - turned[:, 2]
    straight, found = alpha(answers), alpha(turned)
    assert found.reversed == ("2",)
    assert found.value == pytest.approx(straight.value)
    assert found.as_asked < found.value - 0.2
    assert [item.item_rest for item in found.items] == pytest.approx([item.item_rest for item in straight.items])


def test_the_majority_keeps_its_key() -> None:
    answers = scale(np.random.default_rng(4), 300, 5)
    answers[:, :3] *= -1
    assert alpha(answers).reversed == ("3", "4")


def test_unrelated_items_are_not_turned() -> None:
    """Of 400 sets of eight unrelated items at most 2 % may have one turned (declared: 1 %, Tracy–Widom)."""
    rng = np.random.default_rng(5)
    turned = sum(bool(alpha(rng.normal(size=(150, 8))).reversed) for _ in range(400))
    assert turned <= 8


def test_feldts_interval_by_scipys_law() -> None:
    low, high = feldt(0.8, 41, 5, 0.95)
    law = stats.f(40, 160)
    assert low == pytest.approx(1 - 0.2 * law.ppf(0.975))
    assert high == pytest.approx(1 - 0.2 * law.ppf(0.025))
    assert f_quantile(0.31, 3, 7.5) == pytest.approx(stats.f(3, 7.5).ppf(0.31))


@pytest.mark.parametrize("answers", [np.ones((9, 3)), np.ones((2, 3)), np.arange(9.0)[:, None], [[1.0, np.nan]] * 5])
def test_what_has_no_alpha_is_refused(answers: object) -> None:
    with pytest.raises(ParameterError):
        alpha(answers)


@pytest.mark.slow
def test_feldts_interval_covers() -> None:
    rng = np.random.default_rng(6)
    found = [alpha(scale(rng, 60, 5)) for _ in range(2000)]
    assert np.mean([one.low <= true_alpha(5) <= one.high for one in found]) == pytest.approx(0.95, abs=0.02)


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["skewed", "clustered", "weighted"])
def test_the_linearised_interval_covers(kind: str) -> None:
    """Skewed answers on five steps, customers of three answers each, and weights."""
    rng = np.random.default_rng(7)

    def draw(n: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        if kind == "clustered":
            own = np.repeat(rng.normal(size=(n // 3, 1)), 3, axis=0)
            answers = 0.8 * own + 0.4 * rng.normal(size=(n, 1)) + rng.normal(size=(n, 4))
            return answers, np.ones(n), np.repeat(np.arange(n // 3), 3)
        if kind == "skewed":
            return np.clip(np.rint(4.2 + 0.9 * scale(rng, n, 4)), 1, 5), np.ones(n), np.arange(n)
        return scale(rng, n, 4), rng.choice([0.5, 1.0, 3.0], n), np.arange(n)

    truth = cronbach(np.cov(draw(600_000)[0], rowvar=False))
    held = []
    for _ in range(1500):
        answers, weight, unit = draw(240)
        found = alpha(answers, weight=weight, unit=unit)
        held.append(found.low <= truth <= found.high)
    assert np.mean(held) == pytest.approx(0.95, abs=0.02)
