"""``kapula.decompose``: the order in which rows come shows in no digit of the split, its intervals or the drivers' part."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import kapula


def answers(n: int = 500) -> dict[str, Any]:
    """Customers with several answers each, some unnamed; figures with many digits."""
    draw = np.random.default_rng(3)
    late = draw.random(n) < 0.5
    waiting, tone = draw.normal(3, 1, n), draw.normal(3, 1, n).round(1)
    return {
        "year": np.where(late, "2025", "2024").tolist(),
        "segment": draw.choice(["house", "solar", "flat"], n).tolist(),
        "score": waiting + 0.5 * tone + draw.normal(size=n),
        "waiting": waiting,
        "tone": tone,
        "w": draw.uniform(0.5, 2, n),
        "who": [None if place % 5 == 0 else f"c{number}" for place, number in enumerate(draw.integers(0, n // 3, n))],
        "number": draw.integers(0, n // 3, n),
    }


def told(given: dict[str, Any], order: Any, **settings: Any) -> str:
    table = pa.table(given).take(pa.array(order))
    found = kapula.decompose(
        table,
        "mean",
        column="score",
        segment="segment",
        period="year",
        drivers=["waiting", "tone"],
        n_boot=50,
        **settings,
    )
    return json.dumps(found.to_dict(), sort_keys=True)


@pytest.mark.parametrize("cluster", [None, "who", "number"])
@pytest.mark.parametrize("weight", [None, "w"])
def test_the_order_of_rows_shows_in_no_digit(cluster: str | None, weight: str | None) -> None:
    given = answers()
    first = told(given, range(500), cluster=cluster, weight=weight)
    assert json.loads(first)["drivers"]["levels_low"] is not None
    shuffled = [np.random.default_rng(seed).permutation(500) for seed in (1, 2)]
    assert {told(given, order, cluster=cluster, weight=weight) for order in shuffled} == {first}


def test_nor_where_customers_are_joined_into_groups() -> None:
    given = answers(9_000)
    first = told(given, range(9_000), cluster="number")
    assert told(given, np.random.default_rng(1).permutation(9_000), cluster="number") == first
