"""Leading indicators against figures of others, each with its source."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from leading_worlds import memory
from statsmodels.api import OLS
from statsmodels.datasets import grunfeld
from statsmodels.stats.multitest import multipletests
from statsmodels.tsa.adfvalues import mackinnonp
from statsmodels.tsa.stattools import grangercausalitytests

import kapula
from kapula.analyses.leading import granger
from kapula.analyses.leading.correction import q_values
from kapula.analyses.leading.deterministic import basis
from kapula.analyses.leading.unitroots import mackinnon, unit_roots
from tests.conftest import need

BH_1995 = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0,
]  # fmt: skip
"""The 15 p-values of Benjamini & Hochberg (1995), section 4.1 (thrombolysis); they reject four at 0.05."""


def test_which_came_first_the_chicken_or_the_egg(shared: Path) -> None:
    """Case lead01: Thurman & Fisher (1988), figures of R's lmtest::grangertest, order 3 on levels."""
    folder = need(shared / "cases" / "lead01_chickegg_granger")
    with (folder / "data.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    table = {name: [int(float(row[name])) for row in rows] for name in rows[0]}
    found = granger(table, time="year", target="egg", candidate="chicken", order=3)
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["expected"]
    for direction, name in ((found.forward, "chicken_to_egg"), (found.backward, "egg_to_chicken")):
        f, p = expected[name]["value"]
        assert direction.tests.f[0] == pytest.approx(f, abs=expected[name]["tol"])
        assert direction.tests.p[0] == pytest.approx(p, abs=expected[name]["tol"])


@pytest.fixture(scope="module")
def firms() -> dict[str, list[object]]:
    """Grunfeld's ten firms as in R's plm (statsmodels adds American Steel)."""
    data = grunfeld.load_pandas().data
    data = data[data["firm"] != "American Steel"]
    return {name: data[name].tolist() for name in ("firm", "year", "invest", "value")}


def test_dumitrescu_and_hurlins_statistics_on_grunfeld(firms: dict[str, list[object]]) -> None:
    """R plm, tests/test_pgrangertest.Rout.save: pgrangertest(inv ~ value, data = Grunfeld)."""
    one = granger(firms, unit="firm", time="year", target="invest", candidate="value").forward.panel
    two = granger(firms, unit="firm", time="year", target="invest", candidate="value", order=2).forward.panel
    assert one is not None
    assert two is not None
    assert (one.z_tilde, one.p_tilde) == (pytest.approx(3.2896, abs=5e-5), pytest.approx(0.001003, abs=5e-7))
    assert (two.z_tilde, two.p_tilde) == (pytest.approx(1.6832, abs=5e-5), pytest.approx(0.09234, abs=5e-6))
    assert (two.z_bar, two.p_bar) == (pytest.approx(2.9657, abs=5e-5), pytest.approx(0.00302, abs=5e-6))


def test_each_firms_wald_statistic_on_grunfeld(firms: dict[str, list[object]]) -> None:
    """The same source, ``indgranger``; firms 1–9 (General Motors … Westinghouse)."""
    found = granger(firms, unit="firm", time="year", target="invest", candidate="value", order=2).forward
    wald = dict(zip(found.units, found.tests.wald.tolist(), strict=True))
    published = {
        "General Motors": 1.8255237, "US Steel": 4.3694800, "General Electric": 0.7983334, "Chrysler": 3.3069760,
        "Atlantic Refining": 11.0631807, "IBM": 10.8343468, "Union Oil": 1.3410752, "Westinghouse": 0.2900525,
        "Goodyear": 4.4068769,
    }  # fmt: skip
    assert {name: wald[name] for name in published} == pytest.approx(published, abs=5e-7)


def test_one_units_granger_test_agrees_with_statsmodels() -> None:
    rng = np.random.default_rng(3)
    x, y = memory(rng, (80,), 0.5), memory(rng, (80,), 0.5)
    y[2:] += 0.5 * x[:-2]
    ours = granger({"t": range(80), "x": x, "y": y}, time="t", target="y", candidate="x", order=4).forward.tests
    f, p, *_ = grangercausalitytests(np.column_stack([y, x]), [4])[4][0]["ssr_ftest"]
    assert (ours.f[0], ours.p[0]) == (pytest.approx(f, rel=1e-9), pytest.approx(p, rel=1e-7))


def test_benjamini_and_hochbergs_own_example() -> None:
    q = q_values(np.array(BH_1995), dependent=False)
    assert (q <= 0.05).sum() == 4


@pytest.mark.parametrize(("dependent", "name"), [(False, "fdr_bh"), (True, "fdr_by")])
def test_the_correction_agrees_with_statsmodels_whatever_the_shape(dependent: bool, name: str) -> None:
    p = np.random.default_rng(4).beta(0.5, 2, (6, 5))
    expected = multipletests(p.ravel(), method=name)[1].reshape(p.shape)
    np.testing.assert_allclose(q_values(p, dependent=dependent), expected, rtol=1e-12)


def test_what_could_not_be_tested_is_no_part_of_the_scan() -> None:
    q = q_values(np.array([0.01, np.nan, 0.04]), dependent=False)
    np.testing.assert_allclose(q, [0.02, np.nan, 0.04])


@pytest.mark.parametrize(("kind", "code"), [("constant", "c"), ("trend", "ct")])
def test_dickey_fuller_p_values_are_mackinnons(kind: str, code: str) -> None:
    """statsmodels' implementation of MacKinnon (1994)."""
    for t in (-20.0, -5.0, -3.4, -2.0, -1.0, 0.5, 3.0):
        assert float(mackinnon(np.array(t), kind)) == pytest.approx(mackinnonp(t, regression=code), abs=1e-9)


def test_the_dickey_fuller_statistic_is_the_regressions_t() -> None:
    y = memory(np.random.default_rng(5), (120,), 0.8)
    ours = unit_roots(y[None, None], basis(120, None), 0).statistics[0, 0]
    design = np.column_stack([y[:-1], basis(120, None)[1:]])
    assert ours == pytest.approx(OLS(np.diff(y), design).fit().tvalues[0], rel=1e-5)


def box_jenkins_sales(seed: int) -> dict[str, object]:
    """150 periods of the transfer function Box & Jenkins (1976, p. 409) fitted to their series M, sales and a leading indicator:
    (1 − 0.72B)(∇y − 0.035) = 4.82 ∇x₋₃, with ∇x = (1 − 0.32B)a and noise (1 − 0.54B)e."""
    rng = np.random.default_rng(seed)
    a, e = rng.normal(0, 0.28, 250), rng.normal(0, 0.22, 250)
    change = a - 0.32 * np.concatenate([[0.0], a[:-1]])
    noise = e - 0.54 * np.concatenate([[0.0], e[:-1]])
    moved = np.zeros(250)
    for period in range(3, 250):
        moved[period] = 0.72 * moved[period - 1] + 4.82 * change[period - 3]
    sales = 200 + np.cumsum(0.035 + moved + noise)
    return {"t": range(150), "sales": sales[-150:], "indicator": 10 + np.cumsum(change)[-150:]}


def raw_peak(table: dict[str, object]) -> int:
    x, y = (np.asarray(table[name]) - np.mean(np.asarray(table[name])) for name in ("indicator", "sales"))
    return int(np.argmax([x[: 150 - lag] @ y[lag:] for lag in range(9)]))


def test_prewhitening_finds_the_lag_that_raw_correlations_miss() -> None:
    """On the real series the raw correlation peaks at 0 and the prewhitened one at 3; so it is on series of the same law."""
    table = box_jenkins_sales(1)
    assert raw_peak(table) == 0
    (lead,) = kapula.leading(table, None, "t", "sales", ["indicator"]).leads
    assert (lead.lag, lead.leads, lead.differenced) == (3, True, True)
    assert lead.effect is not None
    assert lead.effect.low < 4.82 < lead.effect.high
