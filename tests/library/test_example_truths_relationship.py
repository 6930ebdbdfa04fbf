"""The planted truths of the relationship survey and of firm accounts are in the data."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
from example_statistics import customers, effect, planted, visible

from kapula.example import World
from kapula.example.questions import DRIVERS


@pytest.fixture(scope="module")
def world() -> World:
    return planted()


@pytest.fixture(scope="module")
def answers(world: World) -> pd.DataFrame:
    return customers(world)


def test_expectations_rise_while_rated_performance_stays(answers: pd.DataFrame) -> None:
    asked = answers[answers["source"] == "relationship_survey"]
    design = sm.add_constant(
        pd.get_dummies(asked["segment"], drop_first=True, dtype=float).assign(years=asked["years"])
    )

    def per_year(column: str | pd.Series) -> tuple[float, float, float]:
        y = asked[column] if isinstance(column, str) else column
        fit = sm.OLS(y, design, missing="drop").fit(cov_type="HC1")
        return (float(fit.params["years"]), *map(float, fit.conf_int().loc["years"]))

    assert visible(per_year("answer_expectation"), effect("rising_expectations", "expectation_per_year"))
    assert visible(per_year("answer_experience"), effect("rising_expectations", "experience_per_year"))
    _, low, high = per_year(asked[[f"answer_{code}" for code in DRIVERS]].mean(axis=1))
    assert -0.04 < low < 0 < high < 0.04


def test_the_relationship_drivers_weights_come_back(answers: pd.DataFrame) -> None:
    columns = [f"answer_{code}" for code in DRIVERS]
    asked = answers[answers["source"] == "relationship_survey"].dropna(subset=[*columns, "answer_nps"])
    dummies = pd.get_dummies(asked["segment"], drop_first=True, dtype=float)
    fit = sm.OLS(asked["answer_nps"], sm.add_constant(asked[columns].join(dummies))).fit(cov_type="HC1")
    found = fit.params[columns]
    planted = pd.Series([effect("relationship_drivers", code) for code in DRIVERS], index=columns)
    assert list(found.sort_values().index) == list(planted.sort_values().index)
    assert (found / found.sum() - planted / planted.sum()).abs().max() < 0.03
    low, high = fit.conf_int().loc["answer_rel_responsibility"]
    assert low < 0 < high


def test_experience_keeps_firms_and_size_confounds_it(world: World, answers: pd.DataFrame) -> None:
    outcomes = world.outcomes.to_pandas().dropna(subset=["account"])
    firms = answers[(answers["source"] == "relationship_survey") & answers["account"].notna()]
    waves = firms.groupby(["account", "attribute_wave"])["answer_experience"].mean().dropna().reset_index()
    waves["period"] = pd.to_datetime(waves["attribute_wave"]) + pd.offsets.QuarterBegin(1, startingMonth=1)
    outcomes["period"] = pd.to_datetime(outcomes["period"]).astype("datetime64[ns]")
    known = pd.merge_asof(
        outcomes.sort_values("period"),
        waves.astype({"period": "datetime64[ns]"}).sort_values("period"),
        on="period",
        by="account",
    ).dropna(subset=["answer_experience"])
    known["size"] = [json.loads(text)["size"] for text in known["attributes"]]
    left = (~known["active"].astype(bool)).astype(float)

    def log_hazard(columns: list[str]) -> tuple[float, float, float]:
        family = sm.families.Binomial(sm.families.links.CLogLog())
        fit = sm.GLM(left, sm.add_constant(known[columns]), family=family).fit()
        return (float(fit.params["answer_experience"]), *map(float, fit.conf_int().loc["answer_experience"]))

    adjusted, low, high = log_hazard(["answer_experience", "size"])
    assert low < effect("firm_retention", "log_hazard") < high < 0
    assert log_hazard(["answer_experience"])[0] < adjusted - 0.1  # the crude ratio exaggerates
    stayed = known[known["active"].astype(bool)]
    design = sm.add_constant(
        stayed[["answer_experience", "size"]].join(
            pd.get_dummies(stayed["period"].dt.quarter, drop_first=True, dtype=float, prefix="q")
        )
    )
    fit = sm.OLS(np.log(stayed["revenue"]), design).fit(
        cov_type="cluster", cov_kwds={"groups": pd.factorize(stayed["account"])[0]}
    )
    low, high = fit.conf_int().loc["answer_experience"]
    assert 0 < low < effect("firm_retention", "log_revenue") < high


def test_the_second_trust_question_adds_nothing(answers: pd.DataFrame) -> None:
    both = answers[["answer_trust", "answer_reliance", "answer_experience"]].dropna()
    assert both["answer_trust"].corr(both["answer_reliance"]) == pytest.approx(
        effect("trust_asked_twice", "correlation"), abs=0.01
    )
    one = sm.OLS(both["answer_experience"], sm.add_constant(both[["answer_trust"]])).fit().rsquared
    two = sm.OLS(both["answer_experience"], sm.add_constant(both[["answer_trust", "answer_reliance"]])).fit().rsquared
    assert two - one < 0.002
