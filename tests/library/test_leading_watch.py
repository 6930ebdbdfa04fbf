"""The watch list: an alarm level, how it would have done, and where things stand."""

from __future__ import annotations

import numpy as np
import pytest
from leading_worlds import answer, memory, planted

from kapula.analyses.leading.raw import Raw
from kapula.analyses.leading.tally import Rules
from kapula.analyses.leading.watch import watched

UNITS, WEEKS, LAG = 4, 160, 2


def test_only_true_leaders_are_watched() -> None:
    rng = np.random.default_rng(1)
    y, x = planted(rng, UNITS, WEEKS, LAG, 0.6)
    result = answer(y, np.concatenate([x, memory(rng, (2, UNITS, WEEKS), 0.6)]))
    assert [watch.name for watch in result.watch] == ["x0"]
    assert answer(y, memory(rng, (2, UNITS, WEEKS), 0.6)).watch == ()


@pytest.mark.parametrize(
    ("slope", "bad", "side"),
    [(0.9, "low", "below"), (-0.9, "low", "above"), (0.9, "high", "above"), (-0.9, "high", "below")],
)
def test_it_warns_on_the_side_that_goes_before_a_bad_target(slope: float, bad: str, side: str) -> None:
    y, x = planted(np.random.default_rng(2), UNITS, WEEKS, LAG, slope)
    (watch,) = answer(y, x, bad=bad).watch
    assert watch.side == side
    for level in watch.levels:
        assert level.latest is not None
        assert level.beyond == (level.latest > level.level if side == "above" else level.latest < level.level)


def test_the_back_test_adds_up_and_beats_silence_on_a_strong_leader() -> None:
    y, x = planted(np.random.default_rng(3), UNITS, WEEKS, LAG, 1.2)
    (watch,) = answer(y, x, miss_cost=3.0).watch
    assert watch.pays
    assert watch.hits + watch.missed == watch.events
    assert watch.hits + watch.false_alarms == watch.alarms
    assert watch.precision == watch.hits / watch.alarms
    assert watch.caught == watch.hits / watch.events
    assert watch.cost == pytest.approx((watch.false_alarms + 3 * watch.missed) / watch.periods)
    assert watch.cost_silent == pytest.approx(3 * watch.events / watch.periods)
    assert watch.cost < watch.cost_silent
    assert watch.precision > 1.5 * watch.events / watch.periods


def test_a_dearer_miss_warns_more_often() -> None:
    y, x = planted(np.random.default_rng(4), UNITS, WEEKS, LAG, 0.8)
    alarms = [answer(y, x, miss_cost=cost).watch[0].alarms for cost in (1.0, 3.0, 10.0)]
    assert alarms[0] < alarms[1] < alarms[2]


def test_false_alarms_are_told_by_the_year_where_there_are_years() -> None:
    outcome, signal = planted(np.random.default_rng(5), UNITS, WEEKS, LAG, -1.0)
    raw = Raw(outcome, signal, np.array([0]), np.ones_like(outcome), True)
    rules = {grain: Rules("low", 0.2, 3.0, grain, 1) for grain in ("week", "month", "period")}
    told = {
        grain: watched(raw, 0, LAG, False, False, rule, tuple(range(UNITS)), tuple(range(WEEKS)))[0]
        for grain, rule in rules.items()
    }
    share = told["week"]["false_alarms"] / told["week"]["periods"]
    assert told["week"]["false_per_year"] == pytest.approx(share * 365.25 / 7)
    assert told["month"]["false_per_year"] == pytest.approx(share * 12)
    assert told["period"]["false_per_year"] is None


def test_a_level_never_rests_on_what_it_is_tested_on() -> None:
    """What happens after the first half changes nothing before: alarms of a stretch are set on the periods before it."""
    y, x = planted(np.random.default_rng(6), UNITS, WEEKS, LAG, -1.0)
    raw = Raw(y[:, :100], x[:, :, :100], np.array([0]), np.ones((UNITS, 100)), True)
    changed = Raw(y[:, :100].copy(), raw.candidates, raw.places, raw.n, True)
    changed.target[:, 95:] = -50.0
    rules, names = Rules("low", 0.2, 3.0, "week", 1), tuple(range(UNITS))
    before, after = (watched(one, 0, LAG, False, False, rules, names, tuple(range(100)))[0] for one in (raw, changed))
    assert after["alarms"] == before["alarms"]
    assert after["events"] > before["events"]


def test_when_no_level_pays_it_says_so() -> None:
    rng = np.random.default_rng(7)
    noise = memory(rng, (UNITS, WEEKS), 0.0)
    raw = Raw(noise, memory(rng, (1, UNITS, WEEKS), 0.0), np.array([0]), np.ones_like(noise), True)
    told, levels = watched(
        raw, 0, LAG, True, False, Rules("low", 0.2, 0.5, "week", 1), tuple(range(UNITS)), tuple(range(WEEKS))
    )
    assert (told["pays"], levels) == (False, ())
