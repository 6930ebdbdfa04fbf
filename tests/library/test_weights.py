"""Weights, clusters and raking: against figures worked out another way."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy import stats

import kapula
from kapula.errors import ParameterError
from kapula.statistics.bootstrap import bootstrap_ratio
from kapula.statistics.differences import benjamini_hochberg

RNG = np.random.default_rng(20260105)
N = 300
ROWS = {
    "value": RNG.normal(50, 10, N).round(3),
    "w": RNG.uniform(0.3, 3, N).round(3),
    "customer": RNG.integers(0, 40, N),
    "group": RNG.choice(["a", "b"], N),
    "answer": RNG.integers(0, 2, N),
}


def linearised(y: np.ndarray, w: np.ndarray, clusters: np.ndarray) -> float:
    """The textbook loop: residuals, their totals by cluster, and the variance between those."""
    mean = (w * y).sum() / w.sum()
    scores = w * (y - mean) / w.sum()
    totals = np.array([scores[clusters == c].sum() for c in np.unique(clusters)])
    return math.sqrt(len(totals) / (len(totals) - 1) * ((totals - totals.mean()) ** 2).sum())


def test_clustered_weighted_mean_matches_the_textbook_loop() -> None:
    """Särndal, Swensson & Wretman (1992), 5.7: the with-replacement variance of a ratio of cluster totals."""
    row = kapula.measure(ROWS, "mean", column="value", weight="w", cluster="customer").rows[0]
    se = linearised(ROWS["value"], ROWS["w"], ROWS["customer"])
    clusters = len(np.unique(ROWS["customer"]))
    assert row.high - row.value == pytest.approx(stats.t.ppf(0.975, clusters - 1) * se, rel=1e-9)


def test_clustered_mean_matches_statsmodels() -> None:
    """statsmodels OLS on a constant with cluster-robust covariance, its small-sample factor G/(G−1)·(n−1)/(n−1)."""
    from statsmodels.regression.linear_model import OLS

    fit = OLS(ROWS["value"], np.ones(N)).fit(cov_type="cluster", cov_kwds={"groups": ROWS["customer"]})
    row = kapula.measure(ROWS, "mean", column="value", cluster="customer").rows[0]
    clusters = len(np.unique(ROWS["customer"]))
    assert (row.high - row.value) / stats.t.ppf(0.975, clusters - 1) == pytest.approx(float(fit.bse[0]), rel=1e-9)


def test_a_customer_per_row_is_no_cluster_at_all() -> None:
    alone = {**ROWS, "customer": list(range(N))}
    plain = kapula.measure(alone, "mean", column="value").rows[0]
    clustered = kapula.measure(alone, "mean", column="value", cluster="customer").rows[0]
    assert (plain.low, plain.high) == pytest.approx((clustered.low, clustered.high))


def test_rows_without_a_customer_stand_for_themselves() -> None:
    blank = {**ROWS, "customer": [None] * N}
    plain = kapula.measure(blank, "mean", column="value").rows[0]
    clustered = kapula.measure(blank, "mean", column="value", cluster="customer").rows[0]
    assert (plain.low, plain.high) == pytest.approx((clustered.low, clustered.high))


def test_large_values_keep_their_variance() -> None:
    far = {"value": ROWS["value"] + 1e12, "w": ROWS["w"]}
    near = kapula.measure(ROWS, "mean", column="value", weight="w").rows[0]
    row = kapula.measure(far, "mean", weight="w").rows[0]
    assert row.high - row.low == pytest.approx(near.high - near.low, rel=1e-3)


def test_repeating_every_customer_adds_no_certainty() -> None:
    once = {key: list(values) for key, values in ROWS.items()} | {"customer": list(range(N))}
    thrice = {key: values * 3 for key, values in once.items()}
    for measure, column in (("mean", "value"), ("share", "answer")):
        a = kapula.measure(once, measure, column=column, cluster="customer").rows[0]
        b = kapula.measure(thrice, measure, column=column, cluster="customer").rows[0]
        assert (a.low, a.high) == pytest.approx((b.low, b.high), rel=1e-9)


def test_bca_matches_scipy() -> None:
    """scipy.stats.bootstrap(method="BCa"), other draws of the same law."""
    y = RNG.exponential(3, 80)
    reference = stats.bootstrap((y,), np.mean, n_resamples=20000, method="BCa", rng=np.random.default_rng(1))
    found = bootstrap_ratio(y, np.ones(80), np.ones(80, np.int64), level=0.95, replicates=20000, seed=2)
    width = reference.confidence_interval.high - reference.confidence_interval.low
    assert found == pytest.approx(tuple(reference.confidence_interval), abs=0.05 * width)
    again = bootstrap_ratio(y, np.ones(80), np.ones(80, np.int64), level=0.95, replicates=20000, seed=2)
    assert again == found


def test_benjamini_hochberg_of_the_paper() -> None:
    """Benjamini & Hochberg (1995), section 3.2: fifteen p-values of a thrombolysis trial; four are found at q = 0.05."""
    p = [.0001, .0004, .0019, .0095, .0201, .0278, .0298, .0344, .0459, .3240, .4262, .5719, .6528, .7590, 1.0]  # fmt: skip
    q = benjamini_hochberg([*p, None])
    assert q[-1] is None
    assert sum(value <= 0.05 for value in q[:-1]) == 4
    assert q[3] == pytest.approx(0.0095 * 15 / 4)


def test_a_scan_over_groups_carries_q_values() -> None:
    scan = kapula.compare(ROWS, "mean", (0, 1), on="answer", by="group", column="value")
    assert [row.by for row in scan.rows] == ["a", "b"]
    assert all(row.q >= row.p for row in scan.rows)
    alone = kapula.compare(ROWS, "mean", (0, 1), on="answer", column="value", filters={"group": "a"})
    assert scan.rows[0].value == pytest.approx(alone.value)


MARGINS = {"group": {"a": 0.3, "b": 0.7}, "answer": {0: 0.45, 1: 0.55}}


def test_raking_meets_every_margin() -> None:
    raked = kapula.rake(ROWS, MARGINS)
    assert raked.converged
    assert raked.n == N
    for column, labels in MARGINS.items():
        for row in kapula.shares(raked.table, column, weight="weight").rows:
            assert row.value == pytest.approx(labels[row.by], abs=1e-7)
    total = raked.table["weight"].sum().to_pyarrow().as_py()
    assert total == pytest.approx(N)
    assert raked.design_effect == pytest.approx(N / raked.n_effective)


def test_raking_with_starting_weights_counts_and_trimming() -> None:
    counts = {name: {label: 2000 * share for label, share in labels.items()} for name, labels in MARGINS.items()}
    raked = kapula.rake(ROWS, counts, weight="w", column="final")
    assert raked.table["final"].sum().to_pyarrow().as_py() == pytest.approx(2000)
    bound = kapula.rake(ROWS, MARGINS, trim=(0.9, 1.1), max_iterations=20)
    factors = np.array([cell["factor"] for cell in bound.factors])
    assert factors.max() / factors.min() <= 1.1 / 0.9 + 1e-9
    assert bound.trimmed > 0
    assert not bound.converged


@pytest.mark.parametrize(
    ("margins", "words"),
    [
        ({"group": {"a": 0.3, "b": 0.6}}, "do not sum"),
        ({"group": {"a": 0.3, "b": 0.6, "c": 0.1}}, "No row has group = 'c'"),
        ({"group": {"a": 1.0}}, "has no margin"),
        ({"group": {"a": 1.5, "b": -0.5}}, "negative"),
        ({}, "no margins"),
    ],
)
def test_margins_that_cannot_be_met(margins: dict[str, dict[str, float]], words: str) -> None:
    with pytest.raises(ParameterError, match=words):
        kapula.rake(ROWS, margins)


def test_blanks_in_a_raking_column_are_named() -> None:
    with pytest.raises(ParameterError, match="2 rows are blank"):
        kapula.rake({"g": ["a", "b", None, None]}, {"g": {"a": 0.5, "b": 0.5}})
