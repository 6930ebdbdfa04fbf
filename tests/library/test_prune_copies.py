"""A copy of a question goes, near or exact, is named, and the verdict says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import kapula
from kapula.analyses.prune.ranking import agreements

QUICK: dict[str, Any] = {"folds": 5, "repeats": 1, "n_boot": 50}


def near_copies(count: int) -> dict[str, np.ndarray]:
    """Two questions that go together and weigh alike, and ``count`` copies of the first in which one answer in a hundred is another."""
    draw = np.random.default_rng(2)
    mood = draw.normal(size=500)
    ease, price = (np.clip(np.rint(3 + 0.5 * mood + draw.normal(size=500)), 1, 5) for _ in range(2))
    data = {"ease": ease, "price": price}
    for number in range(count):
        again = ease.copy()
        changed = draw.choice(500, 5, replace=False)
        again[changed] = draw.integers(1, 6, 5)
        data[f"again{number}"] = again
    return data | {"y": ease + price + draw.normal(size=500)}


@pytest.mark.parametrize("spare", ["copy", "mirror", "constant"])
def test_the_verdict_agrees_with_its_list(spare: str) -> None:
    draw = np.random.default_rng(5)
    a, b, c = (draw.integers(1, 6, 400).astype(float) for _ in range(3))
    more = {"copy": b, "mirror": 6 - b, "constant": np.full(400, 3.0)}[spare]
    data = {"a": a, "b": b, "c": c, "spare": more, "y": a + 0.9 * b + 0.8 * c + draw.normal(size=400)}
    result = kapula.prune(data, "y", ["a", "b", "c", "spare"], seed=1)
    assert (result.verdict, result.drop) == ("can_drop", ("spare",))


@pytest.mark.parametrize("count", [1, 2])
def test_near_copies_go_though_they_shared_a_weight_with_what_stays(count: int) -> None:
    """Together they would rank first, and each alone last: neither is where the question stands among the others."""
    data = near_copies(count)
    names = [name for name in data if name != "y"]
    result = kapula.prune(data, "y", names, **QUICK)
    assert result.verdict == "can_drop"
    assert len(result.drop) == count
    assert "price" not in result.drop
    assert result.with_all is not None
    assert result.with_all.rank_agreement == 1.0


def test_an_order_that_did_change_is_still_seen() -> None:
    """What goes is no copy: the order before is that of all."""
    draw = np.random.default_rng(1)
    base = draw.normal(size=(400, 3)) @ np.linalg.cholesky(np.array([[1, 0.6, 0], [0.6, 1, 0], [0, 0, 1]])).T
    z = np.column_stack([np.ones(400), base, base @ np.array([0.5, 0.9, 0.75]) + draw.normal(size=400)])
    moments = (z.T @ z)[None]
    order = np.array([[2]])
    alike = np.zeros((3, 3), dtype=bool)
    assert agreements(moments, order, 1, alike)[0, 1] == -1.0
    alike[0, 1] = alike[1, 0] = True
    assert agreements(moments, order, 1, alike)[0, 1] == 1.0


@pytest.mark.parametrize(
    ("turned", "correlation"), [(1.0, 1.0), (-1.0, -1.0), (2.5, 1.0)], ids=["copy", "mirror", "scale"]
)
def test_an_exact_copy_is_named_as_a_twin_and_costs_nothing(turned: float, correlation: float) -> None:
    data = near_copies(0)
    data |= {"again": 6 + turned * data["price"], "same": np.full(500, 4.0)}
    result = kapula.prune(data, "y", ["ease", "price", "again", "same"], **QUICK)
    (pair,) = result.twins
    assert (pair.first, pair.second) == ("price", "again")
    assert pair.low == pair.correlation == pair.high == pytest.approx(correlation, abs=1e-12)
    one = {question.name: question for question in result.questions}
    assert (one["again"].twin_of, one["price"].twin_of, one["same"].twin_of) == ("price", "again", None)
    for name in ("again", "same"):
        told = one[name].to_dict()
        assert (told["drop"], told["loss"], told["low"], told["high"]) == (True, 0.0, 0.0, 0.0)


def test_a_copy_that_may_never_go_stays_and_what_it_copies_goes() -> None:
    data = near_copies(0)
    data["again"] = 6 - data["price"]
    result = kapula.prune(data, "y", ["ease", "price", "again"], always="again", **QUICK)
    assert result.drop == ("price",)
    assert [(pair.first, pair.second) for pair in result.twins] == [("again", "price")]


def test_a_copy_goes_where_nothing_can_be_said_of_the_others_yet() -> None:
    data = near_copies(0)
    data |= {"idle": np.random.default_rng(8).normal(size=500), "again": data["price"]}
    result = kapula.prune(data, "y", ["ease", "price", "idle", "again"], max_loss=0.0001, **QUICK)
    assert result.with_all is not None
    assert result.with_all.verdict == "unsure"
    assert (result.verdict, result.drop, result.needed_n) == ("can_drop", ("again",), None)


@pytest.mark.parametrize("outcome", ["noise", "constant"])
@pytest.mark.parametrize("spare", ["copy", "mirror", "constant"])
def test_a_copy_goes_and_the_verdict_says_so_where_nothing_is_predicted(outcome: str, spare: str) -> None:
    """A copy is a copy whatever it predicts: only of the others can nothing be said."""
    data = near_copies(0)
    data["y"] = {"noise": np.random.default_rng(3).normal(size=500), "constant": np.full(500, 9.0)}[outcome]
    data["spare"] = {"copy": data["price"], "mirror": 6 - data["price"], "constant": np.full(500, 3.0)}[spare]
    result = kapula.prune(data, "y", ["ease", "price", "spare"], **QUICK)
    assert (result.verdict, result.drop, result.needed_n) == ("can_drop", ("spare",), None)
    assert (result.with_all.verdict if result.with_all else None) == {"noise": "no_prediction"}.get(outcome)
    others = [question for question in result.questions if question.name != "spare"]
    assert all(question.order is question.share is question.loss is None for question in others)
    pairs = [(pair.first, pair.second) for pair in result.twins]
    assert pairs == ([] if spare == "constant" else [("price", "spare")])


def test_a_copy_that_may_never_go_changes_nothing_where_nothing_is_predicted() -> None:
    data = near_copies(0) | {"y": np.random.default_rng(3).normal(size=500)}
    data["again"] = data["price"]
    result = kapula.prune(data, "y", ["ease", "price", "again"], always=["price", "again"], **QUICK)
    assert (result.verdict, result.drop) == ("no_prediction", ())
