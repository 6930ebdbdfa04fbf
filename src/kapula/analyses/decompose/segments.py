"""Each segment's part, and each segment column alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from kapula.analyses.decompose.asked import Asked, by_columns
from kapula.analyses.decompose.intervals import Freedom, freedom, part_of
from kapula.analyses.decompose.part import Part
from kapula.analyses.decompose.parts import Split, split
from kapula.analyses.decompose.pooling import POOLED
from kapula.analyses.decompose.reading import read_units
from kapula.analyses.decompose.resample import splits
from kapula.analyses.decompose.segment_result import ColumnSplit, SegmentPart
from kapula.analyses.decompose.units import Units
from kapula.statistics.holm import holm

Key = tuple[Any, ...]
FEW = 5
"""Units in a cell under which a segment's own interval is not given."""


def parts_of_segments(
    asked: Asked, units: Units, whole: Split, drawn: Split, members: Sequence[Key]
) -> tuple[SegmentPart, ...]:
    """Every segment in order, the pooled one last. A change is sure after Holm's correction over the segments."""
    df = freedom(units, whole)
    answers, count = units.sums(units.answers), units.sums(units.times)
    found = [_one(asked, whole, drawn, df, count[place], answers[place], place) for place in range(len(units.segments))]
    passed = holm([part.change.p if part.change else None for part in found], 1 - asked.design.level)
    return tuple(
        _named(asked, part, key, bool(sure and part.change and part.change.sure), members)
        for part, key, sure in zip(found, units.segments, passed, strict=True)
    )


def _one(asked: Asked, whole: Split, drawn: Split, df: Freedom, count: Any, answers: Any, place: int) -> SegmentPart:
    """``count``: units heard in each period."""
    level, factor, least = asked.design.level, asked.factor, count.min()
    values = [
        None if n == 0 else asked.figure(float(value)) for n, value in zip(answers, whole.values[place], strict=True)
    ]
    status = "entered" if answers[0] == 0 else "left" if answers[1] == 0 else "both"
    known = float(df.change[place]) if least >= FEW else float("nan")
    mix = factor * float(whole.mix[place])
    within, change = Part(factor * float(whole.within[place])), None
    sure_of_mix = float(df.units[place]) - 1 if count.max() >= FEW else float("nan")
    if status == "both":
        within = part_of(within.value, factor * drawn.within[:, place], known, level)
        change = part_of(factor * float(whole.change[place]), factor * drawn.change[:, place], known, level)
    warnings = ("zero_variance",) if status == "both" and least >= FEW and not known >= 1 else ()
    return SegmentPart(
        None, status, int(answers[0]), int(answers[1]), float(whole.shares[place, 0]), float(whole.shares[place, 1]), values[0], values[1],
        part_of(mix, factor * drawn.mix[:, place], sure_of_mix, level), within, change, False, warnings,
    )  # fmt: skip


def _named(asked: Asked, part: SegmentPart, key: Key, sure: bool, members: Sequence[Key]) -> SegmentPart:
    if key == POOLED:
        return replace(part, segment=None, sure=sure, pooled=tuple(_label(asked, member) for member in members))
    return replace(part, segment=_label(asked, key), sure=sure)


def _label(asked: Asked, key: Key) -> Any:
    return key[0] if len(asked.segments) == 1 else dict(zip(asked.segments, key, strict=True))


def by_column(asked: Asked, name: str) -> ColumnSplit:
    """Mix and within by one column alone."""
    alone = by_columns(asked, (name,))
    units = read_units(alone.request, alone.row, alone.segments)
    whole, drawn = (
        split(units.sums(units.y * units.times), units.sums(units.x * units.times)),
        splits(units, asked.n_boot, asked.seed),
    )
    df, level, factor = freedom(units, whole), asked.design.level, asked.factor
    mix = part_of(factor * float(whole.mix.sum()), factor * drawn.mix.sum(axis=-1), df.total, level)
    within = part_of(factor * float(whole.within.sum()), factor * drawn.within.sum(axis=-1), df.within, level)
    return ColumnSplit(name, mix, within)
