"""The figures of all classes at once, corrected by matrix inversion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kapula.text.shares import mixture, prevalence
from kapula.text.shares.cells import Cell
from kapula.text.shares.errors import Confusion
from kapula.text.shares.labelled import LabelTeller, hidden, of_draws
from kapula.text.shares.read import Comments
from kapula.text.shares.results import ShareDifference, ShareRow

Floats = NDArray[np.float64]


class ClassTeller(LabelTeller):
    """All classes at once, as sentiments are: a comment has one, and the classifier mixes them up (or abstains) at known rates."""

    def __init__(self, comments: Comments, confusion: Confusion, level: float, n_boot: int, seed: int) -> None:
        super().__init__(comments, {}, level, n_boot, seed)
        self.confusion = confusion
        self.method = {"method": "matrix_inversion", "interval": "drawn"}
        self.rates = mixture.drawn_rates(confusion, n_boot, np.random.default_rng([seed, 0]))

    def told_errors(self) -> dict[str, Any]:
        return {"confusion": self.confusion.to_dict()}

    def rows(self, cell: Cell) -> list[ShareRow]:
        classes = self.confusion.classes
        if cell.hidden:
            return [hidden(label, cell) for label in classes]
        seen = [super(ClassTeller, self)._row(place, label, cell) for place, label in enumerate(classes)]
        warnings = [code for code in seen[0].warnings if code != "uncorrected"] + self._other_version(
            self.confusion, cell
        )
        if not self.confusion.usable:
            return [_told(row, (None, None, None), (*warnings, "errors_too_large")) for row in seen]
        counts = self._counts(cell)
        values = mixture.estimate(counts, self.confusion)
        low, high = mixture.bounds(mixture.solved(self._drawn(cell, 1), self.rates), values, self.level)
        return [
            _told(row, (float(values[i]), float(low[i]), float(high[i])), tuple(warnings)) for i, row in enumerate(seen)
        ]

    def _counts(self, cell: Cell) -> Floats:
        return np.asarray(self.comments.has[cell.rows].sum(axis=0), dtype=np.float64)

    def _drawn(self, cell: Cell, stream: int) -> Floats:
        """Shares said, drawn; clustered comments are worth the fewest that any label's are."""
        has = self.comments.has[cell.rows].astype(float)
        worth = min(self._worth(has[:, place], cell)[0] for place in range(has.shape[1]))
        random = np.random.default_rng([self.seed, stream])
        return mixture.drawn_said(self._counts(cell), worth, self.n_boot, random)

    def differences(self, kind: str, first: Cell, second: Cell) -> list[ShareDifference]:
        if not self.confusion.usable:
            return []
        before, after = (mixture.estimate(self._counts(cell), self.confusion) for cell in (first, second))
        draws = mixture.solved(self._drawn(second, 2) - self._drawn(first, 1), self.rates)
        return [
            ShareDifference(
                kind,
                label,
                second.group,
                first.period,
                second.period,
                *_flat(of_draws(after[i] - before[i], draws[:, i], self.level)),
            )
            for i, label in enumerate(self.confusion.classes)
        ]


def _flat(told: tuple[prevalence.Figure, float]) -> tuple[float, float, float, float]:
    (value, low, high), p = told
    return float(value), low, high, p


def _told(row: ShareRow, figure: Sequence[float | None], warnings: tuple[str, ...]) -> ShareRow:
    return ShareRow(
        row.label,
        row.by,
        row.period,
        figure[0],
        figure[1],
        figure[2],
        row.apparent,
        row.apparent_low,
        row.apparent_high,
        row.n,
        row.n_effective,
        warnings,
    )
