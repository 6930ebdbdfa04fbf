"""Agreement of groupings, held to published figures."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest

from kapula.text.topics import agreement

BOOK = Path(__file__).resolve().parents[2].parent / "shared" / "cases" / "text01_irbook_purity_nmi"
# Manning, Raghavan & Schütze (2008), figure 16.4.
CLUSTERS = [1] * 6 + [2] * 6 + [3] * 5
CLASSES = list("xxxxxoxoooodxxddd")


def test_the_books_example():
    assert agreement.purity(CLUSTERS, CLASSES) == pytest.approx(0.71, abs=0.005)
    assert agreement.mutual_information(CLUSTERS, CLASSES) == pytest.approx(0.36, abs=0.005)
    assert agreement.rand(CLUSTERS, CLASSES) == pytest.approx(0.68, abs=0.005)
    assert agreement.f_measure(CLUSTERS, CLASSES) == pytest.approx(0.48, abs=0.005)
    assert agreement.f_measure(CLUSTERS, CLASSES, beta=5) == pytest.approx(0.456, abs=0.001)


@pytest.mark.skipif(not BOOK.exists(), reason="the reference cases are not on this machine")
def test_the_case_kept_beside_the_project():
    rows = list(csv.DictReader((BOOK / "data.csv").read_text(encoding="utf-8").splitlines()))
    groups, classes = [row["cluster"] for row in rows], [row["class"] for row in rows]
    expected = json.loads((BOOK / "expected.json").read_text(encoding="utf-8"))["expected"]
    found = {
        "purity": agreement.purity(groups, classes),
        "nmi": agreement.mutual_information(groups, classes),
        "rand": agreement.rand(groups, classes),
        "F1": agreement.f_measure(groups, classes),
        "F5": agreement.f_measure(groups, classes, beta=5),
    }
    for name, figure in expected.items():
        assert found[name] == pytest.approx(figure["value"], abs=figure["tol"])


def test_adjusted_rand_by_hand():
    # Groups {3, 3}, classes {2, 4}, crossed [[2, 1], [0, 3]]: pairs 4, 6 and 7 of 15, so (4 − 42/15) ÷ (6.5 − 42/15).
    found = agreement.adjusted_rand([0, 0, 0, 1, 1, 1], [0, 0, 1, 1, 1, 1])
    assert found == pytest.approx((4 - 42 / 15) / (6.5 - 42 / 15))
    assert agreement.adjusted_rand([0, 1, 2], [5, 6, 7]) == 1.0


def test_groupings_of_nothing_agree_by_chance_only():
    random = np.random.default_rng(1)
    found = [agreement.adjusted_rand(random.integers(0, 4, 200), random.integers(0, 4, 200)) for _ in range(50)]
    assert abs(np.mean(found)) < 0.01


def test_jaccard_of_each_group():
    first, second = np.array([0, 0, 0, 1, 1, 2]), np.array([1, 1, 0, 0, 0, 2])
    assert agreement.jaccard(first, second, 3) == pytest.approx([2 / 3, 2 / 3, 1.0])
