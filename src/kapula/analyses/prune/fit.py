"""The order in which questions go, what it costs, and the recommended cut, on one set of rows."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.elimination import backward
from kapula.analyses.prune.moments import gather, samples
from kapula.analyses.prune.prepare import Rows
from kapula.analyses.prune.ranking import agreements, given_leading, shares
from kapula.analyses.prune.results import Cut, Interval
from kapula.analyses.prune.settings import Settings
from kapula.analyses.prune.twins import Twins, pairing, twins
from kapula.analyses.prune.validation import Bounds, Rules, Validated, validate

CHUNK: Final = 100


@dataclass(frozen=True, slots=True)
class Fit:
    """``order``: droppable questions in their turn. ``path``, ``agreement``, ``agreement_low``: after 0, 1, … of them. ``shares``: by
    question, of R² among all. ``needed_n``: how many rows would settle an "unsure"."""

    cut: Cut
    order: tuple[str, ...]
    path: Bounds
    agreement: Floats
    agreement_low: Floats
    shares: dict[str, float]
    twins: tuple[Twins, ...]
    needed_n: int | None


def fit(
    rows: Rows, settings: Settings, leading: tuple[str, ...], questions: tuple[str, ...], told: Callable[[int], None]
) -> Fit:
    """``leading`` and ``questions``: the usable ones, those that may never go first. ``told`` hears of each repeat done."""
    rng = np.random.default_rng(settings.seed)
    always = tuple(name for name in questions if name in settings.always)
    droppable = tuple(name for name in questions if name not in settings.always)
    names = (*always, *droppable)
    moments = gather(
        rows.columns((*leading, *names, settings.outcome)), rows.weight, rows.unit,
        fixed=1 + len(leading) + len(always), leading=1 + len(leading), rng=rng, order=rows.order,
    )  # fmt: skip
    place = slice(moments.leading, -1)
    total = moments.total
    pairs = twins(total[place, place] / total[-1, -1], names, rows.effective, settings.twin, settings.level)
    paired, rules = pairing(pairs, names), Rules(settings.max_loss, settings.min_agreement, settings.level)
    checked = validate(
        moments,
        rules,
        paired,
        folds=settings.folds,
        repeats=settings.repeats,
        n_boot=settings.n_boot,
        rng=rng,
        told=told,
    )
    path = backward(total[None], moments.fixed)
    agreement = agreements(total[None], path.order, moments.leading, paired)[0]
    drawn = [
        agreements(sample, np.repeat(path.order, len(sample), axis=0), moments.leading, paired)
        for sample in _drawn(lambda size: samples(moments, size, rng), settings.n_boot)
    ]
    low = np.quantile(np.concatenate(drawn), 1 - settings.level, axis=0)
    order = tuple(names[column - moments.leading] for column in path.order[0])
    steps = rules.steps(checked.path, agreement)
    verdict, needed = _verdict(checked, rules, steps, agreement, rows.n)
    cut = _cut(rows.n, verdict, checked, steps if verdict == "can_drop" else 0, names, order, agreement, low)
    found = shares(given_leading(total[None], moments.leading))[0]
    return Fit(
        cut, order, checked.path, agreement, low, dict(zip(names, found.tolist(), strict=True)), pairs, needed
    )  # fmt: skip


def _drawn(draw: Callable[[int], Floats], count: int) -> list[Floats]:
    """``count`` samples in parts that fit in memory."""
    return [draw(min(CHUNK, count - start)) for start in range(0, count, CHUNK)]


def _verdict(checked: Validated, rules: Rules, steps: int, agreement: Floats, n: int) -> tuple[str, int | None]:
    """The code, and for "unsure" how many rows would bring the first drop's upper limit down to the allowed loss."""
    if not checked.r2.low[0] > 0:
        return "no_prediction", None
    if steps:
        return "can_drop", None
    if len(agreement) > 1 and checked.path.value[1] < rules.max_loss and not agreement[1] < rules.min_agreement:
        spare = rules.max_loss - float(checked.path.value[1])
        return "unsure", math.ceil(n * (float(checked.path.high[1] - checked.path.value[1]) / spare) ** 2)
    return "keep_all", None


def _cut(
    n: int, verdict: str, checked: Validated, steps: int, names: tuple[str, ...], order: tuple[str, ...],
    agreement: Floats, low: Floats,
) -> Cut:  # fmt: skip
    gone = order[:steps]
    loss = Interval(*checked.chosen.at(0)) if steps else Interval(0.0, 0.0, 0.0)
    path = checked.path
    return Cut(
        verdict=verdict,
        n=n,
        r2=Interval(*checked.r2.at(0)),
        drop=gone,
        keep=tuple(name for name in names if name not in gone),
        loss=loss,
        rank_agreement=_known(agreement[steps]),
        rank_low=_known(low[steps]),
        one_error=int(np.flatnonzero(path.value <= path.se)[-1]),
    )


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)
