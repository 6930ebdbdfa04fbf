"""What is told beside the figures: the settings used, and the warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from kapula.analyses.decompose.asked import Asked, Extras
from kapula.analyses.decompose.break_result import BreakPart
from kapula.analyses.decompose.part import Part
from kapula.analyses.decompose.seen import spreads_of
from kapula.analyses.decompose.units import Units
from kapula.analyses.resamples import few_resamples
from kapula.measures.engine.run import method_of
from kapula.measures.families.base import common_warnings

ENOUGH_RESAMPLES: Final = 200
"""Fewer are taken with a warning."""


def method_told(asked: Asked, extras: Extras) -> dict[str, Any]:
    design = replace(asked.design, interval="expanded_percentile")
    return method_of(
        asked.request, asked.kind, design, by=None, segment=list(asked.segments), period=extras.period, time=extras.time,
        grain=extras.grain if extras.time else None, timezone=extras.timezone, weights="midpoint", n_boot=asked.n_boot, seed=asked.seed,
        minimum_n=asked.minimum_n, drivers=list(extras.drivers),
        sources={name: found for name, found in extras.sources.items() if found},
    )  # fmt: skip


def warnings_of(states: Mapping[Any, Any], asked: Asked) -> tuple[str, ...]:
    plain = replace(asked.design, clustered=False)
    return tuple(
        dict.fromkeys(
            code for key in sorted(states, key=str) if states[key].n for code in common_warnings(states[key], plain)
        )
    )


def codes_of(found: Sequence[BreakPart], parts: Mapping[str, Part], units: Units, n_boot: int) -> list[str]:
    alike = parts["total"].low is None or bool((spreads_of(units) <= 0).any())
    codes = [*(one.code for one in found), *(["zero_variance"] if alike else [])]
    return [*codes, *few_resamples(n_boot, ENOUGH_RESAMPLES)]
