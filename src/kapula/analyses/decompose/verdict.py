"""What the parts together say, and how many answers it would take to say it.

**Sure** parts. Of the two parts, mix and within, a part is sure when its interval excludes zero and its p passes
Holm's correction over the two;
a segment's change when the same holds over the segments. So in a world without change the verdicts other than "flat_truly" and "unclear"
come at the nominal rate together.

**Flat** is tested as such, by two one-sided tests (Schuirmann 1987, J. Pharmacokin. Biopharm. 15, 657–680): a part is flat when its
1 − 2α interval lies inside ±margin. "flat_truly" asks it of total, mix and within.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kapula.analyses.contract import NOT_ENOUGH
from kapula.analyses.decompose.results import Part, SegmentPart
from kapula.measures.contract import Measure
from kapula.statistics.laws import t_quantile

LEAST: Final = 30
"""Independent answers (or customers) that each period must have."""
MARGINS: Final = {"points": 3.0, "share": 0.03}
OF_SCALE: Final = 0.025
OF_SPREAD: Final = 0.1
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


def usual_margin(measure: Measure, spread: float) -> float:
    """The change that is small enough to be called none: 3 points of a net score, 3 percentage points of a share, 2.5 % of the width
    of an answer scale (0.1 of 1–5), a tenth of the standard deviation ``spread`` of anything else."""
    scale = measure.scale
    if measure.unit in MARGINS:
        return MARGINS[measure.unit]
    if scale is not None and scale.low is not None and scale.high is not None:
        return OF_SCALE * (scale.high - scale.low)
    return OF_SPREAD * spread


def holm(ps: Sequence[float | None], alpha: float) -> list[bool]:
    """Which of the hypotheses fall by Holm's step-down (Holm 1979, Scand. J. Statist. 6, 65–70); a None never does and is not counted."""
    tested = sorted((p, place) for place, p in enumerate(ps) if p is not None)
    found = [False] * len(ps)
    for rank, (p, place) in enumerate(tested):
        if p > alpha / (len(tested) - rank):
            break
        found[place] = True
    return found


def is_flat(narrow: Part, margin: float) -> bool:
    """``narrow``: the part with its 1 − 2α interval."""
    return narrow.low is not None and narrow.high is not None and -margin < narrow.low and narrow.high < margin


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


def needed(n: int, narrow: Mapping[str, Part], margin: float, alpha: float) -> int:
    """Answers with which a change of nothing would be called flat nine times in ten: n (2 z_{1−α} / (z_{1−α} … the half-width now))² in the
    worst of total and within, at least one more than there are."""
    z = t_quantile(1 - alpha, math.inf)
    widths = [(part.high - part.low) / 2 for part in narrow.values() if part.low is not None and part.high is not None]
    if not widths or margin <= 0:
        return n + 2 * LEAST
    aim = margin * z / (z + t_quantile(0.95, math.inf))
    return max(n + 1, math.ceil(n * (max(widths) / aim) ** 2))


def least_needed(units: Sequence[int], n: int) -> int:
    """Answers in all with which each period has LEAST units, at the present number of answers a unit."""
    have = sum(units)
    short = sum(max(0, LEAST - count) for count in units)
    return n + math.ceil(short * (n / have if have else 1.0))
