"""A part of the change, as every figure of a decomposition is told."""

from __future__ import annotations

from dataclasses import dataclass

from kapula.analyses.estimate import Estimate


@dataclass(frozen=True, slots=True)
class Part(Estimate):
    """A figure in the measure's unit with its interval (None where it has none) and two-sided p."""
