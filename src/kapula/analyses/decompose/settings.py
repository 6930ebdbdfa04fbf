"""The question checked."""

from __future__ import annotations

from typing import Any

from kapula.analyses.columns import checked
from kapula.analyses.decompose.asked import Asked
from kapula.analyses.decompose.sides import SIDE, Sides
from kapula.analyses.resamples import LEAST_RESAMPLES
from kapula.errors import ParameterError
from kapula.measures.engine.run import make_request
from kapula.measures.families import family
from kapula.measures.families.base import Design
from kapula.statistics.seeds import require_seed


def ask(
    sides: Sides,
    measure: Any,
    segments: tuple[str, ...],
    *,
    period: str | None,
    n_boot: int,
    seed: int,
    minimum_n: int,
    level: float,
    **given: Any,
) -> Asked:
    """The checked question. Raises :class:`ParameterError` for a measure whose sums do not add up (a median), for a
    segment named twice, and
    for unusable settings."""
    check_settings(segments, n_boot=n_boot, level=level, minimum_n=minimum_n)
    require_seed(seed)
    request = make_request(sides.table, measure, by=[*segments, SIDE], filters=None, **given)
    _require_apart(segments, tuple(request.columns.values()), period)
    kind = family(request.measure.family)
    if not kind.mergeable:
        raise ParameterError(
            f"The parts of {request.measure.name!r} do not add up.",
            hint="Decompose a mean, a share, a net score or a rate.",
            parameter="measure",
            value=request.measure.name,
        )
    floating = [name for name in request.columns.values() if request.table[name].type().is_floating()]
    if floating:
        checked(request.table, list(dict.fromkeys(floating)))
    design = Design(level=level, weighted=request.weight is not None, clustered=request.cluster is not None)
    row = kind.contribution(request, kind.read(request))
    return Asked(request, kind, row, sides, segments, design, n_boot, seed, minimum_n)


def check_settings(segments: tuple[str, ...], *, n_boot: int, level: float, minimum_n: int) -> None:
    if not segments:
        raise _fault("segment", None, "No segment column was named.", "Name the column whose groups may have shifted.")
    doubled = sorted({name for name in segments if segments.count(name) > 1})
    if doubled:
        raise _fault("segment", doubled, f"The segment column {doubled[0]!r} is named twice.", "Name each column once.")
    if not LEAST_RESAMPLES <= n_boot <= 100_000:
        hint = f"Give a number from {LEAST_RESAMPLES} to 100 000."
        raise _fault("n_boot", n_boot, f"n_boot={n_boot!r} is not possible.", hint)
    if not 0.5 < level < 1:
        raise _fault(
            "level", level, f"level={level!r} is not a usable confidence level.", "Give a number above 0.5 and below 1."
        )
    if minimum_n < 0:
        raise _fault("minimum_n", minimum_n, "minimum_n is negative.", "Give zero or more.")


def _require_apart(segments: tuple[str, ...], scores: tuple[str, ...], period: str | None) -> None:
    """Refuses a segment that is the score or tells the period: its groups would change by definition, and the split says nothing."""
    for name in segments:
        task = "score" if name in scores else "period" if name == period else None
        if task:
            raise _fault("segment", name, f"{name!r} is the {task} and the segment.", "Name another column as segment.")


def _fault(parameter: str, value: Any, message: str, hint: str) -> ParameterError:
    return ParameterError(message, hint=hint, parameter=parameter, value=value)
