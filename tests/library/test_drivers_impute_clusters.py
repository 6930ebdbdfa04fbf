"""Blanks imputed where answers come in clusters: the resamples of clusters vary as if the blanks were imputed anew in each."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import kapula
from kapula.analyses.drivers.impute import fitted, patterns
from kapula.analyses.drivers.impute_clusters import imputed_again
from kapula.analyses.drivers.impute_information import Kind, passed_on
from kapula.analyses.drivers.moments import packed
from kapula.analyses.drivers.resample import counts

Floats = NDArray[np.float64]
NAMES = ["a", "b", "c"]


def answers(clusters: int = 60, size: int = 6, blank: float = 0.3, seed: int = 1) -> dict[str, Any]:
    """Clusters that hold a third of every variance; ``a`` is blank more often where ``b`` is high, ``c`` now and then."""
    random = np.random.default_rng(seed)
    who = np.repeat(np.arange(clusters), size)
    parts = np.sqrt(1 / 3) * random.normal(size=(clusters, 4))[who] + np.sqrt(2 / 3) * random.normal(size=(len(who), 4))
    given: dict[str, Any] = {name: parts[:, place] + parts[:, :3].mean(axis=1) for place, name in enumerate(NAMES)}
    given["y"] = 0.6 * given["a"] + 0.3 * given["b"] + parts[:, 3]
    given["a"][random.random(len(who)) < np.where(given["b"] > 0, 1.5, 0.5) * blank] = np.nan
    given["c"][random.random(len(who)) < blank / 3] = np.nan
    return given | {"who": who.astype(float)}


def driven(given: dict[str, Any], **settings: Any) -> Any:
    return kapula.drivers(given, "y", NAMES, **{"missing": "impute", "cluster": "who", "seed": 3, **settings})


def rows_of(given: dict[str, Any]) -> tuple[Floats, NDArray[np.int64]]:
    rows = np.column_stack([given[name] for name in (*NAMES, "y")])
    return (rows - np.nanmean(rows, axis=0)) / np.nanstd(rows, axis=0), given["who"].astype(np.int64)


def test_a_cluster_of_equal_rows_is_worth_one_row() -> None:
    """Each row six times over, blanks and all, as one cluster tells what the rows by themselves tell, and no more. Blanks drawn row by
    row without a thought of clusters made the strongest driver's interval an eighth narrower."""
    once = answers(clusters=240, size=1)
    six = {name: np.repeat(values, 6) for name, values in once.items()}
    alone, together = driven(once, imputations=60), driven(six, imputations=60)
    for one, other in zip(alone.drivers, together.drivers, strict=True):
        assert other.high - other.low == pytest.approx(one.high - one.low, rel=0.05)
        assert other.share == pytest.approx(one.share, abs=0.01)


def test_resamples_vary_as_models_fitted_again_in_each() -> None:
    """One step from the data's model against EM in each of the same 200 resamples: every moment moves with it, and as far."""
    rows, unit = rows_of(answers())
    means, covariance = imputed_again(rows, np.ones(len(rows)), unit, 200, np.random.default_rng(7))
    drawn = counts(np.full(200, 60), 60, np.random.default_rng(7))
    again = [fitted(rows[one[unit] > 0], one[unit][one[unit] > 0]) for one in drawn]
    for step, exact in (
        (means[:, 1:], np.array([mean for mean, _ in again]).T),
        (covariance[:, :, 1:], np.moveaxis(np.array([square for _, square in again]), 0, -1)),
    ):
        for one, other in zip(step.reshape(-1, 200), exact.reshape(-1, 200), strict=True):
            assert np.corrcoef(one, other)[0, 1] > 0.98
            assert one.std() == pytest.approx(other.std(), rel=0.05)


def test_without_blanks_imputing_changes_nothing() -> None:
    given = answers(blank=0.0)
    imputed, listwise = driven(given), driven(given, missing="listwise")
    for one, other in zip(imputed.drivers, listwise.drivers, strict=True):
        assert (one.share, one.low, one.high, one.part_low, one.part_high) == pytest.approx(
            (other.share, other.low, other.high, other.part_low, other.part_high), abs=1e-9
        )
    assert (imputed.r2_low, imputed.r2_high, imputed.p) == pytest.approx(
        (listwise.r2_low, listwise.r2_high, listwise.p)
    )


def test_what_the_blanks_pass_on_is_the_derivative_of_what_is_expected() -> None:
    rows, _ = rows_of(answers())
    ones, weight = np.column_stack([np.ones(len(rows)), rows]), np.linspace(0.5, 2.0, len(rows))
    upper = np.triu_indices(5)

    def kinds(moments: Floats) -> list[tuple[Kind, Floats]]:
        found = []
        for blank, own in patterns(ones):
            known = np.nan_to_num(ones[own])
            sums = (known * weight[own, None]).T @ known
            found.append((Kind.of(moments, blank, sums), sums))
        return found

    def expected(moments: Floats) -> Floats:
        return packed(sum(one.fill.T @ sums @ one.fill + one.size * one.left(moments) for one, sums in kinds(moments)))

    filled = np.where(np.isnan(ones), 0.3, ones)
    moments = filled.T @ filled / len(filled)
    slopes = []
    for first, second in zip(*upper, strict=True):
        moved = np.zeros((5, 5))
        moved[first, second] = moved[second, first] = 1e-5
        slopes.append((expected(moments + moved) - expected(moments - moved)) / 2e-5)
    found = passed_on([one for one, _ in kinds(moments)], 5)
    assert found == pytest.approx(np.array(slopes).T, rel=1e-6, abs=1e-5)


def test_the_seed_decides() -> None:
    given = answers()
    first = driven(given, n_boot=100).to_dict()
    assert driven(given, n_boot=100).to_dict() == first
    assert driven(given, n_boot=100, seed=4).to_dict() != first


def test_the_share_is_that_of_the_completed_copies() -> None:
    """Clusters resampled or not: resamples tell how sure a share is, not how large."""
    given = answers()
    drawn, described = driven(given, n_boot=100), driven(given, n_boot=0)
    assert [one.share for one in drawn.drivers] == pytest.approx([one.share for one in described.drivers], rel=1e-9)
    assert drawn.method["pooled"] != described.method["pooled"]


def test_a_step_too_long_leaves_figures_that_can_be() -> None:
    """Few clusters, or a column of which a tenth is known: some steps would end where no covariance is, and R² would be 1 there. The model
    fitted again in each resample has R² between 0.53 and 0.73 in 95 % of them."""
    rows, unit = rows_of(answers(clusters=8, blank=0.5))
    _, covariance = imputed_again(rows, np.ones(len(rows)), unit, 300, np.random.default_rng(7))
    assert np.linalg.eigvalsh(np.moveaxis(covariance, -1, 0)).min() > 0
    random, given = np.random.default_rng(5), answers()
    given["d"] = random.normal(size=360)
    given["d"][random.random(360) < 0.9] = np.nan
    found = kapula.drivers(given, "y", [*NAMES, "d"], missing="impute", cluster="who", seed=3)
    assert "mostly_missing" in found.warnings
    assert 0.4 < found.r2_low < 0.55 < 0.65 < found.r2_high < 0.75


def test_without_clusters_nothing_has_changed() -> None:
    """Figures of the version before clusters had resamples of their own."""
    found = driven(answers(), cluster=None, n_boot=100)
    told = [figure for one in found.drivers for figure in (one.share, one.low, one.high)]
    assert told == pytest.approx(
        [
            *(0.32643368529326083, 0.26176474981586373, 0.3877015327940076),
            *(0.22466878667471452, 0.17449927680635713, 0.27847655724213605),
            *(0.045172982887492094, 0.03073783854227367, 0.06873805291832578),
        ],
        rel=1e-9,
    )
