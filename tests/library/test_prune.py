"""``kapula.prune``: which questions can go, and what it says when it cannot tell."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import kapula
from kapula.analyses.prune.elimination import backward
from kapula.analyses.prune.gathering import gather
from kapula.analyses.prune.ranking import given_leading, shares, spearman
from kapula.errors import ColumnTypeError, NotFiniteError, ParameterError, UnknownColumnError

QUICK = {"folds": 5, "repeats": 1, "n_boot": 50}
WEIGHTS = {"ease": 0.9, "price": 0.6, "speed": 0.4, "colour": 0.0, "slogan": 0.0}
QUESTIONS = list(WEIGHTS)


def survey(n: int = 500, seed: int = 1, **more: np.ndarray) -> dict[str, np.ndarray]:
    """Five questions of which two tell nothing of ``nps``."""
    rng = np.random.default_rng(seed)
    shared = rng.normal(size=n)
    table = {name: 0.4 * shared + rng.normal(size=n) for name in WEIGHTS}
    table["nps"] = sum(weight * table[name] for name, weight in WEIGHTS.items()) + rng.normal(size=n)
    return {**table, **more}


def asked(table: Any, **more: Any) -> Any:
    return kapula.prune(table, "nps", more.pop("questions", QUESTIONS), **{**QUICK, **more})


def by_name(result: Any) -> dict[str, Any]:
    return {one.name: one for one in result.questions}


@pytest.fixture(scope="module")
def plain() -> Any:
    return asked(survey())


def test_the_questions_that_tell_nothing_can_go(plain: Any) -> None:
    assert plain.verdict == "can_drop"
    assert set(plain.drop) == {"colour", "slogan"}
    assert plain.with_all.loss.high <= 0.015
    assert plain.with_all.keep == ("ease", "price", "speed")
    assert plain.with_all.rank_agreement == 1.0


def test_the_path_loses_more_at_every_step_that_matters(plain: Any) -> None:
    path = sorted(plain.questions, key=lambda one: one.order)
    assert [one.name for one in path[2:]] == ["speed", "price", "ease"]
    losses = [one.loss.value for one in path[1:]]
    assert losses == sorted(losses)
    assert path[-1].loss.value == pytest.approx(plain.with_all.r2.value, abs=0.01)  # without any, nothing is predicted
    assert all(one.loss.low <= one.loss.value <= one.loss.high for one in path)


def test_shares_are_johnsons_and_sum_to_r2(plain: Any) -> None:
    table = survey()
    z = np.column_stack([np.ones(500), *(table[name] for name in QUESTIONS)])
    residual = table["nps"] - z @ np.linalg.lstsq(z, table["nps"], rcond=None)[0]
    assert sum(one.share for one in plain.questions) == pytest.approx(1 - residual.var() / table["nps"].var())


def test_a_question_that_may_never_go_stays() -> None:
    found = asked(survey(), always=["colour"])
    assert found.drop == ("slogan",)
    assert by_name(found)["colour"].order is None
    assert by_name(found)["colour"].always
    assert "colour" in found.with_all.keep


def test_what_the_leading_indicators_tell_need_not_be_asked() -> None:
    """Speed of service is measured anyway: the question on it adds nothing."""
    table = survey()
    table["waited"] = -table["speed"] + 0.05 * np.random.default_rng(8).normal(size=500)
    assert "speed" not in asked(table).drop
    assert {"speed", "colour", "slogan"} <= set(asked(table, leading="waited").drop)


def test_a_question_asked_twice_is_named_with_its_evidence() -> None:
    table = survey()
    table["again"] = table["price"] + 0.2 * np.random.default_rng(4).normal(size=500)
    found = asked(table, questions=[*QUESTIONS, "again"])
    (pair,) = found.twins
    assert {pair.first, pair.second} == {"price", "again"}
    assert 0.85 < pair.low < pair.correlation < pair.high < 1
    assert pair.reliability == pytest.approx(2 * pair.correlation / (1 + pair.correlation))
    assert len({"price", "again"} & set(found.drop)) == 1
    assert by_name(found)["again"].twin_of == "price"


def test_time_saved_is_told_when_times_are_known() -> None:
    table = survey(took=np.full(500, 48.0))
    found = asked(table, seconds="took")
    assert found.seconds_saved == pytest.approx(2 * 48 / 6)
    assert found.minutes_saved == pytest.approx(2 * 48 / 6 * 500 / 60)
    each = asked(survey(), seconds={"colour": 4.0, "slogan": 6.5})
    assert each.seconds_saved == 10.5
    assert asked(survey(), seconds={"colour": 4.0}).seconds_saved is None
    assert asked(survey()).minutes_saved is None


def test_a_constant_and_a_copied_question_are_named_and_go() -> None:
    table = survey(same=np.full(500, 4.0))
    table["copy"] = 2 * table["price"] + 1
    found = asked(table, questions=[*QUESTIONS, "same", "copy"])
    one = by_name(found)
    assert one["same"].warnings == ("zero_variance",)
    assert one["copy"].warnings == ("collinear_question",)
    assert {"same", "copy"} <= set(found.drop)
    assert one["same"].loss.to_dict() == one["copy"].loss.to_dict() == {"value": 0.0, "low": 0.0, "high": 0.0}
    assert {"zero_variance", "collinear_question"} <= set(found.warnings)
    assert one["price"].share == pytest.approx(by_name(asked(survey()))["price"].share)


def test_an_outcome_that_never_varies_is_predicted_by_nothing() -> None:
    found = asked({**survey(), "nps": np.full(500, 9.0)})
    assert (found.verdict, found.drop, found.with_all) == ("no_prediction", (), None)
    assert "zero_variance" in found.warnings


def test_questions_that_predict_nothing_are_not_ranked() -> None:
    rng = np.random.default_rng(2)
    found = asked({**survey(), "nps": rng.normal(size=500)})
    assert (found.verdict, found.drop) == ("no_prediction", ())
    assert all(one.order is None and one.share is None for one in found.questions)


def test_too_few_answers_is_an_answer() -> None:
    found = asked({name: column[:60] for name, column in survey().items()})
    assert (found.verdict, found.n, found.needed_n) == ("not_enough", 60, 50 + 8 * 5)
    assert (found.alpha, found.careless, found.with_all) == (None, None, None)
    one = asked(survey(team=np.repeat(["a"], 500)), cluster="team")
    assert (one.verdict, one.needed_n) == ("not_enough", 15_000)  # thirty such teams
    ten = asked(survey(team=np.arange(500) // 50), cluster="team")
    assert (ten.verdict, ten.needed_n) == ("not_enough", 1_500)


def test_a_loss_that_cannot_be_shown_small_is_unsure() -> None:
    found = asked(survey(), max_loss=0.00001)
    assert (found.verdict, found.drop) == ("unsure", ())
    assert found.needed_n > 500


def test_blanks_are_left_out_row_by_row_and_said_aloud() -> None:
    table = survey()
    table["colour"] = np.where(np.arange(500) % 2 == 0, np.nan, table["colour"])
    found = asked(table)
    assert found.n == 250
    assert "many_blanks" in found.warnings


def test_weights_count_as_repeated_answers() -> None:
    """R² and shares of doubled rows are those of weight two."""
    table = survey(200)
    doubled = {name: np.concatenate([column, column[:100]]) for name, column in table.items()}
    weighted = asked({**table, "w": np.where(np.arange(200) < 100, 2.0, 1.0)}, weight="w")
    for name, one in by_name(asked(doubled)).items():
        assert by_name(weighted)[name].share == pytest.approx(one.share)


def test_careless_answers_are_shown_with_and_without() -> None:
    """Every tenth answers 3 to all; the rest answer with thought."""
    table = survey(600)
    idle = np.arange(600) % 10 == 0
    for name in (*QUESTIONS, "nps"):
        table[name] = np.where(idle, 3.0, np.clip(np.rint(3 + table[name]), 1, 5))
    table["tone"] = np.where(idle, 3.0, np.random.default_rng(1).integers(1, 6, 600))
    found = asked(table, questions=[*QUESTIONS, "tone"])
    assert found.careless.flagged >= 60
    assert found.without_careless.n == 600 - found.careless.flagged
    assert found.with_all.n == 600
    assert found.without_careless.alpha != found.with_all.alpha


def test_folds_in_time_keep_the_choice() -> None:
    day = np.datetime64("2026-01-01") + np.arange(500)
    found = asked(survey(day=day.astype("datetime64[us]")), time="day")
    assert set(found.drop) == {"colour", "slogan"}
    blank = day.astype("datetime64[us]").copy()
    blank[:20] = np.datetime64("NaT")
    assert asked(survey(day=blank), time="day").n == 480


def test_the_order_and_scale_of_columns_do_not_matter() -> None:
    table = survey()
    moved = {name: 40 - 7 * column for name, column in reversed(table.items())}
    first, second = by_name(asked(table)), by_name(asked(moved, questions=QUESTIONS[::-1]))
    for name in QUESTIONS:
        assert second[name].share == pytest.approx(first[name].share)
        assert second[name].order == first[name].order


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"questions": ["ease", "ease"]}, ParameterError),
        ({"questions": ["ease", "nps"]}, ParameterError),
        ({"questions": ["ease", "easee"]}, UnknownColumnError),
        ({"questions": []}, ParameterError),
        ({"always": ["nps"]}, ParameterError),
        ({"scale": ["nps"]}, ParameterError),
        ({"folds": 1}, ParameterError),
        ({"folds": 2.5}, ParameterError),
        ({"max_loss": float("nan")}, ParameterError),
        ({"level": 1.0}, ParameterError),
        ({"seconds": "nps"}, ParameterError),
        ({"seconds": {"nps": 3}}, ParameterError),
        ({"careless": {"hurry": 1}}, ParameterError),
    ],
)
def test_what_cannot_be_asked_is_said(changes: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        asked(survey(), **changes)


def test_text_and_infinity_are_refused() -> None:
    with pytest.raises(ColumnTypeError):
        asked({**survey(), "ease": ["good"] * 500})
    with pytest.raises(NotFiniteError):
        asked({**survey(), "ease": np.where(np.arange(500) == 3, np.inf, 1.0)})


def test_questions_that_all_say_nothing_of_their_own_can_all_go() -> None:
    table = survey()
    same = asked({**table, **{name: np.full(500, 3.0) for name in QUESTIONS}})
    assert (same.verdict, set(same.drop), same.with_all) == ("can_drop", set(QUESTIONS), None)
    copied = asked({**table, "copy": 2 * table["ease"]}, questions=["copy"], leading="ease")
    assert (copied.drop, copied.questions[0].warnings) == (("copy",), ("collinear_question",))
    kept = asked({**table, "copy": 2 * table["ease"]}, questions=["copy"], leading="ease", always="copy")
    assert (kept.verdict, kept.drop) == ("keep_all", ())


def test_questions_that_may_all_never_go_stay() -> None:
    found = asked(survey(), always=QUESTIONS)
    assert (found.verdict, found.drop) == ("keep_all", ())
    assert all(one.share is not None for one in found.questions)


def test_one_question_alone() -> None:
    found = asked(survey(), questions=["ease"])
    assert (found.verdict, found.alpha, found.careless) == ("keep_all", None, None)
    assert by_name(found)["ease"].order == 1


def test_backward_elimination_drops_what_least_squares_would() -> None:
    """Each step against every model with one column fewer, fitted by least squares."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(200, 5)) @ rng.normal(size=(5, 5))
    y = x @ np.array([1.0, 0.2, 0.0, -0.5, 0.05]) + rng.normal(size=200)
    moments = gather(np.column_stack([x, y]), np.ones(200), np.arange(200), fixed=1, leading=1, rng=rng, order=None)
    path = backward(moments.total[None], 1)
    z = np.column_stack([x, y])
    z = (z - z.mean(axis=0)) / z.std(axis=0)

    def error(kept: list[int]) -> float:
        fitted = z[:, kept] @ np.linalg.lstsq(z[:, kept], z[:, 5], rcond=None)[0] if kept else 0.0
        return float(((z[:, 5] - fitted) ** 2).sum())

    kept = list(range(5))
    for step, out in enumerate(path.order[0]):
        best = min(kept, key=lambda column: error([one for one in kept if one != column]))
        assert out - 1 == best
        kept.remove(best)
        c = path.coefficients[0, step + 1]
        assert c @ moments.total @ c == pytest.approx(error(kept), rel=1e-6)


def test_ranks_agree_as_scipy_says() -> None:
    from scipy import stats

    rng = np.random.default_rng(1)
    first, second = rng.normal(size=(2, 9))
    assert spearman(first, second) == pytest.approx(stats.spearmanr(first, second).statistic)


def test_shares_of_uncorrelated_questions_are_their_squared_correlations() -> None:
    r = np.array([0.5, 0.3, 0.1])
    moments = np.eye(4)
    moments[:3, 3] = moments[3, :3] = r
    assert shares(moments[None])[0] == pytest.approx(r**2)
    assert shares(given_leading(moments[None], 1))[0] == pytest.approx(r[1:] ** 2 / (1 - r[0] ** 2))
