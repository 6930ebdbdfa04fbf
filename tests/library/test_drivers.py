"""Key drivers: what holds whatever the data, and what is said when there is little to say."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

import kapula
from kapula.analyses.drivers import engine_blocks, gathering
from kapula.analyses.drivers.impute import imputed
from kapula.errors import ColumnTypeError, NotFiniteError, OffScaleError, ParameterError, UnknownColumnError
from tests.library.drivers_peer import r_squared, shapley, world

SOME = hypothesis_settings(max_examples=4)


def ask(table: Any, names: Any = "abcd", method: str | None = "lmg", **keywords: Any) -> Any:
    return kapula.drivers(table, "y", list(names), method, **({"n_boot": 0} | keywords))


def shares(result: Any) -> dict[str, float]:
    return {driver.name: driver.share for driver in result.drivers}


# What holds whatever the data.


@SOME
@given(seed=st.integers(0, 10_000), columns=st.integers(1, 6), together=st.floats(-2, 2))
def test_every_subset_by_least_squares(seed: int, columns: int, together: float) -> None:
    table = world(60, seed, columns, together)
    names = list(table)[:-1]
    rows = np.column_stack([table[name] for name in names])
    weight = np.random.default_rng(seed).uniform(0.1, 3, 60)
    result = ask(table | {"w": weight}, names, weight="w")
    expected = shapley([[place] for place in range(columns)], lambda c: r_squared(rows, table["y"], weight, c))
    assert list(shares(result).values()) == pytest.approx(expected, abs=1e-10)
    assert sum(shares(result).values()) == pytest.approx(result.r2, abs=1e-12)


@SOME
@given(
    seed=st.integers(0, 10_000),
    method=st.sampled_from(["lmg", "johnson"]),
    order=st.permutations("abcd"),
    factor=st.floats(1e-6, 1e6),
    shift=st.floats(-1e6, 1e6),
)
def test_order_and_units_do_not_matter(seed: int, method: str, order: list[str], factor: float, shift: float) -> None:
    table = world(80, seed)
    other = table | {"b": -factor * (table["b"] + shift), "y": table["y"] * factor}
    first, second = shares(ask(table, method=method)), shares(ask(other, order, method))
    assert [second[name] for name in "abcd"] == pytest.approx([first[name] for name in "abcd"], abs=1e-7)


@SOME
@given(seed=st.integers(0, 10_000), method=st.sampled_from(["lmg", "johnson"]))
def test_the_same_driver_twice_shares_equally(seed: int, method: str) -> None:
    table = world(80, seed)
    result = ask(table | {"e": 5 - 2 * table["b"]}, "abcde", method)
    found = shares(result)
    assert found["b"] == pytest.approx(found["e"], abs=1e-9)
    assert result.r2 == pytest.approx(ask(table, method=method).r2, abs=1e-9)
    assert {"b", "e"} <= set(result.named["collinear"])


@SOME
@given(seed=st.integers(0, 10_000), method=st.sampled_from(["lmg", "johnson", "shapley_logit", "penalty_reward"]))
def test_a_weight_is_so_many_rows(seed: int, method: str) -> None:
    random = np.random.default_rng(seed)
    table = {name: np.clip(np.round(column + 3), 1, 5) for name, column in world(120, seed, 2).items()}
    table["y"] = (random.random(120) < 0.2 + 0.1 * table["a"]).astype(float)
    times = random.integers(1, 4, size=120)
    repeated = {name: np.repeat(column, times) for name, column in table.items()}
    keywords = {"cuts": (2, 4)} if method == "penalty_reward" else {}
    weighted = ask(table | {"w": times}, "ab", method, weight="w", **keywords)
    assert shares(weighted) == pytest.approx(shares(ask(repeated, "ab", method, **keywords)), abs=1e-9)


def test_groups_are_one_driver_and_covariates_come_first() -> None:
    table = world(200, 3, 5)
    rows = np.column_stack([table[name] for name in "abcde"])
    worth = lambda columns: r_squared(rows, table["y"], np.ones(200), columns)  # noqa: E731
    result = ask(table, "abcd", groups={"pair": ["b", "c"]}, always="e")
    expected = shapley([[0], [1, 2], [3]], lambda columns: worth([*columns, 4]))
    assert shares(result) == pytest.approx(dict(zip(["a", "pair", "d"], expected, strict=True)), abs=1e-10)
    assert result.r2_always == pytest.approx(worth([4]), abs=1e-12)
    assert result.r2 + result.r2_always == pytest.approx(worth([0, 1, 2, 3, 4]), abs=1e-12)
    assert shares(ask(table, ["a", "pair", "d"], groups={"pair": ["b", "c"]}, always=["e"])) == shares(result)
    johnson = ask(table, "abcd", "johnson", groups=[["b", "c"]], always="e")
    assert sum(shares(johnson).values()) == pytest.approx(result.r2, abs=1e-12)
    assert list(shares(johnson)) == ["a", "b + c", "d"]


def test_the_engine_gives_the_same_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    table = world(3000, 5) | {"w": np.random.default_rng(5).uniform(0.5, 2, 3000), "k": np.arange(3000) // 3}
    table["b"] = np.where(np.arange(3000) % 7 == 0, np.nan, 1e6 + table["b"])
    keywords = {"weight": "w", "cluster": "k", "n_boot": 400, "scale": {"b": (999_900, 1_000_100)}}
    held = ask(table, **keywords)
    monkeypatch.setattr(gathering, "IN_MEMORY", 0)
    monkeypatch.setattr(engine_blocks, "CHUNK", 700)
    summed, again = ask(table, **keywords), ask(table, **keywords)
    assert summed.to_dict() == again.to_dict()
    assert (summed.n, summed.units, summed.set_aside) == (held.n, held.units, {"blank": 3000 - held.n})
    assert shares(summed) == pytest.approx(shares(held), abs=1e-9)
    for one, other in zip(summed.drivers, held.drivers, strict=True):
        assert [one.low, one.high] == pytest.approx([other.low, other.high], abs=0.02)
    assert summed.drivers[1].performance.value == pytest.approx(held.drivers[1].performance.value, abs=1e-9)
    plain = ask(table, n_boot=100)
    assert sum(shares(plain).values()) == pytest.approx(plain.r2, abs=1e-12)
    assert plain.drivers[0].low < plain.drivers[0].share < plain.drivers[0].high
    with pytest.raises(ParameterError, match="rows in memory"):
        ask(table, method="penalty_reward")


# Certainty.


def test_the_order_is_told_with_its_certainty() -> None:
    result = ask(world(1500, 1), n_boot=400)
    assert result.verdict == "first_sure"
    assert [rank.name for rank in result.ranks] == list("abcd")
    assert (result.ranks[0].low, result.ranks[0].high) == (1, 1)
    first, last = result.pairs[0], result.pairs[-1]
    assert (first.above, first.below, first.sure) == ("a", "b", True)
    assert first.low < first.difference < first.high
    assert first.certainty > 0.99
    assert (last.above, last.below, last.sure) == ("c", "d", False)
    assert 0.4 < last.certainty < 0.99
    assert sum(rank.first for rank in result.ranks) == pytest.approx(1)
    assert result.r2_low < result.r2 < result.r2_high
    assert all(driver.low <= driver.share <= driver.high for driver in result.drivers)


def test_the_same_seed_gives_the_same_figures() -> None:
    table = world(150, 1)
    first, second, other = (ask(table, n_boot=200, seed=seed).to_dict() for seed in (1, 1, 2))
    assert first == second
    assert first["drivers"][0]["share"] == other["drivers"][0]["share"]
    assert first["drivers"][0]["low"] != other["drivers"][0]["low"]


def test_clusters_widen_the_intervals() -> None:
    """Every row ten times: as rows ten times the data, as clusters no more than there is."""
    table = {name: np.repeat(column, 10) for name, column in world(100, 2).items()}
    table["k"] = np.repeat([f"k{place}" for place in range(100)], 10)
    once = ask(world(100, 2), n_boot=800)
    rows, clusters = ask(table, n_boot=800), ask(table, n_boot=800, cluster="k")
    width = [result.drivers[0].high - result.drivers[0].low for result in (once, rows, clusters)]
    assert clusters.units == 100
    assert width[2] == pytest.approx(width[0], rel=0.15)
    assert width[1] < width[0] / 2


def test_a_share_that_may_be_zero_has_an_interval_from_zero() -> None:
    random = np.random.default_rng(11)
    table = world(400, 4, 2) | {"noise": random.normal(size=400)}
    result = ask(table, ["a", "b", "noise"], n_boot=300)
    assert [driver.low == 0 for driver in result.drivers] == [False, False, True]
    assert result.drivers[2].high > result.drivers[2].share > 0


def test_nothing_related_is_told_as_such() -> None:
    random = np.random.default_rng(12)
    table = {name: random.normal(size=300) for name in "abcy"}
    result = ask(table, "abc", n_boot=300)
    assert result.verdict == "nothing_sure"
    assert result.p > 0.05
    assert not any(pair.sure for pair in result.pairs)
    assert {(rank.low, rank.high) for rank in result.ranks} == {(1, 3)}
    assert result.r2_low == 0


# Missing answers.


def test_listwise_tells_how_many_and_imputation_uses_them() -> None:
    """Blanks that follow another answer: whole rows lose the strong driver's range, imputation brings it back."""
    table = world(2500, 6, 3, together=1.5)
    whole = ask(table, "abc")
    random = np.random.default_rng(6)
    holed = table | {"b": np.where((table["a"] > 0) & (random.random(2500) < 0.7), np.nan, table["b"])}
    listwise, filled = ask(holed, "abc"), ask(holed, "abc", missing="impute", n_boot=200, imputations=10)
    assert listwise.n + listwise.set_aside["blank"] == 2500
    assert (filled.n, filled.method["imputations"]) == (2500, 10)
    assert filled.drivers[1].missing == pytest.approx(np.isnan(holed["b"]).mean())
    gaps = [abs(result.drivers[0].share - whole.drivers[0].share) for result in (listwise, filled)]
    assert gaps[1] < gaps[0] / 2
    assert filled.drivers[0].low < whole.drivers[0].share < filled.drivers[0].high


def test_how_well_a_driver_with_blanks_does_is_told_on_its_own_scale() -> None:
    """Answers of 3 and a half on 1–5 are 62.5 of 100, also when some are drawn: blanks at random leave the mean where it was."""
    random = np.random.default_rng(3)
    table = {name: random.choice([2.0, 3.0, 4.0, 5.0], 800) for name in "ab"}
    table["y"] = table["a"] + 0.5 * table["b"] + random.normal(size=800)
    holed = table | {"a": np.where(random.random(800) < 0.25, np.nan, table["a"])}
    whole, filled = (
        ask(one, "ab", scale=(1, 5), n_boot=200, **also) for one, also in ((table, {}), (holed, {"missing": "impute"}))
    )
    for full, drawn in zip(whole.drivers, filled.drivers, strict=True):
        assert drawn.performance.value == pytest.approx(full.performance.value, abs=1.5)
        assert drawn.performance.low < full.performance.value < drawn.performance.high
    wide = [one.drivers[0].performance.high - one.drivers[0].performance.low for one in (whole, filled)]
    assert wide[0] < wide[1] < 1.5 * wide[0]


def test_no_copy_is_drawn_from_a_resample_without_an_answer() -> None:
    """Two clusters, one of which was never asked: a resample of the other alone would fill every blank with one number."""
    random = np.random.default_rng(4)
    rows = random.normal(size=(200, 3))
    rows[100:, 0] = np.nan
    copies = imputed(rows, np.ones(200), np.repeat([0, 1], 100), 30, np.random.default_rng(5))
    assert min(float(copy[100:, 0].std()) for copy in copies) > 0.5


def test_a_mostly_missing_and_a_constant_driver_are_named() -> None:
    table = world(200, 7) | {"c": np.full(200, 3.0)}
    table["d"] = np.where(np.arange(200) < 120, np.nan, table["d"])
    result = ask(table, n_boot=200)
    assert result.n == 80
    assert result.named["mostly_missing"] == ("d",)
    assert result.named["constant"] == ("c",)
    assert {"mostly_missing", "constant"} <= set(result.warnings)
    assert shares(result)["c"] < 1e-12


# Importance and performance.


def test_the_map_tells_quadrants_only_when_sure() -> None:
    random = np.random.default_rng(9)
    n = 2000
    table = {
        name: np.clip(np.round(mean + random.normal(size=n)), 1, 5)
        for name, mean in zip("abcd", (2, 4, 2, 3), strict=True)
    }
    table["y"] = 1.5 * table["a"] + 1.5 * table["b"] + 0.1 * table["c"] + 0.75 * table["d"] + random.normal(size=n)
    result = ask(table, scale=(1, 5), n_boot=300)
    quadrants = [driver.performance.quadrant for driver in result.drivers]
    assert quadrants[:3] == ["improve", "keep", "low_priority"]
    value = result.drivers[0].performance
    assert value.value == pytest.approx(25 * (table["a"].mean() - 1))
    assert value.low < value.value < value.high
    few = ask(
        {name: column[:60] for name, column in table.items()}, scale={"a": (1, 5), "c": (1, 5), "d": (1, 5)}, n_boot=300
    )
    assert few.drivers[3].performance.quadrant is None
    assert few.drivers[1].performance is None
    with pytest.raises(OffScaleError, match="'a'"):
        ask(table, scale=(1, 4))


# Binary outcomes, penalty and reward.


def test_separation_is_told_and_gives_no_figures() -> None:
    random = np.random.default_rng(2)
    table = {"a": np.arange(100.0), "b": random.normal(size=100), "y": np.arange(100) >= 50}
    complete = ask(table, "ab", "shapley_logit")
    quasi = ask(
        {**table, "a": np.where(np.arange(100) > 80, 1.0, 0.0), "y": (np.arange(100) > 80) | (np.arange(100) % 2 == 0)},
        "ab",
        "shapley_logit",
    )
    for result in (complete, quasi):
        assert (result.verdict, result.drivers, result.r2) == ("separated", (), None)
        assert "a" in result.named["separation"]


def test_many_drivers_of_a_binary_outcome_are_sampled_orders() -> None:
    random = np.random.default_rng(13)
    table = {f"x{place}": random.normal(size=300) for place in range(13)}
    table["y"] = (table["x0"] + 0.5 * table["x1"] + random.logistic(size=300) > 0).astype(float)
    result = kapula.drivers(table, "y", [f"x{place}" for place in range(13)], "shapley_logit", n_boot=200)
    assert "sampled_orders" in result.warnings
    assert result.method["orders"] == 256
    assert sum(driver.share for driver in result.drivers) == pytest.approx(result.r2, abs=1e-12)
    assert result.ranks[0].name == "x0"


def test_a_class_that_depends_on_the_cut_is_not_given() -> None:
    """c loses at 1 as much as it wins at 5: even there, but excitement when 2 counts as low, basic when 4 counts as high."""
    random = np.random.default_rng(5)
    table = {name: random.integers(1, 6, size=3000).astype(float) for name in "ac"}
    steps = 2.0 * (table["c"] == 5) - 2.0 * (table["c"] == 1) - 2.0 * (table["a"] == 1)
    result = ask(table | {"y": steps + random.normal(size=3000)}, "ac", "penalty_reward", cuts=[(1, 5), (2, 5), (1, 4)])
    steady, torn = result.asymmetry.drivers
    assert (steady.kind, steady.differs) == ("basic", False)
    assert [cut.kind for cut in torn.cuts] == ["performance", "excitement", "basic"]
    assert torn.kind is None
    assert result.named["cuts_differ"] == ("c",)
    assert "cuts_differ" in result.warnings


# Bad input.


@pytest.mark.parametrize(
    ("keywords", "error", "word"),
    [
        ({"names": ["a", "a"]}, ParameterError, "twice"),
        ({"names": ["a", "y"]}, ParameterError, "outcome"),
        ({"names": []}, ParameterError, "No drivers"),
        ({"names": ["a", "nope"]}, UnknownColumnError, "nope"),
        ({"names": ["a", "text"]}, ColumnTypeError, "text"),
        ({"names": ["a", "endless"]}, NotFiniteError, "endless"),
        ({"method": "pmvd"}, ParameterError, "pmvd"),
        ({"missing": "pairwise"}, ParameterError, "pairwise"),
        ({"n_boot": 5}, ParameterError, "resamples"),
        ({"level": 95}, ParameterError, "level"),
        ({"groups": {"g": ["a", "b"], "h": ["b", "c"]}}, ParameterError, "twice"),
        ({"groups": {"g": []}}, ParameterError, "no columns"),
        ({"groups": {"a": ["b", "c"]}}, ParameterError, "name of a group"),
        ({"method": "shapley_logit"}, ParameterError, "two values"),
        ({"method": "shapley_logit", "always": "d", "names": "abc"}, ParameterError, "covariates"),
        ({"method": "penalty_reward", "cuts": (4, 2)}, ParameterError, "nothing between"),
        ({"method": "penalty_reward", "cuts": (-99, 99)}, ParameterError, "no answers"),
        ({"method": "penalty_reward", "names": ["a", "flag"]}, ParameterError, "three different"),
        ({"method": "penalty_reward", "missing": "impute"}, ParameterError, "every answer"),
        ({"scale": (5, 1)}, ParameterError, "scale"),
        ({"scale": {"z": (1, 5)}}, ParameterError, "not a driver"),
        ({"weight": "negative"}, ParameterError, "negative"),
    ],
)
def test_what_cannot_be_asked(keywords: dict[str, Any], error: type[Exception], word: str) -> None:
    table = world(100, 1) | {
        "text": ["x"] * 100,
        "endless": [float("inf")] * 100,
        "negative": [-1.0] * 100,
        "flag": [0.0, 1.0] * 50,
    }
    with pytest.raises(error, match=word):
        ask(table, **keywords)


def test_too_many_drivers_are_refused_or_computed_another_way() -> None:
    random = np.random.default_rng(1)
    names = [f"x{place}" for place in range(26)]
    table = {name: random.normal(size=200) for name in [*names, "y"]}
    with pytest.raises(ParameterError, match="johnson"):
        kapula.drivers(table, "y", names[:21], "lmg")
    with pytest.raises(ParameterError, match="every subset"):
        kapula.drivers(table, "y", names, "lmg", n_boot=0)
    assert kapula.drivers(table, "y", names, n_boot=100).method["method"] == "johnson"
    assert kapula.drivers(table, "y", names[:5], n_boot=0).method["method"] == "lmg"
    groups = {"all": names[5:]}
    assert kapula.drivers(table, "y", [*names[:5], "all"], groups=groups, n_boot=0).method["method"] == "lmg"


@pytest.mark.parametrize("method", ["lmg", "johnson", "shapley_logit", "penalty_reward"])
def test_too_little_data_is_an_answer(method: str) -> None:
    table = {name: column[:12] for name, column in world(40, 1).items()}
    table["y"] = np.array([0.0, 1.0] * 6)
    result = ask(table, method=method, n_boot=200)
    assert (result.verdict, result.drivers, result.r2) == ("not_enough", (), None)
    assert result.needed_n is not None
    assert result.n == 12 < result.needed_n


def test_more_columns_than_rows_is_too_little_data() -> None:
    random = np.random.default_rng(1)
    table = {f"x{place}": random.normal(size=30) for place in range(40)} | {"y": random.normal(size=30)}
    result = kapula.drivers(table, "y", [f"x{place}" for place in range(40)])
    assert (result.verdict, result.n, result.needed_n) == ("not_enough", 30, 82)


def test_an_outcome_without_variation_and_one_cluster() -> None:
    flat = ask(world(100, 1) | {"y": np.full(100, 7.0)}, n_boot=200)
    assert (flat.verdict, flat.r2, flat.warnings) == ("no_variation", None, ("zero_variance",))
    one = ask(world(100, 1) | {"k": ["same"] * 100}, n_boot=200, cluster="k")
    assert (one.verdict, one.units) == ("described", 1)
    assert "single_cluster" in one.warnings
    assert {driver.low for driver in one.drivers} == {None}


@pytest.mark.parametrize("method", ["lmg", "johnson"])
def test_an_outcome_made_of_a_driver_is_told(method: str) -> None:
    table = world(100, 1)
    result = ask(table | {"y": 2 * table["a"]}, "ab", method, n_boot=200)
    assert (result.verdict, result.r2) == ("first_sure", pytest.approx(1))
    assert "explained_exactly" in result.warnings


def test_a_run_can_be_stopped() -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ask(world(200, 1), n_boot=200, progress=stop)
