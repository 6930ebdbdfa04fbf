"""Figures of others: each with its source."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from scipy import stats

import kapula
from kapula.statistics.intervals import adjusted_wald_points, garwood, square_and_add, wilson
from kapula.statistics.weights import design_effect, kish_n


def case(shared: Path, name: str) -> tuple[list[dict[str, str]], dict[str, Any]]:
    folder = shared / "cases" / name
    with (folder / "data.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["expected"]
    return rows, {key: entry["value"] for key, entry in expected.items()}


def scores(promoters: int, passives: int, detractors: int) -> dict[str, list[int]]:
    return {"score": [9] * promoters + [8] * passives + [3] * detractors}


def test_nps_variance_of_a_worked_example(shared: Path) -> None:
    """Case nps01: W. Huber on stats.stackexchange, question 18603."""
    rows, expected = case(shared, "nps01_crossvalidated_324")
    n = {row["group"]: int(row["n"]) for row in rows}
    row = kapula.measure(scores(n["promoter"], n["passive"], n["detractor"]), "nps", interval="wald").rows[0]
    assert row.value == pytest.approx(100 * expected["nps"], abs=1e-10)
    se = (row.high - row.low) / 2 / stats.norm.ppf(0.975)
    assert se == pytest.approx(100 * expected["se"], abs=1e-9)
    assert se**2 * row.n / 1e4 == pytest.approx(expected["variance"], abs=1e-12)


def test_nps_of_the_r_package(shared: Path) -> None:
    """Case nps02: R package NPS 1.1, its own data, figures printed by R 4.2.2."""
    rows, expected = case(shared, "nps02_rpkg_nps_test")
    table = {"REC": [int(row["REC"]) for row in rows], "BU": [row["BU"] for row in rows]}
    row = kapula.measure(table, "nps", column="REC", interval="wald").rows[0]
    assert row.value == pytest.approx(100 * expected["nps_all"], abs=1e-9)
    assert [row.low, row.high] == pytest.approx([100 * bound for bound in expected["ci_all"]], abs=1e-5)
    found = kapula.compare(table, "nps", ("Oranges", "Apples"), on="BU", column="REC", interval="wald")
    assert found.value == pytest.approx(100 * expected["diff"], abs=1e-9)
    assert [found.low, found.high] == pytest.approx([100 * bound for bound in expected["ci_diff"]], abs=1e-5)
    assert found.p == pytest.approx(expected["p"], abs=1e-7)
    assert not found.sure


def test_adjusted_wald_of_nps(shared: Path) -> None:
    """Case nps03: Rocks (2016), The American Statistician 70(4), AW(3, T); bounds are clipped for display only."""
    rows, expected = case(shared, "nps03_adjusted_wald")
    found: list[float] = []
    for row in rows:
        counts = scores(int(row["promoter"]), int(row["passive"]), int(row["detractor"]))
        figure = kapula.measure(counts, "nps").rows[0]
        found += [figure.low / 100, figure.high / 100]
    assert found == pytest.approx(expected["ci_flat"], abs=1e-9)


def test_promoters_alone_keep_a_width_and_are_clipped_on_request() -> None:
    plain = kapula.measure(scores(20, 0, 0), "nps").rows[0]
    shown = kapula.measure(scores(20, 0, 0), "nps", clip=True).rows[0]
    assert plain.high > 100 > plain.low
    assert (shown.low, shown.high) == (plain.low, 100)
    assert adjusted_wald_points(1.0, 1.0, 20, added=0)[1] == 0


SFO = {"column": "NETPRO", "missing": 11}


def test_sfo_2017(shared: Path) -> None:
    """San Francisco Airport customer survey 2017: NPS 39.8 unweighted, 40.4 weighted, n = 2,746, counted straight from the raw
    file, where 11 is blank."""
    table = str(shared / "data" / "sfo" / "2017_SFO_Customer_Survey.csv")
    unweighted = kapula.measure(table, "nps", **SFO)
    weighted = kapula.measure(table, "nps", weight="WEIGHT", **SFO)
    assert unweighted.rows[0].n == weighted.rows[0].n == 2746
    assert round(unweighted.rows[0].value, 1) == 39.8
    assert round(weighted.rows[0].value, 1) == 40.4
    assert weighted.rows[0].n_effective < 2746
    with pytest.raises(kapula.errors.OffScaleError, match="11"):
        kapula.measure(table, "nps", column="NETPRO")


def test_wilson_of_newcombe() -> None:
    """Newcombe (1998), Statistics in Medicine 17, 857–872, table I, method 3: 81/263, 15/148, 0/20, 1/29."""
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (yes, n), bounds in published.items():
        assert wilson(yes / n, n, stats.norm.ppf(0.975)) == pytest.approx(bounds, abs=5e-5)
        row = kapula.measure({"answer": [1] * yes + [0] * (n - yes)}, "share").rows[0]
        assert (row.low, row.high) == pytest.approx(bounds, abs=5e-5)


@pytest.mark.parametrize(
    ("first", "second", "bounds"),
    [
        ((48, 80), (56, 70), (0.0524, 0.3339)),
        ((3, 10), (9, 10), (0.1705, 0.8090)),
        ((2, 7), (6, 7), (0.0582, 0.8062)),
        ((0, 29), (5, 56), (-0.0381, 0.1926)),
        ((0, 20), (0, 10), (-0.1611, 0.2775)),
        ((0, 10), (10, 10), (0.6075, 1.0)),
    ],
)
def test_newcombe_of_newcombe(first: Any, second: Any, bounds: Any) -> None:
    """Newcombe (1998), Statistics in Medicine 17, 873–890, table II, method 10: 56/70 − 48/80 and the rest."""
    answers = [1] * first[0] + [0] * (first[1] - first[0]) + [1] * second[0] + [0] * (second[1] - second[0])
    table = {"answer": answers, "group": ["a"] * first[1] + ["b"] * second[1]}
    found = kapula.compare(table, "share", ("a", "b"), on="group")
    assert (found.low, found.high) == pytest.approx(bounds, abs=5e-5)
    assert found.sure == (bounds[0] > 0)
    assert found.p is not None
    assert (found.p < 0.05) == found.sure


def test_goodman_against_statsmodels() -> None:
    """statsmodels' multinomial_proportions_confint(method="goodman"): Goodman (1965), Technometrics 7, 247–254."""
    from statsmodels.stats.proportion import multinomial_proportions_confint

    counts = {"app": 91, "mail": 49, "phone": 37, "shop": 43}
    table = {"channel": [name for name, count in counts.items() for _ in range(count)]}
    rows = kapula.shares(table, "channel").rows
    critical = stats.chi2.ppf(1 - 0.05 / len(counts), 1)
    n = sum(counts.values())
    for row in rows:
        x = counts[row.by]
        half = (critical * (critical + 4 * x * (n - x) / n)) ** 0.5
        expected = ((critical + 2 * x - half) / (2 * (critical + n)), (critical + 2 * x + half) / (2 * (critical + n)))
        assert (row.low, row.high) == pytest.approx(expected, abs=1e-12)
    reference = multinomial_proportions_confint(list(counts.values()), 0.05, method="goodman")
    assert [[row.low, row.high] for row in rows] == pytest.approx(reference, abs=1e-9)


def test_garwood_of_published_table() -> None:
    """Garwood (1936) as tabled by Ulm (1990), Am. J. Epidemiology 131, 373–375, 95 %: 0: 0–3.69, 1: 0.025–5.57, 10:
    4.80–18.39."""
    for events, bounds in {0: (0.0, 3.689), 1: (0.0253, 5.572), 10: (4.795, 18.390)}.items():
        assert garwood(events, 0.95) == pytest.approx(bounds, abs=6e-4)
    row = kapula.measure(
        {"events": [4, 6], "exposure": [50.0, 150.0]}, "rate", columns=["events", "exposure"], per=100
    ).rows[0]
    assert (row.value, row.low, row.high) == pytest.approx((5.0, 2.3977, 9.1952), abs=6e-4)


def test_kish() -> None:
    """Kish (1965), Survey Sampling, 11.7: deff = 1 + cv² of the weights; two equal halves weighted 1 and 3 give 1.25."""
    weights = [1.0] * 50 + [3.0] * 50
    assert kish_n(weights) == pytest.approx(80)
    assert design_effect(weights) == pytest.approx(1.25)
    row = kapula.measure({"score": [9, 3] * 50, "w": weights}, "nps", weight="w").rows[0]
    assert row.n_effective == pytest.approx(80)


SLEEP = {
    "1": [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    "2": [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
}


def test_welch_of_student() -> None:
    """Student's sleep data (Student 1908, R's ``sleep``); R 4: t.test(extra ~ group) gives −3.3654832 … 0.2054832, p
    = 0.07939."""
    table = {"value": SLEEP["1"] + SLEEP["2"], "group": ["1"] * 10 + ["2"] * 10}
    found = kapula.compare(table, "mean", ("2", "1"), on="group")
    assert (found.low, found.high) == pytest.approx((-3.3654832, 0.2054832), abs=1e-7)
    assert found.p == pytest.approx(0.07939, abs=5e-6)


def test_clusters_on_both_sides_are_a_paired_comparison() -> None:
    """R 4: t.test(extra ~ group, paired = TRUE) on ``sleep``: −2.4598858 … −0.7001142; each person is a cluster on
    both sides."""
    table = {
        "value": SLEEP["1"] + SLEEP["2"], "group": ["1"] * 10 + ["2"] * 10, "person": [str(i) for i in range(10)] * 2,
    }  # fmt: skip
    found = kapula.compare(table, "mean", ("2", "1"), on="group", cluster="person")
    assert found.value == pytest.approx(-1.58)
    assert (found.low, found.high) == pytest.approx((-2.4598858, -0.7001142), abs=1e-6)


def test_square_and_add_with_full_correlation_of_equal_intervals_is_a_point() -> None:
    assert square_and_add((1.0, 0.5, 1.5), (2.0, 1.5, 2.5), rho=1.0) == pytest.approx((1.0, 1.0))
