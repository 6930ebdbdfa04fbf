"""The straightforward statistics with which the example world's truths are looked for: estimates with 95 % intervals."""

from __future__ import annotations

from datetime import date
from functools import cache

import numpy as np
import pandas as pd
import statsmodels.api as sm

from kapula.example import World, build
from kapula.example.truths import BY_CODE


@cache
def planted() -> World:
    """The default world, built once for all tests."""
    return build()


def customers(world: World) -> pd.DataFrame:
    """Customers' responses with ``week`` (0 = the world's first Monday), ``month`` (Finnish) and ``years`` since the start."""
    frame = world.responses.to_pandas()
    frame = frame[frame["perspective"] == "customer"].copy()
    return with_weeks(frame, world.start)


def with_weeks(frame: pd.DataFrame, start: date) -> pd.DataFrame:
    local = frame["occurred_at"].dt.tz_convert("Europe/Helsinki").dt.tz_localize(None)
    days = (local - pd.Timestamp(start)).dt.days
    return frame.assign(week=days // 7, month=local.dt.month, years=days / 365.25)


def panel(frame: pd.DataFrame, answer: str, weeks: int = 156) -> pd.DataFrame:
    """Mean answer by team (rows) and week (columns)."""
    return frame.pivot_table(index="team", columns="week", values=answer, aggfunc="mean").reindex(columns=range(weeks))


def series(world: World, measure: str, weeks: int = 156) -> pd.DataFrame:
    """An operational series by team (rows) and week (columns); a series without team is one row."""
    table = world.observations.to_pandas()
    table = table[table["measure"] == measure]
    week = (pd.to_datetime(table["period"]) - pd.Timestamp(world.start)).dt.days // 7
    table = table.assign(week=week, team=table["team"].fillna("all"))
    return table.pivot_table(index="team", columns="week", values="value").reindex(columns=range(weeks))


def within(frame: pd.DataFrame) -> pd.DataFrame:
    """Deviations from each team's mean and from each week's mean (two-way)."""
    centred = frame.sub(frame.mean(axis=1), axis=0)
    return centred.sub(centred.mean(axis=0), axis=1) if len(frame) > 1 else centred


def slope(x: np.ndarray | pd.Series, y: np.ndarray | pd.Series, level: float = 0.95) -> tuple[float, float, float]:
    """Least-squares slope of y on x with a heteroskedasticity-robust interval; rows with a missing value are left out."""
    values = pd.DataFrame({"x": np.asarray(x, float), "y": np.asarray(y, float)}).dropna()
    fit = sm.OLS(values["y"], sm.add_constant(values["x"])).fit(cov_type="HC1")
    low, high = fit.conf_int(1 - level).loc["x"]
    return float(fit.params["x"]), float(low), float(high)


def lagged(leader: pd.DataFrame, follower: pd.DataFrame, lag: int, level: float = 0.95) -> tuple[float, float, float]:
    """Slope of the follower on the leader ``lag`` weeks before, both within teams and weeks. The interval is widened for the team
    and week means that were taken out."""
    moved = within(leader).shift(lag, axis=1)
    value, low, high = slope(moved.to_numpy().ravel(), within(follower).loc[moved.index].to_numpy().ravel(), level)
    cells = moved.size
    wider = np.sqrt(cells / (cells - sum(moved.shape)))
    return value, value - (value - low) * wider, value + (high - value) * wider


def difference(first: pd.Series, second: pd.Series) -> tuple[float, float, float]:
    """Mean of the second minus mean of the first, Welch's 95 % interval."""
    first, second = first.dropna(), second.dropna()
    value = float(second.mean() - first.mean())
    half = 1.96 * float(np.sqrt(first.var() / len(first) + second.var() / len(second)))
    return value, value - half, value + half


def points(score: pd.Series) -> float:
    """NPS in points."""
    score = score.dropna()
    return 100 * float((score >= 9).mean() - (score <= 6).mean())


def effect(code: str, name: str) -> float:
    return BY_CODE[code].effects[name]


def visible(interval: tuple[float, float, float], planted: float) -> bool:
    """The interval excludes zero and overlaps what two thirds to the whole of the planted size would show."""
    _, low, high = interval
    near, far = sorted((planted * 0.66, planted))
    return (low > 0 or high < 0) and high >= near and low <= far
