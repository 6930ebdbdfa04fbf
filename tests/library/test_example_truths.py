"""Every planted truth is in the data: straightforward analyses find it, with intervals, and the decoys stay silent.

Scores are rounded and end at 10, so a visible effect is up to a third smaller than the planted one (``visible``).
"""

from __future__ import annotations

import json
from itertools import permutations

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from example_statistics import (
    customers,
    difference,
    effect,
    lagged,
    panel,
    planted,
    points,
    series,
    slope,
    visible,
    with_weeks,
    within,
)

from kapula.example import World
from kapula.example.truths import BY_CODE


@pytest.fixture(scope="module")
def world() -> World:
    return planted()


@pytest.fixture(scope="module")
def answers(world: World) -> pd.DataFrame:
    return customers(world)


@pytest.fixture(scope="module")
def phone(answers: pd.DataFrame) -> pd.DataFrame:
    return answers[answers["touchpoint"] == "phone"]


def test_phone_queue_leads_phone_nps_by_two_weeks(world: World, phone: pd.DataFrame) -> None:
    queue = series(world, "queue_seconds") / 60
    scores = panel(phone, "answer_nps")
    columns = {lag: within(queue).shift(lag, axis=1).to_numpy().ravel() for lag in range(5)}
    data = pd.DataFrame({**columns, "y": within(scores).loc[queue.index].to_numpy().ravel()}).dropna()
    fit = sm.OLS(data["y"], sm.add_constant(data[list(columns)])).fit(cov_type="HC1")
    low, high = fit.conf_int().loc[2]
    assert visible((fit.params[2], low, high), effect("queue_leads_phone_nps", "nps_per_minute"))
    others = fit.conf_int(0.01).loc[[0, 1, 3, 4]]
    assert ((others[0] < 0) & (others[1] > 0)).all()


def test_total_nps_is_flat_because_the_mix_hides_a_fall(answers: pd.DataFrame) -> None:
    asked = answers.dropna(subset=["answer_nps"])
    _, low, high = slope(asked["years"], asked["answer_nps"])
    assert -0.06 < low < high < 0.06
    for _, group in asked.groupby("segment"):
        assert slope(group["years"], group["answer_nps"])[2] < 0
    first, last = asked[asked["years"] < 1], asked[asked["years"] >= 2]
    shares = [part["segment"].value_counts(normalize=True) for part in (first, last)]
    levels = [part.groupby("segment")["answer_nps"].apply(points) for part in (first, last)]
    mix = float(((shares[1] - shares[0]) * (levels[0] + levels[1]) / 2).sum())
    inside = float(((levels[1] - levels[0]) * (shares[0] + shares[1]) / 2).sum())
    assert mix > 6
    assert inside < -6
    assert mix + inside == pytest.approx(points(last["answer_nps"]) - points(first["answer_nps"]))
    assert abs(mix + inside) < 4


def test_the_call_back_pilot_works(phone: pd.DataFrame) -> None:
    starts = {team: int(week) for team, week in BY_CODE["callback_works"].settings.items()}
    scores = panel(phone, "answer_nps")

    def estimate(joined: dict[str, int]) -> float:
        treated = pd.DataFrame(
            {week: [float(week >= joined.get(team, 999)) for team in scores.index] for week in scores},
            index=scores.index,
        )
        return slope(within(treated).to_numpy().ravel(), within(scores).to_numpy().ravel())[0]

    found = estimate(starts)
    planted = effect("callback_works", "nps")
    assert planted * 0.6 < found < planted * 1.1
    # Randomisation inference: every other way in which three of the six teams could have joined at these weeks.
    others = [estimate(dict(zip(teams, starts.values(), strict=True))) for teams in permutations(scores.index, 3)]
    assert np.mean(np.array(others) >= found - 1e-12) <= 0.05


def test_the_outage_message_does_nothing(world: World, answers: pd.DataFrame) -> None:
    outage = answers[answers["touchpoint"] == "outage"]
    groups = {name: part["answer_nps"] for name, part in outage.groupby("attribute_outage_message")}
    assert min(len(part) for part in groups.values()) > 300
    _, low, high = difference(groups["none"], groups["message"])
    assert low < 0 < high < 0.5
    sent = world.events.to_pandas().query("kind == 'outage_message_sent'")
    assert set(sent["customer"]) <= set(outage.loc[outage["attribute_outage_message"] == "message", "customer"])


def test_staff_support_drives_emotion_in_the_field_but_not_in_billing(world: World, answers: pd.DataFrame) -> None:
    pulse = world.responses.to_pandas().query("perspective == 'employee'")
    support = panel(with_weeks(pulse, world.start), "answer_support")
    found = {}
    for place in ("field_visit", "invoice"):
        emotion = panel(answers[answers["touchpoint"] == place], "answer_emotion")
        leader = support.loc[emotion.index]
        found[place] = {lag: lagged(leader, emotion, lag) for lag in range(7)}
    strongest = max(found["field_visit"], key=lambda lag: found["field_visit"][lag][0])
    assert strongest == BY_CODE["staff_support_drives_field_emotion"].settings["lag_weeks"]
    slope_here, low, _ = found["field_visit"][strongest]
    # The pulse of some seven answers a week is a noisy measure of felt support: the slope is attenuated by its reliability.
    planted = effect("staff_support_drives_field_emotion", "emotion_per_point")
    assert low > 0
    assert 0.3 * planted < slope_here < planted
    _, low, high = found["invoice"][strongest]
    assert low < 0 < high


def test_csat_breaks_in_one_month_and_nothing_else_does(answers: pd.DataFrame) -> None:
    week = BY_CODE["csat_break"].settings["week"]
    near = answers[(answers["week"] >= week - 20) & (answers["week"] < week + 20) & (answers["touchpoint"] == "phone")]
    after = near["week"] >= week
    assert difference(near.loc[~after, "answer_csat"], near.loc[after, "answer_csat"])[2] < -0.2
    _, low, high = difference(near.loc[~after, "answer_emotion"], near.loc[after, "answer_emotion"])
    assert low < 0 < high
    shares = near.groupby(after)["channel"].apply(lambda channel: (channel == "phone_interview").mean())
    assert shares[False] > 0.6
    assert shares[True] < 0.2
    assert set(near.loc[~after, "attribute_form"]) == {"1"}
    assert set(near.loc[after, "attribute_form"]) == {"2"}
    mailed = answers[(answers["channel"] == "email") & answers["week"].between(week - 20, week + 19)]
    reworded = difference(
        mailed.loc[mailed["week"] < week, "answer_csat"], mailed.loc[mailed["week"] >= week, "answer_csat"]
    )
    assert visible(reworded, effect("csat_break", "csat_wording"))


@pytest.mark.parametrize("measure", ["web_visits", "temperature", "spot_price"])
def test_decoys_lead_nothing(world: World, phone: pd.DataFrame, measure: str) -> None:
    weekly = phone.groupby("week")["answer_nps"].mean().reindex(range(156))
    decoy = series(world, measure).iloc[0]
    decoy = (decoy - decoy.mean()) / decoy.std()
    ps = []
    for lag in range(7):
        data = pd.DataFrame({"x": decoy.diff().shift(lag), "y": weekly.diff()}).dropna()
        ps.append(
            float(
                sm.OLS(data["y"], sm.add_constant(data["x"])).fit(cov_type="HAC", cov_kwds={"maxlags": 4}).pvalues["x"]
            )
        )
    ranked = np.sort(ps) * len(ps) / np.arange(1, len(ps) + 1)
    assert ranked.min() > 0.05


def test_winter_invoices_are_liked_less(answers: pd.DataFrame) -> None:
    invoices = answers[answers["touchpoint"] == "invoice"]
    winter = invoices["month"].isin([12, 1, 2])
    assert visible(
        difference(invoices.loc[~winter, "answer_nps"], invoices.loc[winter, "answer_nps"]),
        effect("winter_invoices", "nps"),
    )
    assert visible(
        difference(invoices.loc[~winter, "answer_csat"], invoices.loc[winter, "answer_csat"]),
        effect("winter_invoices", "csat"),
    )
    others = answers[answers["touchpoint"].isin(["phone", "moving", "outage"])]
    cold = others["month"].isin([12, 1, 2])
    _, low, high = difference(others.loc[~cold, "answer_emotion"], others.loc[cold, "answer_emotion"])
    assert -0.1 < low < 0 < high < 0.1


def test_the_invoice_redesign_is_one_step_at_its_week(answers: pd.DataFrame) -> None:
    ease = (
        answers[answers["touchpoint"] == "invoice"]
        .groupby("week")["answer_ease"]
        .agg(["mean", "size"])
        .reindex(range(156))
    )
    mean, size = ease["mean"].to_numpy(), ease["size"].to_numpy()

    def residual(split: int) -> float:
        parts = (slice(None, split), slice(split, None))
        return sum(float((size[p] * (mean[p] - np.average(mean[p], weights=size[p])) ** 2).sum()) for p in parts)

    best = min(range(8, 148), key=residual)
    week = int(BY_CODE["invoice_redesign"].settings["week"])
    assert abs(best - week) <= 1
    invoices = answers[answers["touchpoint"] == "invoice"]
    before, after = (invoices.loc[mask, "answer_ease"] for mask in (invoices["week"] < week, invoices["week"] >= week))
    assert visible(difference(before, after), effect("invoice_redesign", "ease"))


def test_one_sales_team_games_its_bonus(world: World, answers: pd.DataFrame) -> None:
    sales = answers[answers["touchpoint"] == "sales"]
    before_bonus = sales["month"].isin([5, 11])
    invitations = series(world, "invitations").loc[["sales_south", "sales_north", "sales_west"]]
    month = pd.Series([pd.Timestamp(world.start) + pd.Timedelta(weeks=w, days=3) for w in invitations.columns]).dt.month
    low_season = month.isin([5, 11]).to_numpy()
    for team in invitations.index:
        here = sales["team"] == team
        jump = difference(sales.loc[here & ~before_bonus, "answer_nps"], sales.loc[here & before_bonus, "answer_nps"])
        counts = invitations.loc[team]
        ratio = counts[low_season].mean() / counts[~low_season].mean()
        if team == BY_CODE["bonus_gaming"].settings["team"]:
            assert visible(jump, effect("bonus_gaming", "nps"))
            assert ratio < 0.6
        else:
            assert jump[1] < 0 < jump[2]
            assert ratio > 0.75


def test_handed_off_movers_wait_and_are_less_often_served_at_once(world: World, answers: pd.DataFrame) -> None:
    moving = answers[answers["touchpoint"] == "moving"]
    groups = {name: part["answer_fcr"] for name, part in moving.groupby("attribute_handed_off")}
    _, low, high = difference(groups["no"], groups["yes"])
    assert low < effect("dropped_handoff", "fcr") < high < 0
    waits = [
        json.loads(text)["waited_hours"] for text in world.events.to_pandas().query("kind == 'handoff'")["attributes"]
    ]
    handed_off = int((moving["attribute_handed_off"] == "yes").sum())
    assert handed_off - 10 < len(waits) <= handed_off  # the first few were handed off before the world begins
    assert np.mean(waits) == pytest.approx(effect("dropped_handoff", "waited_hours") + 8, abs=3)
