"""What is told of each question, and the warnings over all of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from kapula.analyses.columns import Floats
from kapula.analyses.prune.cut import Interval
from kapula.analyses.prune.fit import Fit
from kapula.analyses.prune.indices import Careless
from kapula.analyses.prune.question import QuestionFound
from kapula.analyses.prune.reliability import Alpha
from kapula.analyses.prune.sift import Sifted
from kapula.analyses.prune.spared import seconds_each
from kapula.analyses.prune.twins import Twins
from kapula.analyses.prune.usable import LEAST_UNITS

BLANKS = 1 / 3
"""Of the rows: more with blanks than this is said aloud."""


def unranked(name: str, kept: Sifted, reliability: Alpha | None, twins: tuple[Twins, ...] = ()) -> QuestionFound:
    """What is told of a question without a model. ``twins``: those found beside the copies."""
    found = QuestionFound(name, False, name in kept.settings.always, seconds=seconds_each(kept).get(name))
    item = next((one for one in reliability.items if one.name == name), None) if reliability else None
    if item is not None:
        found = replace(found, reversed=item.reversed, item_rest=item.item_rest, alpha_if_dropped=item.alpha_if_dropped)
    pairs = ((pair.first, pair.second) for pair in (*kept.copies, *twins))
    found = replace(found, twin_of=next((b if a == name else a for a, b in pairs if name in (a, b)), None))
    return found if name in kept.questions else kept.unusable(found)


def question_of(name: str, kept: Sifted, whole: Fit, reliability: Alpha | None) -> QuestionFound:
    found = unranked(name, kept, reliability, whole.twins)
    if name not in kept.questions or whole.cut.verdict == "no_prediction":
        return found
    found = replace(found, share=whole.shares[name])
    if name not in whole.order:
        return found
    step = whole.order.index(name) + 1
    return replace(
        found, drop=name in whole.cut.drop, order=step, loss=Interval(*whole.path.at(step)),
        rank_agreement=_known(whole.agreement, step), rank_low=_known(whole.agreement_low, step),
    )  # fmt: skip


def warnings_of(kept: Sifted, found: Careless | None, reliability: Alpha | None) -> tuple[str, ...]:
    rows, settings = kept.rows, kept.settings
    codes = {
        "many_blanks": rows.given > 0 and rows.n < (1 - BLANKS) * rows.given,
        "few_clusters": bool(settings.cluster) and rows.units < LEAST_UNITS,
        "unequal_weights": bool(settings.weight) and rows.n > 0 and rows.effective < min(rows.n, rows.units) / 2,
        "zero_variance": bool(kept.constant),
        "collinear_question": bool(kept.told),
        "no_reversed_item": found is not None and reliability is not None and not reliability.reversed,
    }
    return tuple(code for code, holds in codes.items() if holds)


def _known(values: Floats, step: int) -> float | None:
    return None if np.isnan(values[step]) else float(values[step])
