"""The order in which rows come shows in no digit of the answer, whatever the method."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

import kapula
from kapula.analyses.row_order import row_order


def table(rows: int, binary: bool = False) -> dict[str, Any]:
    """Answers 1 to 5, of which many rows are alike; weights, and clusters of which some are blank."""
    random = np.random.default_rng(4)
    opinion = random.normal(size=rows)
    given: dict[str, Any] = {
        name: np.clip(np.round(3 + 0.7 * opinion + random.normal(size=rows)), 1, 5) for name in ("a", "b", "c")
    }
    outcome = given["a"] + 0.5 * given["b"] + random.normal(size=rows)
    given["y"] = (outcome > np.median(outcome)).astype(float) if binary else np.round(outcome)
    given["w"] = random.uniform(0.2, 3, rows).round(1)
    given["who"] = [None if place % 7 == 0 else f"k{place}" for place in random.integers(0, rows // 3, rows)]
    return given


def told(given: dict[str, Any], **settings: Any) -> str:
    found = kapula.drivers(pa.table(given), "y", ["a", "b", "c"], n_boot=100, **settings)
    return json.dumps(found.to_dict(), sort_keys=True)


def shuffled(given: dict[str, Any], seed: int) -> dict[str, Any]:
    order = np.random.default_rng(seed).permutation(len(given["y"]))
    return {name: [values[place] for place in order] for name, values in given.items()}


@pytest.mark.parametrize(
    "also", [{}, {"weight": "w"}, {"cluster": "who"}, {"weight": "w", "cluster": "who"}, {"cluster": "c"}]
)
@pytest.mark.parametrize("method", ["lmg", "johnson", "shapley_logit", "penalty_reward"])
def test_the_order_of_rows_shows_in_no_digit(method: str, also: dict[str, Any]) -> None:
    given = table(2300 if method == "shapley_logit" else 400, method == "shapley_logit")
    first = told(given, method=method, **also)
    assert {told(shuffled(given, seed), method=method, **also) for seed in (1, 2)} == {first}


@pytest.mark.parametrize("also", [{"weight": "w"}, {"cluster": "who"}])
def test_nor_where_blanks_are_drawn(also: dict[str, Any]) -> None:
    given = table(300)
    given["b"] = [None if place % 4 == 0 else value for place, value in enumerate(given["b"])]
    first = told(given, missing="impute", imputations=3, **also)
    assert {told(shuffled(given, seed), missing="impute", imputations=3, **also) for seed in (1, 2)} == {first}


@pytest.mark.parametrize("kind", [pa.null(), pa.bool_(), pa.date32(), pa.dictionary(pa.int32(), pa.string())])
def test_clusters_of_any_type_are_ordered(kind: pa.DataType) -> None:
    given = table(200)
    names = {pa.null(): [None], pa.bool_(): [True, False, None], pa.date32(): list(range(40))}.get(
        kind, ["b", "a", "c"]
    )
    given["who"] = [names[place % len(names)] for place in range(200)]

    def found(order: Any) -> Any:
        columns = {name: [values[place] for place in order] for name, values in given.items() if name != "who"}
        columns["who"] = pa.array([given["who"][place] for place in order], type=kind)
        return kapula.drivers(pa.table(columns), "y", ["a", "b", "c"], cluster="who", n_boot=100).to_dict()

    assert found(range(200)) == found(range(199, -1, -1))


def test_rows_are_sorted_by_each_column_in_turn() -> None:
    random = np.random.default_rng(2)
    columns = [*random.integers(0, 4, (5, 500)).astype(float), random.normal(size=500)]
    columns[1][::9] = np.nan
    assert row_order(columns, 500).tolist() == np.lexsort(columns[::-1]).tolist()
    assert row_order([np.zeros(0)], 0).tolist() == []
