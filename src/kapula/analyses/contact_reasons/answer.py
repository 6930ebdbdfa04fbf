"""Every reason's figures and place, and the verdict over them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np

from kapula.analyses.columns import text
from kapula.analyses.contact_reasons.contrast import Gap, added, against_rest, mean, share_above
from kapula.analyses.contact_reasons.place import NOT_SURE, Axes, certainty, p_of, sides
from kapula.analyses.contact_reasons.results import ContactReasonsResult, Lean, Reason
from kapula.analyses.contact_reasons.rows import Contacts, Floats
from kapula.analyses.contract import NOT_ENOUGH, Progress
from kapula.results import Row
from kapula.statistics.holm import holm
from kapula.statistics.intervals import wilson
from kapula.statistics.laws import t_quantile

FEWEST: Final = 20
"""Contacts of a reason with an answer, for each of effort, emotion and resolution."""


@dataclass(frozen=True, slots=True)
class Asked:
    effort_is: str
    lines: Mapping[str, float]
    level: float
    minimum_n: int
    seed: int
    method: Mapping[str, Any]


def answered(contacts: Contacts, asked: Asked, progress: Progress) -> ContactReasonsResult:
    usable, total = _usable(contacts, max(FEWEST, asked.minimum_n)), len(contacts.reasons)
    common: dict[str, Any] = {"n": contacts.contacts, "answers": contacts.answers, "method": asked.method}
    if len(usable) < 2:
        reasons = tuple(_few(contacts, code, asked) for code in range(total))
        return ContactReasonsResult(
            NOT_ENOUGH, needed_n=_needed(contacts, asked), reasons=reasons, warnings=_constant(contacts), **common
        )
    flat = _constant(contacts)
    if len(flat) or any(np.nanstd(values) == 0 for values in (contacts.effort, contacts.emotion)):
        return ContactReasonsResult(
            NOT_ENOUGH, needed_n=2 * contacts.contacts, reasons=(), warnings=("constant",), **common
        )
    rng = np.random.default_rng(asked.seed)
    axes: dict[int, Axes] = {}
    for place, code in enumerate(usable):
        axes[code] = _axes(contacts, code, asked)
        progress(place + 1, len(usable))
    ps = [p_of(one) for one in axes.values()]
    sure = dict(zip(axes, holm(ps, 1 - asked.level), strict=True))
    found = []
    for code in range(total):
        if code not in axes:
            found.append(_few(contacts, code, asked))
            continue
        found.append(_placed(contacts, code, axes[code], sure[code], asked, rng))
    found.sort(key=lambda one: (-one.n, one.name))
    verdict = "placed" if any(sure.values()) else NOT_SURE
    return ContactReasonsResult(
        verdict, needed_n=None, reasons=tuple(found), lines=_lines(contacts, asked), warnings=flat, **common
    )


def _usable(contacts: Contacts, least: int) -> list[int]:
    total = len(contacts.reasons)
    known = [
        np.bincount(contacts.reason, ~np.isnan(values), total)
        for values in (contacts.effort, contacts.emotion, contacts.unresolved)
    ]
    return [code for code in range(total) if min(one[code] for one in known) >= least]


def _needed(contacts: Contacts, asked: Asked) -> int:
    """As many contacts as would give the second reason enough answers, at the shares they have now."""
    least = max(FEWEST, asked.minimum_n)
    known = ~np.isnan(contacts.effort) & ~np.isnan(contacts.emotion) & ~np.isnan(contacts.unresolved)
    counts = np.sort(np.bincount(contacts.reason[known], minlength=2))[::-1]
    second = float(counts[1])
    at_least = max(2 * least, contacts.contacts + 1)
    return max(at_least, int(np.ceil(contacts.contacts * least / second))) if second else at_least


def _constant(contacts: Contacts) -> tuple[str, ...]:
    values = (contacts.effort, contacts.emotion)
    known = [one[~np.isnan(one)] for one in values]
    return ("constant",) if any(one.size > 1 and np.ptp(one) == 0 for one in known) else ()


def _axes(contacts: Contacts, code: int, asked: Asked) -> Axes:
    inside = (contacts.reason == code).astype(float)
    cluster, clusters = contacts.cluster, int(contacts.cluster.max()) + 1
    lines = asked.lines
    hard = None if "effort" not in lines else lines["effort"] * (1 if asked.effort_is == "effort" else -1)
    open_ = None if "resolved" not in lines else 1 - lines["resolved"]
    effort = against_rest(contacts.effort, inside, cluster, clusters, hard)
    unresolved = against_rest(contacts.unresolved, inside, cluster, clusters, open_)
    scales = [max(float(np.nanstd(one)), 1e-9) for one in (contacts.effort, contacts.unresolved)]
    both = [effort] if scales[1] <= 1e-9 else [effort, unresolved]
    trouble = added(both, scales[: len(both)])
    feeling = against_rest(contacts.emotion, inside, cluster, clusters, lines.get("emotion"))
    cut = lines.get("volume", 1 / len(contacts.reasons))
    return Axes(feeling, trouble, share_above(inside, cluster, clusters, cut, contacts.contacts))


def _placed(contacts: Contacts, code: int, axes: Axes, sure: bool, asked: Asked, rng: np.random.Generator) -> Reason:
    chances = certainty(axes, rng)
    likely = max(chances, key=lambda place: chances[place])
    named = min(sides(axes).items(), key=lambda one: one[1])[0]
    one = _figures(contacts, code, asked)
    return replace(
        one,
        verdict=named if sure else NOT_SURE,
        likely=named if sure else likely,
        certainty=chances,
        p=p_of(axes),
        feeling=_lean(axes.feeling, asked.level),
        trouble=_lean(axes.trouble, asked.level),
    )


def _lean(gap: Gap, level: float) -> Lean:
    return Lean(gap.value, *gap.interval(level))


def _few(contacts: Contacts, code: int, asked: Asked) -> Reason:
    n = int((contacts.reason == code).sum())
    least = max(FEWEST, asked.minimum_n)
    answers = contacts.answers_of(code)
    known = min(answers.values())
    needed = max(least, n + 1) if not known else max(n + 1, int(np.ceil(n * least / known)))
    return Reason(text(contacts.reasons[code]), n, NOT_ENOUGH, needed_n=needed, answers=answers)


def _figures(contacts: Contacts, code: int, asked: Asked) -> Reason:
    inside = contacts.reason == code
    sign = 1.0 if asked.effort_is == "effort" else -1.0
    return Reason(
        text(contacts.reasons[code]), int(inside.sum()), NOT_SURE,
        volume=_share(float(inside.sum()), float(contacts.contacts), asked.level),
        effort=_mean(sign * contacts.effort, inside, contacts, asked.level),
        emotion=_mean(contacts.emotion, inside, contacts, asked.level),
        resolved=_resolved(contacts, inside, asked.level),
        answers=contacts.answers_of(code),
    )  # fmt: skip


def _mean(values: Floats, inside: Any, contacts: Contacts, level: float) -> Row:
    middle, parts, clusters = mean(values, inside.astype(float), contacts.cluster, int(contacts.cluster.max()) + 1)
    half = t_quantile((1 + level) / 2, max(clusters - 1, 1)) * float(np.sqrt(np.sum(parts**2)))
    n = int((~np.isnan(values[inside])).sum())
    return Row(None, None, middle, middle - half, middle + half, n, float(n))


def _resolved(contacts: Contacts, inside: Any, level: float) -> Row:
    known = contacts.unresolved[inside]
    known = known[~np.isnan(known)]
    return _share(float((known == 0).sum()), float(known.size), level)


def _share(count: float, n: float, level: float) -> Row:
    low, high = wilson(count / n, n, t_quantile((1 + level) / 2, float("inf")))
    return Row(None, None, count / n, low, high, round(n), n)


def _lines(contacts: Contacts, asked: Asked) -> dict[str, float | None]:
    sign = 1.0 if asked.effort_is == "effort" else -1.0
    usual = {
        "effort": sign * float(np.nanmean(contacts.effort)),
        "emotion": float(np.nanmean(contacts.emotion)),
        "resolved": 1 - float(np.nanmean(contacts.unresolved)),
        "volume": 1 / len(contacts.reasons),
    }
    return {name: asked.lines.get(name, value) for name, value in usual.items()}
