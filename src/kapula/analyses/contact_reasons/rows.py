"""The contacts in memory: their reasons, and what is known of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import ibis
import numpy as np
from numpy.typing import NDArray

from kapula.analyses.columns import checked, labels
from kapula.errors import OffScaleError
from kapula.tables import fetch

Floats = NDArray[np.float64]
Codes = NDArray[np.int64]
ROW: Final = "kapula_row"
SCORES: Final = ("effort", "emotion", "resolved")


@dataclass(frozen=True, slots=True)
class Contacts:
    """One entry a contact and reason: ``reason`` codes; ``effort``, ``emotion`` and ``unresolved`` NaN where blank; ``cluster`` codes.
    ``contacts``: how many contacts there are, each counted once whatever the number of its reasons, and whether or not anything is known of
    it; ``answers``: how many of them have an answer, by score."""

    reasons: tuple[Any, ...]
    reason: Codes
    effort: Floats
    emotion: Floats
    unresolved: Floats
    cluster: Codes
    contacts: int
    answers: Mapping[str, int]

    def answers_of(self, code: int) -> dict[str, int]:
        """How many of a reason's contacts have an answer, by score."""
        scores = zip(SCORES, (self.effort, self.emotion, self.unresolved), strict=True)
        return {name: int((~np.isnan(values[self.reason == code])).sum()) for name, values in scores}


def read(
    data: Any, reason: str, effort: str, emotion: str, resolved: str, cluster: str | None, filters: Any,
    effort_is: str, neutral: float | None,
) -> Contacts:  # fmt: skip
    """Contacts with a reason; of a list of reasons each. ``neutral``: the emotion that is none, when the scale has two sides.

    Raises :class:`~kapula.errors.OffScaleError` for ``resolved`` other than 0 or 1, and what
    :func:`kapula.analyses.columns.checked` raises.
    """
    figures = [effort, emotion, resolved]
    table = checked(data, figures, others=[reason, *([cluster] if cluster else [])], filters=filters, lists=[reason])
    table = table.mutate(**{ROW: ibis.row_number()})
    several = table[reason].type().is_array()
    told = table.mutate(**{reason: table[reason].unnest()}) if several else table
    found = fetch(told.filter(told[reason].notnull()).distinct() if several else told.filter(told[reason].notnull()))
    codes, reasons = labels(found[reason])
    values = {name: found[name].to_numpy(zero_copy_only=False).astype(float) for name in figures}
    _require_zero_or_one(values[resolved], resolved)
    row = found[ROW].to_numpy()
    whose = labels(found[cluster])[0] if cluster else row
    # A contact of an unknown customer is its own; contacts of one customer, and reasons of one contact, belong together.
    whose = np.where(whose < 0, row + whose.max(initial=0) + 1, whose) if cluster else whose
    feeling = values[emotion] if neutral is None else np.abs(values[emotion] - neutral)
    hard = values[effort] if effort_is == "effort" else -values[effort]
    order = np.lexsort((values[resolved], feeling, hard, codes, row)) if cluster is None else np.arange(len(row))
    return Contacts(
        tuple(reasons), codes[order], hard[order], feeling[order], 1 - values[resolved][order],
        np.unique(whose[order], return_inverse=True)[1], len(np.unique(row)),
        {score: len(np.unique(row[~np.isnan(values[name])])) for score, name in zip(SCORES, figures, strict=True)},
    )  # fmt: skip


def _require_zero_or_one(values: Floats, name: str) -> None:
    off = int((~np.isnan(values) & (values != 0) & (values != 1)).sum())
    if off:
        raise OffScaleError(
            f"The column {name!r} has {off} values that are neither 0 nor 1.",
            hint="A contact was resolved (1) or was not (0); leave it blank where it is not known.",
            column=name,
            count=off,
        )
