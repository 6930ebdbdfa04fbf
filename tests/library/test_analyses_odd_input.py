"""Settings and dates that used to end in a traceback or a run without end: each is a clear error."""

from __future__ import annotations

import datetime as dt
import math
from typing import Any

import numpy as np
import pytest

import kapula
from kapula.analyses import registry
from kapula.analyses.memory.regression import fit
from kapula.errors import ParameterError
from kapula.statistics.seeds import require_seed
from kapula.trends.periods import next_start, period_end, sequence

LAST = dt.date(9999, 12, 31)


def ask(name: str, **changes: Any) -> Any:
    given = registry.get(name).example()
    return registry.get(name).run(given.table, **{**given.keywords, **changes})


def refused(name: str, parameter: str, **changes: Any) -> ParameterError:
    with pytest.raises(ParameterError) as error:
        ask(name, **changes)
    assert error.value.context["parameter"] == parameter
    assert error.value.hint
    return error.value


def lead(times: Any) -> Any:
    random = np.random.default_rng(1)
    table = {"time": times, "y": random.normal(size=len(times)), "q": random.normal(size=len(times))}
    return kapula.leading(table, None, "time", "y", ["q"], max_lag=4)


def test_a_stray_number_far_away_is_named() -> None:
    with pytest.raises(ParameterError, match="1000000 lies far") as error:
        lead(np.r_[np.arange(49), 10**6])
    assert error.value.context == {"parameter": "time", "value": "1000000"}


@pytest.mark.parametrize("step", [1, 7, 365])
def test_a_day_that_means_never_is_named(step: int) -> None:
    days = [dt.date(2001, 1, 1) + dt.timedelta(days=step * place) for place in range(20)]
    with pytest.raises(ParameterError, match="9999-12-31"):
        lead([*days, LAST])


@pytest.mark.parametrize("period", ["day", "week", "month", "quarter", "year"])
def test_the_calendar_has_an_end(period: str) -> None:
    with pytest.raises(ParameterError, match="the calendar ends"):
        next_start(LAST, period)


def test_the_last_year_has_no_end_that_can_be_told() -> None:
    with pytest.raises(ParameterError):
        period_end("9999", "year")
    with pytest.raises(ParameterError):
        sequence("9998", "9999", "year")


def test_decompose_says_what_is_wrong_with_such_a_day() -> None:
    random = np.random.default_rng(2)
    days = [dt.date(2023, 1, 1) + dt.timedelta(days=int(place)) for place in random.integers(0, 700, 299)]
    table = {"day": [*days, LAST], "kind": ["x", "y"] * 150, "score": random.integers(0, 11, 300)}
    with pytest.raises(ParameterError) as error:
        kapula.decompose(
            table,
            "nps",
            segment="kind",
            column="score",
            time="day",
            first="2023",
            second="2024-01-01/9999-12-31",
            n_boot=200,
        )
    assert error.value.hint


@pytest.mark.parametrize("name", ["drivers", "contact_reasons", "decompose", "prune"])
@pytest.mark.parametrize("seed", [-1, 1.5])
def test_a_seed_is_zero_or_more(name: str, seed: float) -> None:
    assert refused(name, "seed", seed=seed).context["value"] == seed


def test_seeds_of_any_whole_kind_are_taken() -> None:
    assert require_seed(np.int64(3)) == 3
    assert require_seed(0) == 0


@pytest.mark.parametrize("neutral", [math.nan, math.inf, 1e300])
def test_memory_takes_a_neutral_on_the_scale(neutral: float) -> None:
    assert str(refused("memory", "neutral", neutral=neutral).context["value"]) == str(neutral)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ({"emotion": math.nan}, "emotion=nan"),
        ({"volume": 1.5}, "volume=1.5"),
        ({"effort": math.inf, "resolved": 0.5}, "effort=inf"),
    ],
)
def test_contact_reasons_takes_lines_that_are_numbers(lines: dict[str, float], told: str) -> None:
    assert refused("contact_reasons", "lines", lines=lines).context["value"] == told


def test_contact_reasons_takes_a_neutral_that_is_a_number() -> None:
    assert refused("contact_reasons", "neutral", neutral=math.nan).context["value"] == "neutral=nan"


def test_accounts_refuses_a_window_of_more_than_a_hundred_years() -> None:
    assert refused("accounts", "window_days", window_days=1_000_000_000).context["value"] == 1_000_000_000


@pytest.mark.parametrize("as_of", [dt.date(1, 1, 5), "1.2.2024"])
def test_accounts_refuses_a_day_that_is_none(as_of: Any) -> None:
    assert str(refused("accounts", "as_of", as_of=as_of).context["value"]) == str(as_of)


def test_accounts_takes_an_iso_day() -> None:
    usual = ask("accounts")
    assert ask("accounts", as_of=usual.method["as_of"]).to_dict() == usual.to_dict()


@pytest.mark.parametrize("size", [1e9, 1e-9])
@pytest.mark.parametrize("clusters", [60, 400])
def test_memorys_regression_does_not_mind_the_unit(size: float, clusters: int) -> None:
    random = np.random.default_rng(4)
    columns = random.normal(size=(clusters, 3))
    y = columns @ np.array([0.5, 0.3, 0.1]) + random.normal(size=clusters)
    whose = np.arange(clusters)
    plain, scaled = fit(columns, y, whose, 0.95), fit(columns * size, y, whose, 0.95)
    assert plain is not None
    assert scaled is not None
    assert [one.value * size for one in scaled.slopes] == pytest.approx([one.value for one in plain.slopes])
    assert scaled.joint_p([0, 1]) == pytest.approx(plain.joint_p([0, 1]))
