"""Why a measure moved: the split adds up exactly, by the textbook, and the verdict says what the parts say."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

import kapula
from kapula.analyses.decompose.intervals import freedom
from kapula.analyses.decompose.parts import split, threefold
from kapula.analyses.decompose.units import Units
from kapula.analyses.decompose.verdict import VERDICTS
from kapula.errors import ColumnTypeError, ParameterError, UnknownColumnError

SOLAR = {  # segment → (promoters, passives, detractors) in each period
    "house": [(60, 20, 20), (40, 20, 40)],
    "solar": [(80, 10, 10), (135, 30, 35)],
}


def answers(cells: dict[Any, list[tuple[int, int, int]]], **more: Any) -> pa.Table:
    rows = [
        {"segment": segment, "year": year, "score": score}
        for segment, periods in cells.items()
        for year, counts in zip(("2024", "2025"), periods, strict=True)
        for score, count in zip((10, 8, 3), counts, strict=True)
        for _ in range(count)
    ]
    table = pa.Table.from_pylist(rows)
    for name, values in more.items():
        table = table.append_column(name, pa.array(values))
    return table


def ask(table: pa.Table, measure: str = "nps", **keywords: Any) -> dict[str, Any]:
    usual: dict[str, Any] = {"column": "score", "segment": "segment", "n_boot": 300}
    periods = {} if "time" in keywords else {"period": "year", "first": "2024", "second": "2025"}
    return kapula.decompose(table, measure, **{**usual, **periods, **keywords}).to_dict()


def part(found: dict[str, Any], segment: Any) -> dict[str, Any]:
    return next(one for one in found["segments"] if one["segment"] == segment)


def test_the_parts_are_those_worked_out_by_hand() -> None:
    """Houses: NPS 40 → 0, share ½ → ⅓. Solar homes: 70 → 50, ½ → ⅔. All: 55 → 33⅓."""
    found = ask(answers(SOLAR))
    assert (found["value_first"], found["value_second"]) == pytest.approx((55, 100 / 3))
    assert part(found, "house")["within"] == pytest.approx(5 / 12 * -40)
    assert part(found, "solar")["within"] == pytest.approx(7 / 12 * -20)
    middle = (55 + 100 / 3) / 2
    assert part(found, "house")["mix"] == pytest.approx(-1 / 6 * (20 - middle))
    assert part(found, "solar")["mix"] == pytest.approx(1 / 6 * (60 - middle))
    assert found["within"] == pytest.approx(5 / 12 * -40 + 7 / 12 * -20)
    assert found["total"] == pytest.approx(found["mix"] + found["within"])
    assert found["total"] == pytest.approx(100 / 3 - 55)
    assert part(found, "solar")["change"] == pytest.approx(-20)


def test_two_rates_of_kitagawas_kind_split_as_published() -> None:
    """Das Gupta's two-factor case: rates 5 and 20 in shares .8/.2 against 8 and 22 in shares .5/.5: the rate effect
    is the mean share times the
    difference of rates, .65 × 3 + .35 × 2 = 2.65, and the composition effect (6.5 − 21) × −.3 = 4.35 of 7 in all."""
    found = split(np.array([[4.0, 4.0], [4.0, 11.0]]), np.array([[0.8, 0.5], [0.2, 0.5]]))
    assert float(found.total) == pytest.approx(7.0)
    assert float(found.within.sum()) == pytest.approx(2.65)
    assert float(found.mix.sum()) == pytest.approx(4.35)
    three = threefold(found)
    assert three == pytest.approx({"within": 0.8 * 3 + 0.2 * 2, "mix": 0.3 * 15, "interaction": -0.3 * 3 + 0.3 * 2})


sums = st.lists(
    st.tuples(*[st.floats(0, 50, allow_subnormal=False)] * 2, *[st.floats(-20, 20, allow_subnormal=False)] * 2),
    min_size=1,
    max_size=6,
)


@given(sums)
def test_whatever_the_segments_the_parts_add_up_and_turning_time_turns_signs(cells: list[tuple[float, ...]]) -> None:
    table = np.array(cells)
    x = np.where(table[:, :2] < 0.5, 0.0, table[:, :2])
    if (x.sum(axis=0) == 0).any():
        x = x + 1
    y = x * table[:, 2:]
    found, back = split(y, x), split(y[:, ::-1], x[:, ::-1])
    assert float(found.mix.sum() + found.within.sum()) == pytest.approx(float(found.total), abs=1e-9)
    assert back.mix == pytest.approx(-found.mix, abs=1e-9)
    assert back.within == pytest.approx(-found.within, abs=1e-9)
    assert sum(threefold(found).values()) == pytest.approx(float(found.total), abs=1e-9)


@pytest.mark.parametrize(
    ("measure", "keywords"),
    [
        ("nps", {}),
        ("mean", {}),
        ("share", {"positive": [9, 10]}),
        ("csat_top_box", {"scale": (0, 10)}),
        ("rate", {"columns": ["score", "exposure"], "column": None}),
        ("nps", {"weight": "weight"}),
        ("mean", {"cluster": "customer", "weight": "weight"}),
    ],
)
def test_any_measure_that_adds_up_is_split_and_its_ends_are_the_measures_own(
    measure: str, keywords: dict[str, Any]
) -> None:
    random = np.random.default_rng(1)
    table = answers(SOLAR)
    n = table.num_rows
    for name, values in (
        ("exposure", random.uniform(1, 3, n)),
        ("weight", random.uniform(0.5, 2, n)),
        ("customer", np.arange(n) // 3),
    ):
        table = table.append_column(name, pa.array(values))
    found = ask(table, measure, **keywords)
    options = {key: value for key, value in keywords.items() if key not in ("cluster",)}
    own = kapula.measure(table, measure, by="year", **{"column": "score", **options}).rows
    assert [found["value_first"], found["value_second"]] == pytest.approx([row.value for row in own])
    assert found["total"] == pytest.approx(own[1].value - own[0].value)
    assert found["total"] == pytest.approx(sum(one["mix"] + one["within"] for one in found["segments"]))
    assert found["total_low"] < found["total"] < found["total_high"]


def test_a_segment_of_one_period_only_is_all_mix() -> None:
    found = ask(answers({**SOLAR, "firm": [(0, 0, 0), (30, 10, 10)], "old": [(10, 0, 40), (0, 0, 0)]}))
    entered, left = part(found, "firm"), part(found, "old")
    assert (entered["status"], left["status"]) == ("entered", "left")
    assert entered["within"] == left["within"] == 0
    assert (entered["change"], entered["value_first"]) == (None, None)
    assert found["total"] == pytest.approx(found["mix"] + found["within"])


def test_answers_without_a_segment_are_a_segment_of_their_own() -> None:
    found = ask(answers({**SOLAR, None: [(20, 20, 20), (20, 20, 20)]}))
    assert part(found, None)["n_first"] == 60
    assert found["n"] == 620


def test_several_columns_give_their_cross_and_each_alone() -> None:
    table = answers(SOLAR)
    table = table.append_column("region", pa.array(["north" if row % 3 else "south" for row in range(table.num_rows)]))
    found = ask(table, segment=["segment", "region"])
    assert part(found, {"segment": "solar", "region": "north"})["n_first"] > 0
    alone = ask(table)
    by_segment = next(one for one in found["columns"] if one["column"] == "segment")
    assert (by_segment["mix"], by_segment["within"]) == pytest.approx((alone["mix"], alone["within"]))


def test_segments_below_the_minimum_are_told_together_and_cannot_be_subtracted_out() -> None:
    cells = {**SOLAR, "a": [(3, 1, 0), (40, 5, 5)], "b": [(40, 5, 5), (60, 5, 5)]}
    found = ask(answers(cells), minimum_n=10)
    pooled = next(one for one in found["segments"] if one["pooled"])
    assert set(pooled["pooled"]) == {"a", "b"}
    assert {one["segment"] for one in found["segments"]} == {"house", "solar", None}
    assert found["total"] == pytest.approx(ask(answers(cells))["total"])


@pytest.mark.parametrize(
    ("cells", "verdict"),
    [
        ({"a": [(300, 300, 400), (300, 300, 400)], "b": [(200, 100, 100), (200, 100, 100)]}, "unclear"),
        ({"a": [(500, 100, 400), (250, 100, 650)], "b": [(400, 100, 500), (650, 100, 250)]}, "offsetting"),
        ({"a": [(500, 100, 400), (250, 100, 650)], "b": [(400, 100, 500), (300, 100, 600)]}, "within_fall"),
        ({"a": [(250, 100, 650), (500, 100, 400)], "b": [(300, 100, 600), (400, 100, 500)]}, "within_rise"),
        ({"a": [(450, 50, 400), (135, 15, 120)], "b": [(80, 10, 10), (640, 80, 80)]}, "mix_only"),
        ({"a": [(450, 50, 400), (90, 20, 190)], "b": [(80, 10, 10), (520, 100, 180)]}, "mix_hides_fall"),
        ({"a": [(80, 10, 10), (0, 0, 0)], "b": [(100, 100, 100), (0, 0, 1)]}, "not_enough"),
    ],
)  # fmt: skip
def test_the_verdict_says_what_the_parts_say(cells: dict[str, Any], verdict: str) -> None:
    assert ask(answers(cells))["verdict"] == verdict


def test_flat_is_said_only_when_it_is_surely_inside_the_margin() -> None:
    many = {"a": [(6000, 6000, 8000)] * 2, "b": [(4000, 2000, 2000)] * 2}
    few = {"a": [(60, 60, 80)] * 2, "b": [(40, 20, 20)] * 2}
    sure, unsure = ask(answers(many)), ask(answers(few))
    assert (sure["verdict"], sure["flat"], sure["needed_n"]) == ("flat_truly", True, None)
    assert (unsure["verdict"], unsure["flat"]) == ("unclear", False)
    assert unsure["needed_n"] > 10_000
    assert ask(answers(few), margin=60.0)["verdict"] == "flat_truly"


def test_turning_the_periods_turns_the_change() -> None:
    there, back = ask(answers(SOLAR)), ask(answers(SOLAR), first="2025", second="2024")
    assert back["total"] == pytest.approx(-there["total"])
    assert back["mix"] == pytest.approx(-there["mix"])


def test_a_rewording_between_the_periods_is_a_break_and_everything_coincides_with_it() -> None:
    table = answers(SOLAR)
    found = ask(table.append_column("form", table["year"]), wording="form", channel="segment")
    wording = next(one for one in found["breaks"] if one["code"] == "break_wording")
    assert found["verdict"] == "break"
    assert "break_wording" in found["warnings"]
    assert wording["part"] == pytest.approx(found["total"])
    channel = next(one for one in found["breaks"] if one["code"] == "break_channel")
    assert (channel["part"], channel["hard"]) == (pytest.approx(found["mix"]), False)


def test_days_of_rewording_are_a_break_as_a_column_would_be() -> None:
    table = dated(1095, 3000)
    found = ask(table, time="day", reworded=["2024-06-01"])
    (wording,) = found["breaks"]
    assert (found["verdict"], wording["code"], wording["period"]) == ("break", "break_wording", "2024-06")
    with pytest.raises(ParameterError):
        ask(answers(SOLAR), reworded=["2024-06-01"])


def dated(days: int, n: int, seed: int = 3) -> pa.Table:
    """Houses fall, solar homes too, but these grow from a tenth to eight tenths."""
    random = np.random.default_rng(seed)
    day = np.sort(random.integers(0, days, n))
    late = day / days
    solar = random.random(n) < 0.1 + 0.7 * late
    score = np.clip(np.round(6.6 + 2.4 * solar - 1.6 * late + 1.3 * random.normal(size=n)), 0, 10)
    start = dt.date(2023, 1, 2)
    return pa.table(
        {
            "day": [start + dt.timedelta(days=int(one)) for one in day],
            "segment": np.where(solar, "solar", "house"),
            "score": score,
        }
    )


def test_along_a_flat_stretch_the_slope_is_mix_up_and_within_down() -> None:
    found = ask(dated(1095, 9000), time="day")
    stretch = found["stretch"]
    assert found["verdict"] == "mix_hides_fall"
    assert (stretch["grain"], stretch["periods"], stretch["first"]) == ("month", 36, "2023-01")
    assert stretch["within_per_year_high"] < 0 < stretch["mix_per_year_low"]
    assert stretch["slope_per_year"] == pytest.approx(stretch["within_per_year"] + stretch["mix_per_year"])
    assert found["first"] == "2023-01-02/2024-01-01"


def test_stretches_are_written_as_years_months_or_ranges() -> None:
    table = dated(1095, 3000)
    year = ask(table, time="day", first="2023", second="2024", grain="quarter")
    same = ask(table, time="day", first="2023-01/2023-12", second="2024-01-01/2024-12-31", grain="quarter")
    assert year["total"] == same["total"]
    assert year["first"] == "2023-01-01/2023-12-31"
    assert year["stretch"]["periods"] == 8


def test_drivers_explain_the_part_that_their_levels_moved() -> None:
    """Waiting goes from 2 to 3 and costs a point of score a minute; something else takes half a point."""
    random = np.random.default_rng(5)
    late = np.repeat([0, 1], 1500)
    waiting = 2 + late + 0.5 * random.normal(size=3000)
    tone = random.normal(size=3000)
    score = 8 - 1.0 * waiting + 0.4 * tone - 0.5 * late + random.normal(size=3000)
    table = pa.table(
        {
            "score": score,
            "waiting": waiting,
            "tone": tone,
            "same": waiting * 2,
            "fixed": np.ones(3000),
            "year": np.where(late, "2025", "2024"),
            "segment": ["a", "b"] * 1500,
        }
    )
    found = ask(table, "mean", drivers=["waiting", "tone", "same", "fixed"])["drivers"]
    waiting_part, tone_part = found["drivers"]
    assert waiting_part["low"] < -1.0 < waiting_part["high"]
    assert tone_part["low"] < 0 < tone_part["high"]
    assert found["coefficients_low"] < -0.5 < found["coefficients_high"]
    assert set(found["warnings"]) == {"driver_collinear", "driver_constant"}
    total = ask(table, "mean")["total"]
    assert found["levels"] + found["coefficients"] + found["residual"] == pytest.approx(total)


def test_a_customer_heard_in_every_segment_is_one_and_not_as_many() -> None:
    """Thirty customers, each heard in four segments in both periods: 29 degrees of freedom, and not 119 or 232. With those the intervals
    of 95 % held 93."""
    random = np.random.default_rng(1)
    cell, unit = (side.ravel() for side in np.meshgrid(np.arange(8), np.arange(30)))
    ones = np.ones(240, dtype=np.int64)
    units = Units(
        tuple((name,) for name in "abcd"), cell, unit, random.normal(size=240), ones * 1.0, ones, ones, clustered=True
    )
    found = freedom(units, split(units.sums(units.y), units.sums(units.x)))
    assert (found.total, found.within) == (29, 28)
    assert max(found.change) <= 28


def test_an_answer_repeated_by_its_customer_makes_the_drivers_no_surer() -> None:
    random = np.random.default_rng(2)
    table = {
        "year": ["2024", "2025"] * 40,
        "segment": list("aabb") * 20,
        "customer": list(range(80)),
        "driver": random.normal(size=80),
    }
    table["score"] = np.clip(np.round(3 + table["driver"] + random.normal(size=80)), 1, 5)
    often = {name: np.repeat(values, 10) for name, values in table.items()}
    once, again = (
        ask(pa.table(one), "csat_mean", cluster="customer", drivers=["driver"])["drivers"] for one in (table, often)
    )
    names = ("levels", "levels_low", "levels_high", "coefficients_low", "coefficients_high")
    assert [again[name] for name in names] == pytest.approx([once[name] for name in names])
    assert (once["n"], again["n"]) == (80, 800)


def test_very_many_answers_are_joined_into_groups_and_their_intervals_agree() -> None:
    random = np.random.default_rng(6)
    n = 30_000
    late = random.random(n) < 0.5
    table = pa.table(
        {
            "score": random.normal(size=n) + 0.1 * late,
            "segment": random.integers(0, 3, n),
            "year": np.where(late, "2025", "2024"),
        }
    )
    found = ask(table, "mean", n_boot=1000)
    se = (found["total_high"] - found["total_low"]) / 2 / 1.96
    assert se == pytest.approx(2 / np.sqrt(n), rel=0.08)


@pytest.mark.parametrize(
    ("keywords", "error", "named"),
    [
        ({"first": "2024", "second": "2024"}, ParameterError, "second"),
        ({"first": "2019"}, ParameterError, "first"),
        ({"segment": ["segment", "segment"]}, ParameterError, "segment"),
        ({"segment": []}, ParameterError, "segment"),
        ({"segment": "nowhere"}, UnknownColumnError, None),
        ({"time": "year", "period": "year"}, ParameterError, "period"),
        ({"margin": -1.0}, ParameterError, "margin"),
        ({"time": "segment"}, ColumnTypeError, None),
        ({"n_boot": 3}, ParameterError, "n_boot"),
        ({"level": 0.2}, ParameterError, "level"),
        ({"minimum_n": -1}, ParameterError, "minimum_n"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(
    keywords: dict[str, Any], error: type[Exception], named: str | None
) -> None:
    with pytest.raises(error) as refused:
        ask(answers(SOLAR), **keywords)
    assert named is None or refused.value.context["parameter"] == named  # type: ignore[attr-defined]


def test_a_median_and_too_many_segments_are_refused() -> None:
    with pytest.raises(ParameterError, match="do not add up"):
        ask(answers(SOLAR), "median")
    table = answers(SOLAR)
    with pytest.raises(ParameterError, match="told apart"):
        ask(table.append_column("id", pa.array(range(table.num_rows))), segment="id")


def test_the_docs_example_runs() -> None:
    page = (Path(__file__).resolve().parents[2] / "docs" / "analyses" / "decompose.md").read_text(encoding="utf-8")
    found: dict[str, Any] = {}
    for example in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
        exec(compile(example, "decompose.md", "exec"), found)
    assert found["result"].verdict == "mix_hides_fall"
    assert all(f"`{code}`" in page for code in VERDICTS)


def test_answers_that_are_all_alike_have_no_interval() -> None:
    found = ask(answers({"a": [(50, 0, 0), (60, 0, 0)], "b": [(50, 0, 0), (40, 0, 0)]}))
    assert (found["total"], found["total_low"], found["verdict"]) == (0, None, "unclear")
    assert "zero_variance" in found["warnings"]


def test_a_year_that_a_file_gave_as_a_number_is_called_by_its_name() -> None:
    table = answers(SOLAR)
    numbers = pa.array([float(year) for year in table["year"].to_pylist()])
    found = ask(table.set_column(1, "year", numbers), first=2024, second=2025)
    assert (found["first"], found["second"]) == ("2024", "2025")
    assert found["within"] == pytest.approx(ask(table)["within"])
