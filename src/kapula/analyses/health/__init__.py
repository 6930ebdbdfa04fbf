"""Data health: stale, scattered, generic, duplicated and never-opened measures and sources, each with evidence."""

from __future__ import annotations

from kapula.analyses.contract import NOT_ENOUGH, Analysis
from kapula.analyses.health.example import example
from kapula.analyses.health.results import Finding, HealthResult
from kapula.analyses.health.run import health
from kapula.analyses.registry import register

__all__ = ["Finding", "HealthResult", "health"]

register(
    Analysis(
        name="health",
        run=health,
        example=example,
        verdicts={
            "findings": "Something in the data itself should be mended.",
            "healthy": "Nothing was found in what could be looked at.",
            NOT_ENOUGH: "Fewer than thirty rows.",
        },
        source="David & Nagaraja (2003); Wilson (1927); Fisher (1921); Wald (1940); Benjamini & Hochberg (1995)",
    )
)
