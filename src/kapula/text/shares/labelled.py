"""The figures of one group and period, and of two compared: label by label."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kapula.statistics.intervals import p_by_inversion, square_and_add
from kapula.text.shares import prevalence
from kapula.text.shares.cells import Cell
from kapula.text.shares.clusters import bootstrap_difference, effective
from kapula.text.shares.errors import Confusion, Rates
from kapula.text.shares.read import Comments
from kapula.text.shares.results import ShareDifference, ShareRow

FEW_CLUSTERS: Final = 30
Floats = NDArray[np.float64]


class Teller(Protocol):
    method: dict[str, Any]

    def rows(self, cell: Cell) -> list[ShareRow]: ...
    def differences(self, kind: str, first: Cell, second: Cell) -> list[ShareDifference]: ...
    def told_errors(self) -> dict[str, Any]: ...


def hidden(label: str, cell: Cell) -> ShareRow:
    gone = (None,) * 6
    return ShareRow(label, cell.group, cell.period, *gone, len(cell.rows), float("nan"), (cell.hidden,))


def _common(comments: Comments, cell: Cell, groups: int) -> list[str]:
    found = ["mixed_version"] if cell.mixed else []
    if comments.cluster is not None and groups < FEW_CLUSTERS:
        found.append("single_cluster" if groups < 2 else "few_clusters")
    return found


class LabelTeller:
    """Each label by itself, as themes are: a comment may have several."""

    def __init__(self, comments: Comments, errors: Mapping[str, Rates], level: float, n_boot: int, seed: int) -> None:
        self.comments, self.errors, self.level, self.n_boot, self.seed = comments, errors, level, n_boot, seed
        self.method = {
            "method": "rogan_gladen" if errors else "as_labelled",
            "interval": next((rates.interval for rates in errors.values()), "wilson"),
        }

    def told_errors(self) -> dict[str, Any]:
        return {label: rates.to_dict() for label, rates in self.errors.items()}

    def rows(self, cell: Cell) -> list[ShareRow]:
        return [self._row(place, label, cell) for place, label in enumerate(self.comments.labels)]

    def _row(self, place: int, label: str, cell: Cell) -> ShareRow:
        if cell.hidden:
            return hidden(label, cell)
        y = self.comments.has[cell.rows, place].astype(float)
        worth, groups = self._worth(y, cell)
        seen = prevalence.apparent(float(y.mean()), worth, self.level)
        warnings = _common(self.comments, cell, groups)
        rates = self.errors.get(label)
        told: tuple[float | None, float | None, float | None] = seen
        if rates is None:
            warnings.append("uncorrected")
        elif not rates.usable:
            warnings.append("errors_too_large")
            told = (None, None, None)
        else:
            told = prevalence.corrected(seen[0], worth, rates, self.level)
            raw = prevalence.uncut(seen[0], rates)
            warnings += ["at_bound"] if not 0 <= raw <= 1 else []
            warnings += ["few_checked"] if rates.few else []
            warnings += self._other_version(rates, cell)
        return ShareRow(label, cell.group, cell.period, *told, *seen, len(y), worth, tuple(warnings))

    def _worth(self, y: Floats, cell: Cell) -> tuple[float, int]:
        cluster = self.comments.cluster
        return effective(y, None if cluster is None else cluster[cell.rows], self.level)

    def _other_version(self, rates: Rates | Confusion, cell: Cell) -> list[str]:
        names = {self.comments.versions[place] for place in cell.versions}
        other = rates.version is not None and names != {""} and names != {rates.version}
        return ["errors_other_version"] if other else []

    def differences(self, kind: str, first: Cell, second: Cell) -> list[ShareDifference]:
        found = []
        for place, label in enumerate(self.comments.labels):
            rates = self.errors.get(label)
            if rates is not None and not rates.usable:
                continue
            figure, p = self._difference(place, first, second, rates)
            found.append(ShareDifference(kind, label, second.group, first.period, second.period, *figure, p))
        return found

    def _difference(
        self, place: int, first: Cell, second: Cell, rates: Rates | None
    ) -> tuple[prevalence.Figure, float | None]:
        y1, y2 = (self.comments.has[cell.rows, place].astype(float) for cell in (first, second))
        cluster = self.comments.cluster
        if cluster is None:
            seen, p = newcombe(y1, y2, self.level)
        else:
            random = np.random.default_rng([self.seed, place])
            draws = bootstrap_difference((y1, cluster[first.rows]), (y2, cluster[second.rows]), self.n_boot, random)
            seen, p = of_draws(float(y2.mean() - y1.mean()), draws, self.level)
        return (seen if rates is None else prevalence.scaled(seen, rates, self.level)), p


def newcombe(y1: Floats, y2: Floats, level: float) -> tuple[prevalence.Figure, float]:
    def bounds(at: float) -> tuple[float, float]:
        first, second = (prevalence.apparent(float(y.mean()), len(y), at) for y in (y1, y2))
        return square_and_add(first, second)

    return (float(y2.mean() - y1.mean()), *bounds(level)), p_by_inversion(bounds)


def of_draws(value: float, draws: Floats, level: float) -> tuple[prevalence.Figure, float]:
    low, high = np.quantile(draws, [(1 - level) / 2, (1 + level) / 2])
    tail = min((draws <= 0).mean(), (draws >= 0).mean())
    p = min(1.0, 2 * (tail * len(draws) + 1) / (len(draws) + 1))
    return (value, min(float(low), value), max(float(high), value)), float(p)
