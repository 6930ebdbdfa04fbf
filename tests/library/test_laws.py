"""Our laws are SciPy's own (scipy.stats), only reached by the short way."""

from __future__ import annotations

import math

import pytest
from scipy import stats

from kapula.statistics import laws

PROBABILITIES = (0.0005, 0.025, 0.31, 0.5, 0.9, 0.975, 0.9995)


@pytest.mark.parametrize("p", PROBABILITIES)
def test_normal(p: float) -> None:
    assert laws.normal_quantile(p) == pytest.approx(stats.norm.ppf(p), abs=1e-12)
    assert laws.normal_share(laws.normal_quantile(p)) == pytest.approx(p, abs=1e-12)


@pytest.mark.parametrize("df", [1, 2.5, 7, 43.21, 5000, math.inf])
@pytest.mark.parametrize("p", PROBABILITIES)
def test_student(p: float, df: float) -> None:
    law = stats.norm if math.isinf(df) else stats.t(df)
    assert laws.t_quantile(p, df) == pytest.approx(law.ppf(p), rel=1e-9, abs=1e-9)
    assert laws.t_tail(1.7, df) == pytest.approx(law.sf(1.7), rel=1e-9)


@pytest.mark.parametrize("df", [1, 2, 17, 400])
@pytest.mark.parametrize("p", PROBABILITIES)
def test_chi_squared(p: float, df: float) -> None:
    assert laws.chi2_quantile(p, df) == pytest.approx(stats.chi2.ppf(p, df), rel=1e-9)
    assert laws.chi2_tail(laws.chi2_quantile(p, df), df) == pytest.approx(1 - p, rel=1e-7)


@pytest.mark.parametrize("n", [1, 2, 10, 137, 100_000])
@pytest.mark.parametrize("share", [0.01, 0.5, 0.9])
@pytest.mark.parametrize("q", PROBABILITIES)
def test_binomial(q: float, n: int, share: float) -> None:
    assert laws.binomial_quantile(q, n, share) == int(stats.binom.ppf(q, n, share))


@pytest.mark.parametrize("numerator", [1, 4, 20])
@pytest.mark.parametrize("denominator", [5, 96, 4000])
@pytest.mark.parametrize("f", [0.0, 0.3, 1.0, 4.7, 30.0])
def test_snedecor(f: float, numerator: int, denominator: int) -> None:
    assert laws.f_tail(f, numerator, denominator) == pytest.approx(stats.f.sf(f, numerator, denominator), rel=1e-9)
