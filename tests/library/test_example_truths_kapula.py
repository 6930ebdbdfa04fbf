"""The planted truths that need no analysis of their own are found by measuring, comparing and following: kapula's own functions."""

from __future__ import annotations

from datetime import timedelta

import ibis
import pytest
from example_statistics import planted

import kapula
from kapula.analyses.contrasts import contrasts
from kapula.example.truths import BY_CODE
from kapula.trends.periods import period_start
from kapula.trends.results import TrendSeries

pytestmark = pytest.mark.slow


def answers(touchpoint: str) -> ibis.Table:
    table = kapula.as_table(planted().responses)
    return table.filter(table.perspective == "customer", table.touchpoint == touchpoint)


def followed(touchpoint: str, measure: str, column: str, period: str = "week") -> TrendSeries:
    found = kapula.trend(
        answers(touchpoint), measure, column=column, time="occurred_at", period=period, timezone="Europe/Helsinki"
    )
    return found.series[0]


def test_movers_who_are_handed_off_are_less_often_served_at_once() -> None:
    found = kapula.compare(
        answers("moving"), "fcr", ("no", "yes"), on="attribute_handed_off", column="answer_fcr", cluster="customer"
    )
    assert found.sure
    assert found.low <= BY_CODE["dropped_handoff"].effects["fcr"] <= found.high


def test_the_outage_message_changes_nothing() -> None:
    found = kapula.compare(
        answers("outage"),
        "mean",
        ("none", "message"),
        on="attribute_outage_message",
        column="answer_nps",
        cluster="customer",
    )
    assert not found.sure
    assert found.low < 0 < found.high < 0.5


def test_winter_invoices_are_liked_less() -> None:
    table = answers("invoice")
    month = table.occurred_at.month()
    winter = table.mutate(season=ibis.ifelse(month.isin([12, 1, 2]), "winter", "rest"))
    for measure, column in (("csat_mean", "answer_csat"), ("nps", "answer_nps")):
        found = kapula.compare(winter, measure, ("rest", "winter"), on="season", column=column, cluster="customer")
        assert found.sure
        assert found.high < 0


def test_the_redesigned_invoice_is_the_largest_step_up_at_its_week() -> None:
    truth = BY_CODE["invoice_redesign"]
    when = planted().start + timedelta(weeks=int(truth.settings["week"]))
    # The end of a winter is a smaller step up.
    step = max(followed("invoice", "mean", "answer_ease").changes, key=lambda one: one.value_after - one.value_before)
    assert period_start(step.low, "week") <= when <= period_start(step.high, "week") + timedelta(days=6)
    assert step.value_after - step.value_before == pytest.approx(truth.effects["ease"], abs=0.15)


def test_one_sales_team_is_surely_above_the_others_in_the_months_before_its_bonus() -> None:
    table = answers("sales")
    month = table.occurred_at.month()
    before = contrasts(table.filter(month.isin([5, 11])), "nps", "team", column="answer_nps", cluster="customer")
    rest = contrasts(table.filter(~month.isin([5, 11])), "nps", "team", column="answer_nps", cluster="customer")
    team = BY_CODE["bonus_gaming"].settings["team"]
    assert [row.by for row in before.rows if row.sure and row.value > 0] == [team]
    assert [row.by for row in rest.rows if row.sure and row.value > 0 and row.by == team] == []
