"""Careless answering: R careless's own figures, and what each index notices."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from kapula.analyses.prune import irv, longstring, mahalanobis
from kapula.analyses.prune.careless import careless
from kapula.errors import ParameterError


def test_longstring_and_irv_of_the_r_package(shared: Path) -> None:
    """Case survey04: R careless (Yentes & Wilhelm), its careless_dataset of 200 respondents × 50 items."""
    folder = shared / "cases" / "survey04_careless_longstring_irv"
    with (folder / "data.csv").open(encoding="utf-8") as file:
        rows = [[float(value) for value in row] for row in list(csv.reader(file))[1:]]
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["expected"]
    runs = longstring(rows)
    assert runs.tolist() == expected["longstring"]["value"]
    assert irv(rows) == pytest.approx(np.array(expected["irv"]["value"]), abs=1e-9)
    assert int((runs >= 10).sum()) == expected["n_longstring_ge_10"]["value"]


def test_a_blank_breaks_a_run_and_is_no_answer() -> None:
    nan = float("nan")
    assert longstring([[3, 3, nan, 3, 3, 3], [nan] * 6, [1, 2, 3, 4, 5, 1]]).tolist() == [3, 0, 1]
    found = irv([[1, nan, 3, nan], [2, nan, nan, nan]])
    assert found[0] == pytest.approx(2**0.5)
    assert np.isnan(found[1])


def test_mahalanobis_by_hand() -> None:
    """Four corners of a square: the mean is 0, variances 4/3, no covariance: D² = 2 ÷ (4/3) = 1.5 each."""
    assert mahalanobis([[1, 1], [1, -1], [-1, 1], [-1, -1]]) == pytest.approx([1.5] * 4)


def answers(n: int = 300, items: int = 10) -> np.ndarray:
    rng = np.random.default_rng(2)
    return np.clip(np.rint(3.2 + 0.6 * rng.normal(size=(n, 1)) + rng.normal(size=(n, items))), 1, 5)


def test_straight_liners_and_the_hurried_are_flagged_by_agreement() -> None:
    matrix = answers()
    matrix[:12] = 3
    seconds = np.full(300, 7.0)
    seconds[:6] = 0.8
    seconds[40] = 0.9  # quick, yet with thought
    found, flagged = careless(matrix, seconds, None, 2)
    assert np.flatnonzero(flagged).tolist() == list(range(12))
    by = {index.name: index for index in found.indices}
    assert by["speed"].flagged == 7
    assert by["longstring"].cut == 6
    assert (found.n, found.flagged) == (300, 12)
    three, strictly = careless(matrix, seconds, None, 3)
    assert (three.flagged, int(strictly.sum())) == (6, 6)


def test_answers_at_random_are_far_from_the_others() -> None:
    rng = np.random.default_rng(9)
    matrix = rng.normal(size=(400, 1)) * 2 + 0.4 * rng.normal(size=(400, 8))
    matrix[:5] = rng.choice([-4.0, 4.0], (5, 8))
    found, _ = careless(matrix, None, None, 1)
    assert next(index.flagged for index in found.indices if index.name == "mahalanobis") >= 5


def test_own_cuts_and_few_questions() -> None:
    found, _ = careless(answers(), None, {"longstring": 0.9}, 1)
    assert found.indices[0].cut == 9
    assert careless(answers(items=4), None, None, 1)[0] is None
    for cuts in ({"speeed": 1}, {"speed": -1}, {"speed": "2"}):
        with pytest.raises(ParameterError):
            careless(answers(), None, cuts, 1)
