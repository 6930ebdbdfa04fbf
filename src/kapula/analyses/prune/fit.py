"""The order in which questions go, what it costs, and the recommended cut, on one set of rows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.bounds import Bounds, Rules
from kapula.analyses.prune.cut import Cut
from kapula.analyses.prune.elimination import backward
from kapula.analyses.prune.gathering import gather
from kapula.analyses.prune.moments import samples
from kapula.analyses.prune.ranking import agreements, given_leading, shares
from kapula.analyses.prune.recommended import cut_of, verdict_of
from kapula.analyses.prune.rows import Rows
from kapula.analyses.prune.settings import Settings
from kapula.analyses.prune.twins import Twins, alike, twins
from kapula.analyses.prune.validation import validate

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
    correlations = total[place, place] / total[-1, -1]
    pairs = twins(correlations, names, rows.effective, settings.twin, settings.level)
    paired = alike(correlations, rows.effective, settings.twin, settings.level)
    rules = Rules(settings.max_loss, settings.min_agreement, settings.level)
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
    verdict, needed = verdict_of(checked, rules, steps, agreement, rows.n)
    cut = cut_of(rows.n, verdict, checked, steps if verdict == "can_drop" else 0, names, order, agreement, low)
    found = shares(given_leading(total[None], moments.leading))[0]
    return Fit(
        cut, order, checked.path, agreement, low, dict(zip(names, found.tolist(), strict=True)), pairs, needed
    )  # fmt: skip


def _drawn(draw: Callable[[int], Floats], count: int) -> list[Floats]:
    """``count`` samples in parts that fit in memory."""
    return [draw(min(CHUNK, count - start)) for start in range(0, count, CHUNK)]
