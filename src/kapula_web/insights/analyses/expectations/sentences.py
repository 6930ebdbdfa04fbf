"""The answer in one sentence, by the verdict."""

from __future__ import annotations

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.expectations.sayings import SAYINGS, Found
from kapula_web.kit import figures


def answer(found: Found, name: str) -> str:
    """``name``: the score's label."""
    told = {
        "name": words.quoted(name),
        "drift": per_year(found["drift_per_year"]),
        "drift_range": figures.interval(found["low"], found["high"], "scale"),
        "drift_size": size(found["low"], found["high"]),
        "performance": per_year(found["performance_per_year"]),
        "performance_range": between(found, "performance"),
        "total": per_year(found["total_per_year"]),
        "margin": figures.number(found["margin"], 2),
    }
    return words.capital(SAYINGS[found["verdict"]](found, told))


def per_year(value: float | None) -> str:
    """A size a year, without its sign."""
    return figures.NO_VALUE if value is None else figures.number(abs(value), 2)


def size(low: float | None, high: float | None) -> str:
    """The interval of a sure slope as sizes, to stand after "laskee" or "nousee": "0,05–0,16"."""
    if low is None or high is None or low * high < 0:
        return figures.interval(low, high, "scale")
    return figures.interval(min(abs(low), abs(high)), max(abs(low), abs(high)), "scale")


def between(found: Found, part: str) -> str:
    return figures.interval(found[f"{part}_per_year_low"], found[f"{part}_per_year_high"], "scale")
