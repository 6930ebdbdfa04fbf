"""Key drivers against figures of others: each with its source."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import statsmodels.api as sm

import kapula
from tests.library.drivers_peer import mtcars, r_squared, shapley


def case(shared: Path, name: str) -> tuple[dict[str, list[float]], dict[str, Any]]:
    folder = shared / "cases" / name
    with (folder / "data.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["expected"]
    table = {column: [float(row[column]) for row in rows] for column in rows[0]}
    return table, {key: entry["value"] for key, entry in expected.items()}


def figures(result: Any, name: str) -> list[float]:
    return [getattr(driver, name) for driver in result.drivers]


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_swiss(shared: Path, method: str) -> None:
    """Case kda01: Grömping (2006), J. Stat. Softw. 17(1); R relaimpo 2.2-7 (genizi is Johnson's weights)."""
    table, expected = case(shared, "kda01_lmg_swiss")
    result = kapula.drivers(table, "Fertility", [name for name in table if name != "Fertility"], method, n_boot=0)
    assert result.r2 == pytest.approx(expected["R2"], abs=1e-12)
    for name, key in (("share", method), ("first", "first"), ("last", "last")):
        assert figures(result, name) == pytest.approx(expected[key], abs=1e-11)


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_nps_drivers(shared: Path, method: str) -> None:
    """Case kda04: the data of R's NPS 1.1, figures by R relaimpo. Two drivers add nearly nothing of their own."""
    table, expected = case(shared, "kda04_nps_drivers_lmg")
    result = kapula.drivers(table, "REC", [name for name in table if name != "REC"], method, n_boot=0)
    assert result.r2 == pytest.approx(expected["R2"], abs=1e-12)
    assert figures(result, "share") == pytest.approx(expected[method], abs=1e-11)
    assert result.named["shared_association"] == ("Salesman.Chirpiness", "Salesman.Bubbliness")


def test_mcfadden_dominance(shared: Path) -> None:
    """Case kda05: R domir 1.1 on the same data, promoter = REC ≥ 9."""
    table, expected = case(shared, "kda05_shapley_logit_mcfadden")
    drivers = [name for name in table if name != "REC"]
    table["promoter"] = [float(score >= 9) for score in table["REC"]]
    result = kapula.drivers(table, "promoter", drivers, "shapley_logit", n_boot=0)
    assert result.r2 == pytest.approx(expected["R2"], abs=1e-10)
    assert figures(result, "share") == pytest.approx(expected["general_dominance"], abs=1e-10)


def test_mtcars_ranks_differ_by_method() -> None:
    """R's lm(mpg ~ ., mtcars): R² 0.8690158. Of cyl, disp, hp and am LMG puts cyl first, Johnson's weights hp; all subsets by lstsq."""
    table = mtcars()
    everything = kapula.drivers(table, "mpg", [name for name in table if name != "mpg"], "lmg", n_boot=0)
    assert everything.r2 == pytest.approx(0.8690158, abs=5e-8)
    names = ["cyl", "disp", "hp", "am"]
    lmg, johnson = (kapula.drivers(table, "mpg", names, method, n_boot=0) for method in ("lmg", "johnson"))
    assert (lmg.ranks[0].name, johnson.ranks[0].name) == ("cyl", "hp")
    rows, outcome = np.column_stack([table[name] for name in names]), np.array(table["mpg"])
    expected = shapley([[0], [1], [2], [3]], lambda columns: r_squared(rows, outcome, np.ones(32), columns))
    assert figures(lmg, "share") == pytest.approx(expected, abs=1e-12)
    assert figures(johnson, "share") == pytest.approx(johnson_by_root(rows, outcome), abs=1e-12)


def johnson_by_root(rows: np.ndarray, outcome: np.ndarray) -> list[float]:
    """Johnson (2000) as written: the drivers' nearest orthogonal columns by singular values, then two regressions."""
    standard = (rows - rows.mean(axis=0)) / rows.std(axis=0) / np.sqrt(len(rows))
    target = (outcome - outcome.mean()) / outcome.std() / np.sqrt(len(rows))
    left, _, right = np.linalg.svd(standard, full_matrices=False)
    nearest = left @ right
    return list((nearest.T @ standard).T ** 2 @ (nearest.T @ target) ** 2)


def test_a_binary_outcome_by_statsmodels() -> None:
    """Five drivers, weights and a group: every subset refitted by statsmodels' GLM."""
    random = np.random.default_rng(8)
    table = {name: np.round(random.normal(size=300), 1) for name in "abcde"}
    table["y"] = (table["a"] + 0.7 * table["b"] - 0.5 * table["c"] + random.logistic(size=300) > 0).astype(float)
    table["w"] = random.integers(1, 4, size=300).astype(float)
    result = kapula.drivers(table, "y", list("abcde"), "shapley_logit", weight="w", groups={"de": ["d", "e"]}, n_boot=0)
    rows = np.column_stack([table[name] for name in "abcde"])

    def likelihood(columns: list[int]) -> float:
        design = sm.add_constant(rows[:, columns], has_constant="add") if columns else np.ones((300, 1))
        model = sm.GLM(table["y"], design, family=sm.families.Binomial(), freq_weights=table["w"])
        return float(model.fit(tol=1e-13).llf)

    null = likelihood([])
    expected = shapley([[0], [1], [2], [3, 4]], lambda columns: 1 - likelihood(columns) / null)
    assert figures(result, "share") == pytest.approx(expected, abs=1e-8)
    assert result.r2 == pytest.approx(1 - likelihood([0, 1, 2, 3, 4]) / null, abs=1e-9)


def test_penalty_and_reward_by_statsmodels() -> None:
    """Coefficients and intervals are OLS with the HC1 sandwich of statsmodels."""
    random = np.random.default_rng(3)
    table = {name: random.integers(1, 6, size=400).astype(float) for name in "ab"}
    table["y"] = -1.0 * (table["a"] <= 2) + 0.8 * (table["b"] >= 4) + random.normal(size=400)
    result = kapula.drivers(table, "y", ["a", "b"], "penalty_reward", cuts=(2, 4), n_boot=0)
    design = np.column_stack([table["a"] <= 2, table["a"] >= 4, table["b"] <= 2, table["b"] >= 4]).astype(float)
    fitted = sm.OLS(table["y"], sm.add_constant(design)).fit(cov_type="HC1", use_t=True)
    bounds = fitted.conf_int()
    for place, driver in enumerate(result.asymmetry.drivers):
        for offset, figure in ((1, driver.penalty), (2, driver.reward)):
            at = 2 * place + offset
            assert figure.value == pytest.approx(fitted.params[at], abs=1e-10)
            assert [figure.low, figure.high] == pytest.approx(bounds[at], abs=1e-8)
        test = fitted.t_test(np.eye(5)[2 * place + 1] + np.eye(5)[2 * place + 2])
        assert driver.asymmetry.value == pytest.approx(test.effect[0], abs=1e-10)
        assert [driver.asymmetry.low, driver.asymmetry.high] == pytest.approx(test.conf_int()[0], abs=1e-8)
    assert [driver.kind for driver in result.asymmetry.drivers] == ["basic", "excitement"]
    shares = [r_squared(design, table["y"], np.ones(400), columns) for columns in ([0, 1], [2, 3], [0, 1, 2, 3])]
    assert figures(result, "first") == pytest.approx(shares[:2], abs=1e-10)
    assert result.r2 == pytest.approx(shares[2], abs=1e-10)
