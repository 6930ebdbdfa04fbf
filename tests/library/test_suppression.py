"""Small groups stay hidden, also from someone who subtracts what is shown from the totals."""

from __future__ import annotations

import random
from itertools import product
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import kapula
from kapula.statistics.suppression import TOTAL, suppress, suppress_all

LABELS = [("a", "b", "c", "d"), ("v", "w", "x", "y", "z"), ("1", "2", "3")]


@st.composite
def counts(draw: st.DrawFn) -> dict[tuple[Any, ...], int]:
    sizes = draw(st.sampled_from([(4,), (3, 4), (4, 5), (2, 3, 3)]))
    cells = list(product(*(LABELS[d][:size] for d, size in enumerate(sizes))))
    return {cell: draw(st.integers(0, 40)) for cell in cells}


def shown_sums(table: dict[tuple[Any, ...], int], hidden: set[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[int]]:
    """What a reader sees: every cell and total that is not hidden, as the cells it adds up."""
    cells = [cell for cell, n in table.items() if n]
    found: dict[tuple[Any, ...], list[int]] = {}
    for place, cell in enumerate(cells):
        for mask in product((True, False), repeat=len(cell)):
            group = tuple(label if keep else TOTAL for label, keep in zip(cell, mask, strict=True))
            found.setdefault(group, []).append(place)
    return {group: places for group, places in found.items() if group not in hidden}


def attack(table: dict[tuple[Any, ...], int], hidden: set[tuple[Any, ...]], target: list[int]) -> bool:
    """Whether the sum over the target cells follows from what is shown, by least squares with two different worlds."""
    cells = [cell for cell, n in table.items() if n]
    system = np.zeros((0, len(cells)))
    for places in shown_sums(table, hidden).values():
        row = np.zeros(len(cells))
        row[places] = 1
        system = np.vstack([system, row])
    wanted = np.zeros(len(cells))
    wanted[target] = 1
    solution, *_ = np.linalg.lstsq(system.T, wanted, rcond=None)
    return bool(np.allclose(system.T @ solution, wanted, atol=1e-6))


@settings(max_examples=120, deadline=None, derandomize=True, database=None)
@given(counts(), st.sampled_from([5, 10, 20]))
def test_no_small_group_can_be_worked_out(table: dict[tuple[Any, ...], int], minimum_n: int) -> None:
    primary, complementary = suppress_all(table, minimum_n)
    hidden = primary | complementary
    cells = [cell for cell, n in table.items() if n]
    for group in primary:
        members = [i for i, cell in enumerate(cells) if all(g in (TOTAL, c) for g, c in zip(group, cell, strict=True))]
        assert not attack(table, hidden, members), group
    assert all(n >= minimum_n or cell in hidden for cell, n in table.items() if n)


def test_the_attack_itself_works_on_primary_suppression_alone() -> None:
    table = {("a",): 50, ("b",): 60, ("c",): 3}
    assert attack(table, {("c",)}, [2])
    assert not attack(table, {("c",), ("a",)}, [2])


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(counts())
def test_a_total_is_withheld_alike_wherever_it_is_shown(table: dict[tuple[Any, ...], int]) -> None:
    """Who asks for groups, and who asks for groups by period, are told the same about the groups' totals."""
    fine = set().union(*suppress_all(table, 10))
    coarse: dict[tuple[Any, ...], int] = {}
    for cell, n in table.items():
        coarse[cell[:1]] = coarse.get(cell[:1], 0) + n
    alone = set().union(*suppress(coarse, 10))
    rest = (TOTAL,) * (len(next(iter(table))) - 1)
    assert {group[:1] for group in fine if group[0] != TOTAL and group[1:] == rest} >= alone


def test_the_fewest_answers_are_lost() -> None:
    """One small cell in a 3 × 4 table needs three more: the corners of a rectangle."""
    sizes = [3, 50, 60, 70, 80, 90, 40, 30, 20, 25, 35, 45]
    table = dict(zip(product("abc", "wxyz"), sizes, strict=True))
    primary, complementary = suppress(table, 10)
    assert primary == {("a", "w")}
    assert complementary == {("a", "x"), ("c", "w"), ("c", "x")}


def test_nothing_is_hidden_without_need() -> None:
    assert suppress({("a",): 30, ("b",): 30}, 30) == (set(), set())
    assert suppress({("a",): 3, ("b",): 3}, 0) == (set(), set())
    assert suppress({}, 10) == (set(), set())


def rows_of(sizes: dict[str, int]) -> dict[str, list[Any]]:
    rng = random.Random(4)
    return {
        "score": [rng.randint(0, 10) for n in sizes.values() for _ in range(n)],
        "team": [team for team, n in sizes.items() for _ in range(n)],
    }


def test_measure_withholds_small_groups_and_a_second_one() -> None:
    result = kapula.measure(rows_of({"north": 80, "south": 40, "west": 4}), "nps", by="team", minimum_n=10)
    codes = {row.by: row.warnings for row in result.rows}
    assert codes == {"north": (), "south": ("suppressed_complement",), "west": ("suppressed",)}
    for row in result.rows:
        assert (row.value is None) == (row.low is None) == bool(row.warnings)
    assert result.method["minimum_n"] == 10


def test_a_comparison_with_a_small_side_is_withheld() -> None:
    found = kapula.compare(rows_of({"north": 80, "west": 4}), "nps", ("north", "west"), on="team", minimum_n=10)
    assert (found.value, found.low, found.second.value) == (None, None, None)
    assert "suppressed" in found.warnings
    with pytest.raises(kapula.errors.ParameterError, match="both sides"):
        kapula.compare(rows_of({"north": 8}), "nps", ("north", "north"), on="team")
