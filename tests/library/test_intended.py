"""``kapula.intended``: the share of experiences that are what was meant, counted by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import kapula
from kapula.analyses.intended import Aim, Rule
from kapula.errors import ColumnTypeError, NotFiniteError, ParameterError, UnknownColumnError
from kapula.statistics.intervals import wilson

nan = float("nan")
EASE = {"column": "ease", "op": ">=", "value": 4}
WARM = {"column": "emotion", "op": ">=", "value": 4}
GOOD = {"column": "nps", "op": ">=", "value": 9}


def table(times: int = 20) -> dict[str, list[Any]]:
    """Eight kinds of experiences, each ``times`` over."""
    return {
        "ease": [5, 5, 2, 2, nan, nan, 4, 5] * times,
        "emotion": [5, 2, 5, 2, 5, 1, nan, 4] * times,
        "nps": [10, 9, 3, 2, 9, 1, 10, 6] * times,
        "touchpoint": ["phone", "phone", "phone", "chat", "chat", "chat", "chat", "phone"] * times,
        "waiting": [True, False, True, None, None, False, False, True] * times,
        "word": ["a", "b", "a", None, "c", "a", "b", "a"] * times,
    }


def one(aim: dict[str, Any], rows: Any = None, **settings: Any) -> Any:
    return kapula.intended(table() if rows is None else rows, {"name": "aim", **aim}, **settings).aims[0]


def share(aim: dict[str, Any], **settings: Any) -> tuple[float, int, int]:
    found = one(aim, **settings)
    return round(found.share.value, 4), found.n, found.unknown


def test_all_rules() -> None:
    """Met: kinds 0 and 7. Not met: 1, 2, 3 and 5 (a blank beside a failure decides nothing). Not known: 4 and 6."""
    assert share({"rules": [EASE, WARM]}) == (round(2 / 6, 4), 120, 40)


def test_any_rule() -> None:
    """Met: 0, 1, 2, 4, 6, 7. Not met: 3. Not known: 5."""
    assert share({"rules": [EASE, WARM], "combine": "any"}) == (round(6 / 7, 4), 140, 20)


def test_at_least_so_many() -> None:
    rules = [EASE, WARM, {"column": "nps", "op": ">", "value": 8}]
    assert share({"rules": rules, "combine": "at_least", "needed": 1}) == share({"rules": rules, "combine": "any"})
    assert share({"rules": rules, "combine": "at_least", "needed": 3}) == share({"rules": rules})
    # two of three: met 0, 1, 4, 6, 7; not met 2 and 3; not met 5 (one left open)
    assert share({"rules": rules, "combine": "at_least", "needed": 2}) == (round(5 / 8, 4), 160, 0)


def test_weighted_rules() -> None:
    """Ease counts twice: two thirds of the weight are met by ease alone."""
    rules = [{**EASE, "weight": 2.0}, WARM]
    assert share({"rules": rules, "combine": "weighted", "needed": 0.6}) == (round(4 / 6, 4), 120, 40)
    assert share({"rules": rules, "combine": "weighted", "needed": 1.0}) == share({"rules": [EASE, WARM]})


def test_themes_and_what_a_blank_means() -> None:
    absent = {"column": "waiting", "op": "absent"}
    assert share({"rules": [absent]}) == (0.5, 120, 40)
    assert share({"rules": [{**absent, "blank": "no"}]}) == (round(3 / 8, 4), 160, 0)
    assert share({"rules": [{**absent, "blank": "yes"}]}) == (round(5 / 8, 4), 160, 0)
    assert share({"rules": [{"column": "waiting", "op": "present"}]}) == (0.5, 120, 40)


@pytest.mark.parametrize(
    ("op", "value", "expected"),
    [
        (">=", 5, 3 / 6), (">", 4, 3 / 6), ("<=", 2, 2 / 6), ("<", 2, 0.0), ("between", [3, 4], 1 / 6), ("==", 4, 1 / 6),
        ("!=", 4, 5 / 6), ("in", [2, 4], 3 / 6), ("not in", [2, 4], 3 / 6),
    ],
)  # fmt: skip
def test_every_operator(op: str, value: Any, expected: float) -> None:
    assert share({"rules": [{"column": "ease", "op": op, "value": value}]})[0] == round(expected, 4)


def test_words_and_missing_codes() -> None:
    assert share({"rules": [{"column": "word", "op": "in", "value": ["a", "c"]}]}) == (round(5 / 7, 4), 140, 20)
    assert share({"rules": [{**EASE, "missing": [2]}]}) == (1.0, 80, 80)


def test_the_interval_is_wilsons_and_the_bounds_hold_what_is_not_known() -> None:
    found = one({"rules": [EASE, WARM]})
    low, high = wilson(1 / 3, 120, 1.959963984540054)
    assert (found.share.low, found.share.high) == pytest.approx((low, high))
    assert found.worst.value == pytest.approx(40 / 160)
    assert found.best.value == pytest.approx(80 / 160)
    assert "much_unknown" in found.warnings


def test_only_the_touchpoint_the_aim_is_about() -> None:
    assert share({"rules": [EASE], "applies": {"touchpoint": "phone"}}) == (0.75, 80, 0)
    assert share({"rules": [EASE]}, filters={"touchpoint": "phone"}) == (0.75, 80, 0)


def test_rules_tell_what_is_lacking() -> None:
    """Not as intended are 1, 2, 3 and 5: warmth would have been enough in 1, ease in 2, neither in 3, nor in 5 whose ease is blank."""
    ease, warm = one({"rules": [EASE, WARM]}).rules
    assert (ease.met.value, ease.met.n) == (pytest.approx(4 / 6), 120)
    assert (ease.pivotal.value, warm.pivotal.value, warm.pivotal.n) == (0.25, 0.25, 80)
    two_of = {"rules": [EASE, WARM, {"column": "nps", "op": ">", "value": 8}], "combine": "at_least", "needed": 2}
    assert [rule.pivotal.value for rule in one(two_of).rules] == pytest.approx(
        [1 / 3, 0, 1 / 3]
    )  # kind 2 lacks one, 3 and 5 two


def test_good_is_not_the_same_as_intended() -> None:
    """Known on both: 0 good and intended, 1 good only, 7 intended only; 2, 3 and 5 neither."""
    kinds = one({"rules": [EASE, WARM], "good": GOOD}).kinds
    assert {name: round(row.value, 4) for name, row in kinds.items()} == {
        "good_intended": 0.1667, "good_only": 0.1667, "intended_only": 0.1667, "neither": 0.5,
    }  # fmt: skip
    assert kinds["good_only"].low < 1 / 6 < kinds["good_only"].high


def test_targets() -> None:
    rows = table(100)
    assert one({"rules": [EASE, WARM], "target": 0.6}, rows).verdict == "missed"
    assert one({"rules": [EASE, WARM], "target": 0.2}, rows).verdict == "reached"
    assert one({"rules": [EASE, WARM], "target": 0.33}, rows).verdict == "unsure"
    aims = [{"name": str(target), "rules": [EASE, WARM], "target": target} for target in (0.2, 0.33)]
    assert kapula.intended(rows, aims).verdict == "unsure"
    assert kapula.intended(rows, [*aims, {"name": "x", "rules": [EASE], "target": 0.9}]).verdict == "missed"
    assert kapula.intended(rows, aims[:1]).verdict == "reached"
    assert kapula.intended(rows, {"name": "x", "rules": [EASE]}).verdict == "measured"


def test_groups_are_compared_with_the_rest() -> None:
    found = one({"rules": [EASE]}, by="touchpoint")
    assert {row.by: row.value for row in found.groups} == {"chat": 0.5, "phone": 0.75}
    assert {gap.by: round(gap.value, 3) for gap in found.contrasts} == {"chat": -0.25, "phone": 0.25}
    assert all(gap.sure and gap.q < 0.05 for gap in found.contrasts)


def test_contrasts_are_corrected_over_all_aims() -> None:
    aims = [{"name": str(value), "rules": [{**EASE, "value": value}]} for value in (3, 4, 5)]
    found = kapula.intended(table(), aims, by="touchpoint")
    gaps = [gap for aim in found.aims for gap in aim.contrasts]
    assert len(gaps) == 6
    from kapula.statistics.differences import benjamini_hochberg

    assert [gap.q for gap in gaps] == benjamini_hochberg([gap.p for gap in gaps])


def test_periods_and_the_last_change() -> None:
    rows = table(40)
    rows["day"] = [f"2026-0{1 + (place >= 160)}-10" for place in range(320)]
    rows["ease"] = [5 if place >= 160 else ease for place, ease in enumerate(rows["ease"])]
    found = one({"rules": [EASE]}, rows, time="day", period="month")
    assert [(row.period, round(row.value, 3)) for row in found.periods] == [("2026-01", 0.667), ("2026-02", 1.0)]
    assert found.change.value == pytest.approx(1 / 3)
    assert found.change.sure


def test_customers_that_nobody_knows_stand_for_themselves() -> None:
    rows = table(40)
    rows["day"] = [f"2026-0{1 + (place >= 160)}-10" for place in range(320)]
    rows["customer"] = [None] * 320
    unknown = one(
        {"rules": [EASE]}, {**rows, "customer": np.array(rows["customer"], dtype=object)}, time="day", period="month"
    )
    blank = one({"rules": [EASE]}, rows, cluster="customer", time="day", period="month")
    assert blank.change.value == unknown.change.value
    assert blank.change.low == pytest.approx(unknown.change.low, abs=0.01)


def test_weights_and_clusters_reach_the_share() -> None:
    rows = table()
    rows["w"] = [3.0 if nps >= 9 else 1.0 for nps in rows["nps"]]
    rows["customer"] = [place // 8 for place in range(160)]
    weighted = one({"rules": [EASE]}, rows, weight="w")
    assert weighted.share.value == pytest.approx((3 + 3 + 3 + 1) / (3 + 3 + 1 + 1 + 3 + 1))
    assert "few_clusters" in one({"rules": [EASE]}, rows, cluster="customer").warnings


def test_too_few_experiences_is_an_answer_without_figures() -> None:
    found = kapula.intended(table(4), {"name": "aim", "rules": [EASE, WARM]})
    told = found.to_dict()
    assert (found.verdict, found.n, found.needed_n) == ("not_enough", 24, 43)
    assert told["aims"][0]["value"] is None
    assert told["aims"][0]["unknown_share"] is None
    one_customer = {**table(), "customer": ["c"] * 160}
    assert one({"rules": [EASE]}, one_customer, cluster="customer").verdict == "not_enough"


def test_small_groups_are_withheld() -> None:
    rows = table()
    rows["touchpoint"] = ["rare" if place < 3 else "phone" for place in range(160)]
    found = one({"rules": [EASE]}, rows, by="touchpoint", minimum_n=5)
    assert next(row for row in found.groups if row.by == "rare").value is None
    assert not found.contrasts


def test_aims_as_objects_and_mappings_are_the_same() -> None:
    made = Aim("aim", (Rule("ease", ">=", 4),), applies={"touchpoint": ("phone",)})
    told = {"name": "aim", "rules": [EASE], "applies": {"touchpoint": "phone"}}
    assert kapula.intended(table(), made).to_dict() == kapula.intended(table(), told).to_dict()
    assert kapula.intended(table(), made.to_dict()).to_dict() == kapula.intended(table(), made).to_dict()


def test_columns_are_checked() -> None:
    with pytest.raises(UnknownColumnError):
        one({"rules": [{**EASE, "column": "eas"}]})
    with pytest.raises(UnknownColumnError):
        one({"rules": [EASE], "applies": {"channel": "web"}})
    with pytest.raises(ColumnTypeError):
        one({"rules": [{**EASE, "column": "word"}]})
    with pytest.raises(ColumnTypeError):
        one({"rules": [{"column": "word", "op": "==", "value": 4}]})
    with pytest.raises(ColumnTypeError):
        one({"rules": [{"column": "ease", "op": "==", "value": "good"}]})
    with pytest.raises(NotFiniteError):
        one({"rules": [EASE]}, {**table(1), "ease": [1.0, float("inf")] + [2.0] * 6})
    with pytest.raises(ParameterError):
        one({"rules": [EASE]}, period="month")


@pytest.mark.slow
def test_the_intervals_cover() -> None:
    """Of plain, weighted and clustered shares: 500 samples of 150 experiences each."""
    rng = np.random.default_rng(1)
    samples, size = 500, 150
    mood = np.repeat(rng.normal(size=samples * size // 3), 3)
    ease = np.where(0.7 * mood + 0.7 * rng.normal(size=samples * size) > 0.4, 5, 3)
    from scipy import stats

    truth = float(stats.norm.sf(0.4 / (2 * 0.49) ** 0.5))
    rows = {
        "ease": ease, "sample": np.repeat(np.arange(samples), size), "w": rng.choice([0.5, 1.0, 2.0], samples * size),
        "customer": np.repeat(np.arange(samples * size // 3), 3),
    }  # fmt: skip
    independent = {**rows, "ease": np.where(rng.random(samples * size) < truth, 5, 3)}
    for data, settings in ((independent, {}), (independent, {"weight": "w"}), (rows, {"cluster": "customer"})):
        found = one({"rules": [EASE]}, data, by="sample", **settings).groups
        assert np.mean([row.low <= truth <= row.high for row in found]) == pytest.approx(0.95, abs=0.02)


@pytest.mark.slow
def test_groups_that_do_not_differ_are_seldom_called_different() -> None:
    """60 worlds of six equal touchpoints and two aims: some group is called different in at most 5 % of them, give or take."""
    rng = np.random.default_rng(5)
    false = 0
    for _ in range(60):
        rows = {
            "ease": rng.integers(1, 6, 600), "emotion": rng.integers(1, 6, 600), "touchpoint": rng.integers(0, 6, 600),
        }  # fmt: skip
        found = kapula.intended(rows, [{"name": "e", "rules": [EASE]}, {"name": "w", "rules": [WARM]}], by="touchpoint")
        false += any(gap.sure for aim in found.aims for gap in aim.contrasts)
    assert false <= 8  # 3 expected; the 99 % point of a binomial of 60 at 5 % is 8
