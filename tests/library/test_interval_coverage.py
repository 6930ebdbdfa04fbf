"""Each interval covers the truth in 95 of 100 samples, give or take two: planted truths, fixed seeds."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
import pytest

import kapula

SAMPLES = 2000
SIZE = 150
pytestmark = pytest.mark.slow


def coverage(rows: dict[str, Any], truth: float, measure: str, **settings: Any) -> float:
    """The share of samples (column ``sample``) whose interval holds the truth: all in one aggregation."""
    found = kapula.measure(rows, measure, by="sample", **settings).rows
    assert len(found) == SAMPLES
    return float(np.mean([row.low <= truth <= row.high for row in found]))


def sample_ids() -> np.ndarray:
    return np.repeat(np.arange(SAMPLES), SIZE)


@functools.cache
def clustered(seed: int = 5) -> tuple[np.ndarray, np.ndarray]:
    """50 customers of three answers each with a shared leaning (intraclass correlation about a half)."""
    rng = np.random.default_rng(seed)
    leaning = np.repeat(rng.normal(0, 1, SAMPLES * SIZE // 3), 3)
    return leaning + rng.normal(0, 1, SAMPLES * SIZE), np.tile(np.repeat(np.arange(SIZE // 3), 3), SAMPLES)


def test_nps() -> None:
    rng = np.random.default_rng(1)
    score = rng.choice([9, 8, 3], SAMPLES * SIZE, p=[0.5, 0.3, 0.2])
    assert coverage({"sample": sample_ids(), "score": score}, 30, "nps") == pytest.approx(0.95, abs=0.02)


def test_nps_near_the_edge_in_small_samples() -> None:
    rng = np.random.default_rng(2)
    score = rng.choice([9, 8, 3], SAMPLES * SIZE, p=[0.93, 0.05, 0.02])
    assert 0.93 <= coverage({"sample": sample_ids(), "score": score}, 91, "nps") <= 0.985


def test_share_and_weighted_share() -> None:
    rng = np.random.default_rng(3)
    answer = (rng.random(SAMPLES * SIZE) < 0.2).astype(int)
    weight = rng.choice([0.5, 1.0, 3.0], SAMPLES * SIZE)
    rows = {"sample": sample_ids(), "answer": answer, "w": weight}
    assert coverage(rows, 0.2, "share") == pytest.approx(0.95, abs=0.02)
    assert coverage(rows, 0.2, "share", weight="w") == pytest.approx(0.95, abs=0.02)


def test_mean_weighted_mean_and_bootstrap() -> None:
    rng = np.random.default_rng(4)
    value = rng.gamma(4, 2, SAMPLES * SIZE)
    rows = {"sample": sample_ids(), "value": value, "w": rng.uniform(0.5, 3, SAMPLES * SIZE)}
    assert coverage(rows, 8, "mean") == pytest.approx(0.95, abs=0.02)
    assert coverage(rows, 8, "mean", weight="w") == pytest.approx(0.95, abs=0.02)
    assert coverage(rows, 8, "mean", interval="bootstrap", replicates=500) == pytest.approx(0.95, abs=0.02)


def test_clustered_mean_share_and_nps() -> None:
    value, customer = clustered()
    score = np.where(value > 0.5, 9, np.where(value > -0.5, 8, 3))
    rows = {"sample": sample_ids(), "customer": customer, "value": value, "answer": (value > 0.5) * 1, "score": score}
    from scipy import stats

    share = float(stats.norm.sf(0.5 / 2**0.5))
    assert coverage(rows, 0, "mean", cluster="customer") == pytest.approx(0.95, abs=0.02)
    assert coverage(rows, share, "share", cluster="customer") == pytest.approx(0.95, abs=0.02)
    assert coverage(rows, 0, "nps", cluster="customer") == pytest.approx(0.95, abs=0.02)
    assert coverage(rows, 0, "nps") < 0.9, "ignoring the customers must be seen to fail"


def test_percentile_plain_weighted_and_clustered() -> None:
    rng = np.random.default_rng(6)
    value, customer = clustered()
    from scipy import stats

    truth = float(stats.norm.ppf(0.8) * 2**0.5)
    independent = rng.normal(0, 2**0.5, value.size)
    rows = {"sample": sample_ids(), "value": independent, "w": rng.uniform(0.5, 3, value.size)}
    assert coverage(rows, truth, "percentile", p=0.8) == pytest.approx(
        0.96, abs=0.02
    )  # ranks are whole: never under 95 %
    assert coverage(rows, truth, "percentile", p=0.8, weight="w") == pytest.approx(0.95, abs=0.02)
    clusters = {"sample": sample_ids(), "value": value, "customer": customer}
    assert coverage(clusters, truth, "percentile", p=0.8, cluster="customer") == pytest.approx(0.95, abs=0.025)


def test_rate_of_a_poisson_and_of_an_overdispersed_count() -> None:
    rng = np.random.default_rng(7)
    events = rng.poisson(0.2, SAMPLES * SIZE)
    rows = {"sample": sample_ids(), "events": events}
    assert coverage(rows, 0.2, "rate") == pytest.approx(0.96, abs=0.02)  # Garwood's is exact: never under 95 %
    spread = rng.poisson(rng.gamma(0.5, 0.4, SAMPLES * SIZE))
    rows = {"sample": sample_ids(), "events": spread}
    assert coverage(rows, 0.2, "rate", interval="ratio") == pytest.approx(0.95, abs=0.02)


@pytest.mark.parametrize(("measure", "column"), [("nps", "score"), ("share", "answer"), ("mean", "value")])
@pytest.mark.parametrize("cluster", [None, "customer"])
def test_differences(measure: str, column: str, cluster: str | None) -> None:
    """Two waves without any difference; with customers, the same customers answer in both."""
    rng = np.random.default_rng(8)
    value = clustered()[0] if cluster else rng.normal(0, 1, SAMPLES * SIZE)
    rows = {
        "sample": sample_ids(),
        "customer": clustered()[1],
        "wave": np.where(np.tile(np.arange(3), SAMPLES * SIZE // 3) == 2, "second", "first"),
        "value": value,
        "answer": (value > 0.5) * 1,
        "score": np.where(value > 0.5, 9, np.where(value > -0.5, 8, 3)),
    }
    scan = kapula.compare(rows, measure, ("first", "second"), on="wave", by="sample", cluster=cluster, column=column)
    held = np.mean([row.low <= 0 <= row.high for row in scan.rows])
    assert held == pytest.approx(0.95, abs=0.02)
    assert np.mean([row.sure for row in scan.rows]) < 0.01
