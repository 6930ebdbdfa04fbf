"""Measures of any answer or operational value: share, mean, median and percentile."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.registry import register

SHARE = register(
    Measure(
        name="share",
        family="share",
        unit="share",
        scale=Scale(0, 1),
        columns=("answer",),
        options={"positive": None, "top": None},
        source="Wilson (1927), JASA 22, 209–212",
    )
)
MEAN = register(
    Measure(
        name="mean",
        family="mean",
        unit="raw",
        scale=None,
        columns=("value",),
        source="Student (1908), Biometrika 6, 1–25",
    )
)
MEDIAN = register(
    Measure(
        name="median",
        family="quantile",
        unit="raw",
        scale=None,
        columns=("value",),
        options={"p": 0.5},
        source="Conover (1999), Practical Nonparametric Statistics, 3.2",
    )
)
PERCENTILE = register(
    Measure(
        name="percentile",
        family="quantile",
        unit="raw",
        scale=None,
        columns=("value",),
        options={"p": 0.9},
        source="Conover (1999), Practical Nonparametric Statistics, 3.2; Woodruff (1952), JASA 47, 635–646",
    )
)
