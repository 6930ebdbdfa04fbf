"""Intervals hold the truth as often as they say, quiet worlds stay quiet, and the planted truths are found."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest
from decompose_worlds import World, coverage

import kapula
from kapula.example import build

pytestmark = pytest.mark.slow

A = np.array
WORLDS = {
    "offsetting segments in a flat total": World(A([[0.5, 0.5], [0.5, 0.5]]), A([[0.0, 0.4], [0.0, -0.4]]), 200),
    "a mix that hides a fall": World(
        A([[0.7, 0.4], [0.2, 0.3], [0.1, 0.3]]), A([[0.1, -0.1], [0.3, 0.2], [0.5, 0.3]]), 250, promoters=True
    ),
    "small segments": World(A([[0.8, 0.7], [0.15, 0.15], [0.05, 0.15]]), A([[0.1, -0.1], [0.3, 0.2], [0.5, 0.3]]), 120),
    "customers in both periods": World(A([[0.8, 0.4], [0.2, 0.6]]), A([[0.0, -0.3], [0.8, 0.5]]), 240, customers=2),
}
RUNS = 600


@pytest.mark.parametrize("name", WORLDS)
def test_intervals_hold_the_truth(name: str) -> None:
    """95 % ± 2, and beyond that what 600 runs can be off by chance (three standard errors, 2.7 %)."""
    found = coverage(WORLDS[name], RUNS, replicates=300)
    noise = 3 * np.sqrt(0.95 * 0.05 / RUNS)
    assert all(0.93 - noise <= share <= 0.97 + noise for share in found.values()), found
    assert 0.93 <= np.mean(list(found.values())) <= 0.97


def test_in_quiet_worlds_other_verdicts_come_at_most_at_the_nominal_rate() -> None:
    """200 worlds in which nothing differs by period; 5 % may be called something, and three standard errors more by chance."""
    found = []
    for seed in range(200):
        random = np.random.default_rng(seed)
        table = pa.table(
            {
                "score": random.integers(0, 11, 300).astype(float),
                "segment": random.choice(["a", "b", "c", "d"], 300, p=[0.4, 0.3, 0.2, 0.1]),
                "year": np.repeat(["2024", "2025"], 150),
            }
        )
        result = kapula.decompose(table, "nps", column="score", segment="segment", period="year", n_boot=300, seed=seed)
        found.append(result.verdict)
    assert np.mean([verdict not in ("unclear", "flat_truly") for verdict in found]) <= 0.05 + 3 * np.sqrt(
        0.05 * 0.95 / 200
    )


def test_the_planted_truths_of_the_example_are_found() -> None:
    responses = build().responses
    asked = {
        "segment": "segment",
        "time": "occurred_at",
        "cluster": "customer",
        "channel": "channel",
        "wording": "attribute_form",
    }
    nps = kapula.decompose(responses, "nps", column="answer_nps", **{**asked, "wording": None}).to_dict()
    assert nps["verdict"] == "mix_hides_fall"
    assert nps["mix_low"] > 0 > nps["within_high"]
    assert all(one["high"] < 0 for one in nps["segments"])
    grown = max(nps["segments"], key=lambda one: one["mix"])
    assert grown["segment"] == "solar_home"
    assert nps["stretch"]["within_per_year_high"] < 0
    csat = kapula.decompose(responses, "csat_top_box", column="answer_csat", **asked).to_dict()
    codes = {one["code"]: one for one in csat["breaks"]}
    assert csat["verdict"] == "break"
    assert codes["break_wording"]["period"] == codes["break_channel"]["period"] == "2025-02"
    assert codes["break_wording"]["part"] == pytest.approx(csat["total"])
    assert csat["total"] < codes["break_channel"]["part"] < 0


def test_in_null_worlds_of_the_example_nothing_is_found() -> None:
    verdicts = []
    for seed in range(8):
        responses = build(responses=4000, seed=seed, null=True).responses
        found = kapula.decompose(
            responses, "nps", column="answer_nps", segment="segment", time="occurred_at", cluster="customer", n_boot=300
        )
        verdicts.append(found.verdict)
    assert sum(verdict not in ("unclear", "flat_truly") for verdict in verdicts) <= 2
