"""The slopes of a stretch: of the figures, of the figures at constant mix, and of what lies between."""

from __future__ import annotations

from kapula.analyses.decompose.asked import Asked
from kapula.analyses.decompose.part import Part
from kapula.analyses.decompose.stretch_result import Stretch
from kapula.analyses.decompose.units import Floats
from kapula.statistics.line import Line, line, slope_of


def stretch_of(
    asked: Asked,
    grain: str,
    labels: list[str],
    years: Floats,
    whole: Floats,
    constant: Floats,
    n: Floats,
    spread: float,
    margin: float,
) -> Stretch:
    level, length = asked.design.level, float(years[-1])
    variance = asked.factor**2 * max(spread, 1e-12) / n
    figures = {"total": asked.factor * whole, "within": asked.factor * constant}
    figures["mix"] = figures["total"] - figures["within"]
    lines = {name: line(years, values, variance) for name, values in figures.items()}
    total = lines["total"]
    parts = {name: _part(slope_of(years, values, total), lines[name], level, 1.0) for name, values in figures.items()}
    low, high = total.interval(2 * level - 1)
    points = tuple(
        {
            "period": label,
            "value": asked.figure(float(one)),
            "constant_mix": asked.figure(float(other)),
            "n": int(count),
        }
        for label, one, other, count in zip(labels, whole, constant, n, strict=True)
    )
    return Stretch(
        grain=grain, first=labels[0], last=labels[-1], periods=len(labels), years=length, points=points,
        total=parts["total"], within=parts["within"], mix=parts["mix"], change=_part(total.slope, total, level, length),
        flat=-margin < low * length and high * length < margin, warnings=("autocorrelated",) if total.rho > 0.3 else (),
    )  # fmt: skip


def _part(slope: float, found: Line, level: float, length: float) -> Part:
    """The slope with the interval of its own line. The parts' slopes are by the total's weights, so that they add up."""
    low, high = found.interval(level)
    moved = slope - found.slope
    return Part(length * slope, length * (low + moved), length * (high + moved), found.p)
