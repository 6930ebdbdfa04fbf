"""The scales declared for the drivers, and whether the answers are on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.request_checks import refused
from kapula.analyses.drivers.sample import Sample
from kapula.errors import OffScaleError

Scales = Mapping[str, tuple[float, float]]


def scales_of(scale: Any, asked: Question) -> Scales:
    """Driver → (low, high). One pair is everyone's; a mapping may leave drivers out."""
    if scale is None:
        return {}
    names = [player.name for player in asked.players]
    given = dict(scale) if isinstance(scale, Mapping) else dict.fromkeys(names, scale)
    unknown = [name for name in given if name not in names]
    if unknown:
        raise refused("scale", f"{unknown[0]!r} is not a driver.", f"The drivers are: {', '.join(names)}.", unknown)
    for name, ends in given.items():
        if not _is_pair(ends):
            raise refused(
                "scale", f"The scale of {name!r} is not (low, high).", "Give the ends, as in (1, 5).", str(ends)
            )
    return {name: (float(ends[0]), float(ends[1])) for name, ends in given.items()}


def _is_pair(ends: Any) -> bool:
    try:
        low, high = (float(end) for end in ends)
    except (TypeError, ValueError):
        return False
    return low < high


def check_scales(sample: Sample, asked: Question, scales: Scales) -> None:
    """Raises :class:`OffScaleError` for an answer off its driver's scale."""
    for player in asked.players:
        for column in player.columns if player.name in scales else ():
            place, (low, high) = sample.names.index(column), scales[player.name]
            off = [float(end) for end in (sample.least[place], sample.most[place]) if not low <= end <= high]
            if off and sample.n:
                raise OffScaleError(
                    f"The column {column!r} has answers off the scale {low:g}…{high:g}: {off[0]:g}.",
                    hint="Declare the scale it has, or leave those answers blank.",
                    column=column, scale={"low": low, "high": high}, values={f"{end:g}": None for end in off}, count=None,
                )  # fmt: skip
