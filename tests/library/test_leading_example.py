"""The planted truths of the example world that speak of leads are found, and in its null worlds nothing is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from example_statistics import planted as example_world
from scipy import stats

import kapula
from kapula.analyses.leading.lead import Lead
from kapula.analyses.leading.results import LeadingResult
from kapula.example import World, build
from kapula.example.truths import BY_CODE

pytestmark = pytest.mark.slow

SERIES = ("queue_seconds", "web_visits", "temperature", "spot_price", "first_response_seconds", "app_error_rate")
DECOYS = {"web_visits", "temperature", "spot_price"}
NULL_SEEDS = 40


def monday(moments: pd.Series) -> pd.Series:
    local = moments.dt.tz_convert("Europe/Helsinki").dt.tz_localize(None)
    return (local - pd.to_timedelta(local.dt.weekday, unit="D")).dt.date


def weekly(world: World, touchpoint: str, answer: str) -> pd.DataFrame:
    """Mean answer and number of answers by team and week."""
    frame = world.responses.to_pandas()
    frame = frame[frame["touchpoint"] == touchpoint].dropna(subset=[answer])
    frame = frame.assign(week=monday(frame["occurred_at"]))
    return (
        frame.groupby(["team", "week"])[answer]
        .agg(["mean", "size"])
        .reset_index()
        .set_axis(["team", "week", answer, "n"], axis=1)
    )


def with_series(panel: pd.DataFrame, world: World) -> pd.DataFrame:
    """The panel with the operational series of its own teams, or of everyone."""
    observed = world.observations.to_pandas().rename(columns={"period": "week"})
    for name in SERIES:
        part = observed[observed["measure"] == name]
        keys = ["team", "week"] if set(part["team"].dropna()) & set(panel["team"]) else ["week"]
        panel = panel.merge(part[[*keys, "value"]].rename(columns={"value": name}), how="left", on=keys)
    return panel


def phone(world: World) -> LeadingResult:
    panel = with_series(weekly(world, "phone", "answer_nps"), world)
    return kapula.leading(panel, "team", "week", "answer_nps", SERIES, weight="n")


def staff(world: World, touchpoint: str) -> Lead:
    support = weekly(world, "staff", "answer_support").drop(columns="n")
    panel = weekly(world, touchpoint, "answer_emotion").merge(support, how="left", on=["team", "week"])
    return kapula.leading(panel, "team", "week", "answer_emotion", ["answer_support"], weight="n").leads[0]


def test_the_queue_leads_phone_nps_by_two_weeks_and_by_no_other() -> None:
    result = phone(example_world())
    truth = BY_CODE["queue_leads_phone_nps"]
    queue = result.leads[0]
    assert (queue.name, queue.lag, queue.leads) == ("queue_seconds", truth.settings["lag_weeks"], True)
    assert [step.lag for step in queue.profile if step.q is not None and step.q <= 0.05] == [2]
    per_minute = truth.effects["nps_per_minute"]  # scores are rounded and end at 10: up to a third is not seen
    assert queue.effect is not None
    assert 60 * queue.effect.low < 0.8 * per_minute < 60 * queue.effect.high
    assert queue.reverse is not None
    assert not queue.reverse.found


def test_the_decoys_lead_nothing() -> None:
    leads = {lead.name: lead for lead in phone(example_world()).leads}
    assert leads.keys() >= DECOYS
    assert not any(leads[name].leads or leads[name].q <= 0.05 for name in leads.keys() - {"queue_seconds"})


def test_support_leads_emotion_in_the_field_and_not_at_invoices() -> None:
    field, invoice = (staff(example_world(), place) for place in ("field_visit", "invoice"))
    assert (field.lag, field.leads) == (BY_CODE["staff_support_drives_field_emotion"].settings["lag_weeks"], True)
    assert not invoice.leads


def test_null_worlds_of_the_example_hold_no_leads() -> None:
    results = [phone(build(seed=seed, null=True, responses=6_000)) for seed in range(NULL_SEEDS)]
    assert all(result.tested == 8 * len(SERIES) for result in results)
    wrong = sum(any(lead.q <= 0.05 for lead in result.leads) for result in results)
    assert wrong <= stats.binom.ppf(0.999, NULL_SEEDS, 0.05)
    assert np.mean([result.verdict == "leads" for result in results]) <= 0.05
