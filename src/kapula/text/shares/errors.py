"""How often a classifier is wrong, as counted on an evaluation set: comments that people labelled and the classifier did not learn from."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Final, Protocol

import numpy as np
from numpy.typing import NDArray

from kapula.errors import ParameterError
from kapula.statistics.intervals import square_and_add, wilson
from kapula.statistics.laws import normal_quantile

LEAST_YOUDEN: Final = 0.2
"""Below this lower bound of sensitivity + specificity − 1 nothing is corrected: dividing by it would blow noise up more than fivefold."""
FEW_CHECKED: Final = 10
"""With fewer comments that have the theme (or lack it) in the evaluation set, the correction is told to be rough."""
Floats = NDArray[np.float64]


class Rates(Protocol):
    """How often one label is wrong, however that was found out: :class:`ErrorRates`, :class:`~kapula.text.shares.strata.StratifiedRates`.

    ``bounds``: of the corrected share, when ``share`` of ``n`` comments were said to have the label. ``drawn``: (sensitivity, specificity)
    as they may be, (replicates,) each. ``few``: too few were checked for more than a rough correction."""

    interval: ClassVar[str]

    @property
    def sensitivity(self) -> float: ...
    @property
    def specificity(self) -> float: ...
    @property
    def youden(self) -> float: ...
    @property
    def usable(self) -> bool: ...
    @property
    def few(self) -> bool: ...
    @property
    def checked(self) -> int: ...
    @property
    def version(self) -> str | None: ...

    def youden_interval(self, level: float = 0.95) -> tuple[float, float]: ...
    def bounds(self, share: float, n: float, level: float) -> tuple[float, float]: ...
    def drawn(self, replicates: int, random: np.random.Generator) -> tuple[Floats, Floats]: ...
    def to_dict(self) -> dict[str, Any]: ...


def of_shares(share: Any, sensitivity: Any, specificity: Any, least: float) -> Any:
    """Rogan and Gladen's estimate, which may fall outside 0…1: (share + specificity − 1) ÷ (sensitivity + specificity − 1), the divisor
    ``least`` at least."""
    return (share + specificity - 1) / np.maximum(sensitivity + specificity - 1, least)


@dataclass(frozen=True, slots=True)
class ErrorRates:
    """One label's four counts. ``version``: of the model and codebook they were measured on (kapula.text.version), None if unknown."""

    true_positive: int
    false_negative: int
    false_positive: int
    true_negative: int
    version: str | None = None
    interval: ClassVar[str] = "lang_reiczigel"

    def __post_init__(self) -> None:
        counts = (self.true_positive, self.false_negative, self.false_positive, self.true_negative)
        if min(counts) < 0 or any(count != int(count) for count in counts):
            raise ParameterError(
                "Error rates are four counts, zero or more.",
                hint="Count an evaluation set: true positive, false negative, false positive, true negative.",
                parameter="errors",
                value=[float(count) for count in counts],
            )

    @classmethod
    def of_labels(cls, truth: Iterable[bool], said: Iterable[bool], version: str | None = None) -> ErrorRates:
        """Counted from what people and the classifier said of the same comments."""
        pairs = [(bool(true), bool(found)) for true, found in zip(truth, said, strict=True)]
        count = {pair: pairs.count(pair) for pair in ((True, True), (True, False), (False, True), (False, False))}
        return cls(count[True, True], count[True, False], count[False, True], count[False, False], version)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> ErrorRates:
        """The four counts by name, and ``version``."""
        names = ("true_positive", "false_negative", "false_positive", "true_negative")
        missing = [name for name in names if not isinstance(told.get(name), int)]
        if missing:
            raise ParameterError(
                f"Error rates lack {missing[0]!r}.",
                hint=f"Give the counts {', '.join(names)}.",
                parameter="errors",
                value=missing,
            )
        counts = [int(told[name]) for name in names]
        return cls(counts[0], counts[1], counts[2], counts[3], told.get("version"))

    @property
    def counts(self) -> Floats:
        """Said and so, not said though so, said though not, neither."""
        return np.array(
            [self.true_positive, self.false_negative, self.false_positive, self.true_negative], dtype=np.float64
        )

    @property
    def checked(self) -> int:
        return self.positives + self.negatives

    @property
    def positives(self) -> int:
        """Comments of the evaluation set that have the label."""
        return self.true_positive + self.false_negative

    @property
    def negatives(self) -> int:
        return self.false_positive + self.true_negative

    @property
    def sensitivity(self) -> float:
        return self.true_positive / self.positives if self.positives else float("nan")

    @property
    def specificity(self) -> float:
        return self.true_negative / self.negatives if self.negatives else float("nan")

    @property
    def youden(self) -> float:
        """Sensitivity + specificity − 1: how much of a true difference is seen."""
        return self.sensitivity + self.specificity - 1

    def youden_interval(self, level: float = 0.95) -> tuple[float, float]:
        """By Newcombe's method 10, as the difference of sensitivity and false alarms."""
        if not self.positives or not self.negatives:
            return -1.0, 1.0
        z = float(normal_quantile((1 + level) / 2))
        false = 1 - self.specificity
        return square_and_add(
            (false, *wilson(false, self.negatives, z)),
            (self.sensitivity, *wilson(self.sensitivity, self.positives, z)),
        )

    @property
    def usable(self) -> bool:
        """Whether a share may be corrected by these at all."""
        return self.youden_interval()[0] >= LEAST_YOUDEN

    @property
    def few(self) -> bool:
        return min(self.positives, self.negatives) < FEW_CHECKED

    def bounds(self, share: float, n: float, level: float) -> tuple[float, float]:
        """Lang & Reiczigel (2014): every estimate shrunk as Agresti and Coull's, and a shift for the ratio's bias."""
        z = float(normal_quantile((1 + level) / 2))
        total, checked, unchecked = n + z * z, self.positives + 2, self.negatives + 2
        p = (share * n + z * z / 2) / total
        sensitivity, specificity = (self.true_positive + 1) / checked, (self.true_negative + 1) / unchecked
        youden = sensitivity + specificity - 1
        middle = (p + specificity - 1) / youden
        of_sensitivity, of_specificity = (
            sensitivity * (1 - sensitivity) / checked,
            specificity * (1 - specificity) / unchecked,
        )
        shift = 2 * z * z * (middle * of_sensitivity - (1 - middle) * of_specificity)
        variance = p * (1 - p) / total + middle**2 * of_sensitivity + (1 - middle) ** 2 * of_specificity
        half = z * math.sqrt(variance) / youden
        return max(0.0, middle + shift - half), min(1.0, middle + shift + half)

    def drawn(self, replicates: int, random: np.random.Generator) -> tuple[Floats, Floats]:
        """From Jeffreys' posteriors."""
        sensitivity = random.beta(self.true_positive + 0.5, self.false_negative + 0.5, replicates)
        return sensitivity, random.beta(self.true_negative + 0.5, self.false_positive + 0.5, replicates)

    def to_dict(self) -> dict[str, Any]:
        low, high = self.youden_interval()
        return {
            "true_positive": self.true_positive,
            "false_negative": self.false_negative,
            "false_positive": self.false_positive,
            "true_negative": self.true_negative,
            "sensitivity": _plain(self.sensitivity),
            "specificity": _plain(self.specificity),
            "youden": _plain(self.youden),
            "youden_low": low,
            "youden_high": high,
            "version": self.version,
        }


@dataclass(frozen=True, slots=True)
class Confusion:
    """``counts[t][s]``: comments of the evaluation set that are ``classes[t]`` and were said to be ``said[s]``.

    ``said`` may hold more than the classes: what the classifier abstained from is a label of its own.
    """

    classes: tuple[str, ...]
    said: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    version: str | None = None

    def __post_init__(self) -> None:
        fits = len(self.counts) == len(self.classes) and all(len(row) == len(self.said) for row in self.counts)
        if not fits or len(self.classes) < 2 or min(min(row) for row in self.counts) < 0:
            raise ParameterError(
                "A confusion matrix has a row of counts for each class and a column for each label said.",
                hint="Count an evaluation set of at least two classes.",
                parameter="errors",
                value=[len(self.classes), len(self.said)],
            )

    @classmethod
    def of_labels(
        cls,
        truth: Sequence[str],
        said: Sequence[str],
        classes: Sequence[str],
        extra: Sequence[str] = (),
        version: str | None = None,
    ) -> Confusion:
        """Counted from what people and the classifier said. ``extra``: labels the classifier says besides the classes ("abstained")."""
        columns = (*classes, *extra)
        counts = np.zeros((len(classes), len(columns)), dtype=int)
        for true, found in zip(truth, said, strict=True):
            counts[tuple(classes).index(true), columns.index(found)] += 1
        return cls(tuple(classes), columns, tuple(tuple(int(n) for n in row) for row in counts), version)

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Confusion:
        try:
            counts = tuple(tuple(int(n) for n in row) for row in told["counts"])
            return cls(tuple(told["classes"]), tuple(told["said"]), counts, told.get("version"))
        except (KeyError, TypeError, ValueError) as error:
            raise ParameterError(
                "A confusion matrix is given as classes, said and counts.",
                hint="Give the names of the classes, of the labels said, and a list of counts for each class.",
                parameter="errors",
                value=str(error),
            ) from error

    @property
    def matrix(self) -> NDArray[np.float64]:
        return np.asarray(self.counts, dtype=np.float64)

    @property
    def usable(self) -> bool:
        """Whether the classes can be told apart: each has been checked, and the least singular value of the rates is not too small."""
        rows = self.matrix.sum(axis=1)
        if rows.min() < FEW_CHECKED:
            return False
        return bool(np.linalg.svd(self.matrix / rows[:, None], compute_uv=False)[-1] >= LEAST_YOUDEN)

    def to_dict(self) -> dict[str, Any]:
        return {
            "classes": list(self.classes),
            "said": list(self.said),
            "counts": [list(row) for row in self.counts],
            "version": self.version,
        }


def _plain(value: float) -> float | None:
    return None if value != value else value
