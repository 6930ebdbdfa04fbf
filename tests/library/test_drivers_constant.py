"""What never varies has no share: exactly none, whatever stands beside it."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import kapula


def answers(value: float, n: int = 300) -> dict[str, np.ndarray]:
    draw = np.random.default_rng(3)
    a, b, c = (draw.integers(1, 6, n).astype(float) for _ in range(3))
    return {
        "a": a,
        "b": b,
        "c": c,
        "same": np.full(n, value),
        "y": a + 0.5 * b + draw.normal(size=n),
        "w": draw.uniform(0.5, 2, n),
    }


@pytest.mark.parametrize("value", [3.0, 0.1, 7.3])
@pytest.mark.parametrize("names", [["a", "b", "c", "same"], ["same", "a", "b", "c"]], ids=["last", "first"])
@pytest.mark.parametrize(
    ("method", "also"),
    [("lmg", {}), ("lmg", {"missing": "impute"}), ("johnson", {}), ("shapley_logit", {})],
    ids=["lmg", "imputed", "johnson", "logit"],
)
def test_a_constant_has_a_share_of_exactly_zero(
    method: str, also: dict[str, Any], names: list[str], value: float
) -> None:
    data = answers(value)
    if method == "shapley_logit":
        data["y"] = (data["y"] > 4.5).astype(float)
    if also:
        data["a"][::7] = np.nan
    found = kapula.drivers(data, "y", names, method, weight="w", n_boot=20, **also)
    one = next(driver for driver in found.drivers if driver.name == "same")
    assert (one.share, one.low, one.high, one.part, one.first, one.last) == (0.0,) * 6
    assert str(one.correlation) == "0.0"
    assert found.named["constant"] == ("same",)
    assert sum(driver.share for driver in found.drivers) == pytest.approx(found.r2, rel=1e-12)


def test_nor_has_what_the_covariates_tell_exactly() -> None:
    data = answers(3.0)
    found = kapula.drivers(data | {"copy": 2 * data["c"] - 1}, "y", ["a", "copy"], always="c", n_boot=20)
    assert (found.drivers[1].share, found.drivers[1].high) == (0.0, 0.0)
    assert found.drivers[0].share > 0.5
