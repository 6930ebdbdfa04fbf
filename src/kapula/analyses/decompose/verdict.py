"""What the parts together say.

**Sure** parts. Of the two parts, mix and within, a part is sure when its interval excludes zero and its p passes
Holm's correction over the two;
a segment's change when the same holds over the segments. So in a world without change the verdicts other than "flat_truly" and "unclear"
come at the nominal rate together.

**Flat** is tested as such, by two one-sided tests (Schuirmann 1987, J. Pharmacokin. Biopharm. 15, 657–680): a part is flat when its
1 − 2α interval lies inside ±margin. "flat_truly" asks it of total, mix and within.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.decompose.margin import is_flat
from kapula.analyses.decompose.part import Part
from kapula.analyses.decompose.segment_result import SegmentPart
from kapula.statistics.holm import holm

HIDDEN: Final = 0.5

VERDICTS: Final[Mapping[str, str]] = {
    "mix_hides_fall": "It fell within segments, but a change of mix covers at least half of the fall.",
    "mix_hides_rise": "It rose within segments, but a change of mix covers at least half of the rise.",
    "within_fall": "It fell within segments.",
    "within_rise": "It rose within segments.",
    "offsetting": "Segments that surely rose and segments that surely fell cancel out.",
    "mix_only": "The mix of segments changed the total; within segments no sure change.",
    "flat_truly": "Flat: total, mix and within are surely smaller than the margin.",
    "break": "The two periods are not comparable: wording or scale changed between them.",
    "unclear": "Neither a sure change nor surely flat.",
    NOT_ENOUGH: "Too few answers to say anything.",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What the verdict rests on. ``parts`` and ``narrow``: total, mix, within with their 1 − α and 1 − 2α intervals."""

    parts: Mapping[str, Part]
    narrow: Mapping[str, Part]
    segments: Sequence[SegmentPart]
    margin: float
    alpha: float
    broken: bool


def verdict_of(facts: Facts) -> str:
    """The one code. A mix hides what happens within when it surely goes the other way and takes away at least half of it."""
    if facts.broken:
        return "break"
    mix, within = facts.parts["mix"], facts.parts["within"]
    flat = {name: is_flat(part, facts.margin) for name, part in facts.narrow.items()}
    passed = holm([mix.p, within.p], facts.alpha)
    mix_sure, within_sure = mix.sure and passed[0], within.sure and passed[1]
    rose, fell = offsetting(facts.segments, facts.margin)
    if within_sure and not flat["within"]:
        return _within(mix, within, mix_sure)
    if rose and fell:
        return "offsetting"
    if all(flat.values()):
        return "flat_truly"
    if within_sure:
        return _within(mix, within, mix_sure)
    return "mix_only" if mix_sure else "unclear"


def _within(mix: Part, within: Part, mix_sure: bool) -> str:
    falls = within.value < 0
    against = mix_sure and (mix.value > 0) == falls
    if against and abs(mix.value) >= abs(within.value) * HIDDEN:
        return "mix_hides_fall" if falls else "mix_hides_rise"
    return "within_fall" if falls else "within_rise"


def offsetting(segments: Sequence[SegmentPart], margin: float) -> tuple[list[SegmentPart], list[SegmentPart]]:
    """The segments that surely rose and those that surely fell, by at least the margin."""
    moved = [part for part in segments if part.sure and part.change is not None and abs(part.change.value) >= margin]
    rose = [part for part in moved if part.change is not None and part.change.value > 0]
    return rose, [part for part in moved if part not in rose]
