"""The null world: nothing is related, so whatever an analysis finds there is a false discovery."""

from __future__ import annotations

import numpy as np
import pytest
from example_statistics import customers, difference, lagged, panel, planted, points, series, slope

from kapula.example import TRUTHS, World, build
from kapula.example.truths import Plan


@pytest.fixture(scope="module")
def world() -> World:
    return planted()


@pytest.fixture(scope="module")
def null() -> World:
    return build(null=True)


class TestNullWorld:
    """In a null world nothing is related: what the truths' tests find in the planted one is not there."""

    def test_effects_vanish_and_settings_stay(self) -> None:
        plan = Plan(null=True)
        assert all(plan.effect(truth.code, name) == 0 for truth in TRUTHS for name in truth.effects)
        assert plan.week("csat_break") == Plan().week("csat_break")

    def test_it_has_the_same_shape(self, world: World, null: World) -> None:
        assert null.null
        assert null.responses.schema == world.responses.schema
        assert null.responses.num_rows == world.responses.num_rows
        assert null.comments.num_rows == world.comments.num_rows

    def test_answers_are_unrelated_to_each_other_and_to_groups(self, null: World) -> None:
        frame = customers(null)
        answers = frame.loc[frame["source"] == "relationship_survey"].filter(like="answer_").dropna(axis=1, how="all")
        correlations = answers.corr().to_numpy()[np.triu_indices(answers.shape[1], 1)]
        assert np.abs(correlations).max() < 0.05
        touchpoint = frame[frame["source"] == "touchpoint_survey"]
        assert abs(touchpoint["answer_nps"].corr(touchpoint["answer_csat"])) < 0.02
        levels = touchpoint.groupby("touchpoint")["answer_csat"].agg(["mean", "sem"])
        assert ((levels["mean"] - touchpoint["answer_csat"].mean()).abs() / levels["sem"]).max() < 3.5

    def test_nothing_leads_breaks_or_drifts(self, null: World) -> None:
        frame = customers(null)
        _, low, high = slope(frame["years"], frame["answer_nps"])
        assert low < 0 < high
        phone = frame[frame["touchpoint"] == "phone"]
        queue, scores = series(null, "queue_seconds"), panel(phone, "answer_nps")
        for lag in range(5):  # at 99 % each: of such scans one in twenty would fail by chance
            _, low, high = lagged(queue, scores, lag, level=0.99)
            assert low < 0 < high
        _, low, high = difference(
            phone.loc[phone["week"] < 64, "answer_csat"], phone.loc[phone["week"] >= 64, "answer_csat"]
        )
        assert low < 0 < high
        assert abs(points(frame.loc[frame["segment"] == "solar_home", "answer_nps"]) - points(frame["answer_nps"])) < 5
