"""How much of what moves the normal model's moments its own blanks pass on: the derivative of EM's step (Meng & Rubin 1991, JASA 86).

Moments are mean products θ of the columns with a one in front. In rows of one pattern of blanks, F fills known to all, U = I − F is what
filling leaves, S are the known answers' sums of products and A the known moments' inverse, all padded with zeros. EM then expects
T(θ) = FᵀSF + n UᵀθU, and as dF = A dθ U, dT = n Uᵀ dθ U + V dθ U + (V dθ U)ᵀ with V = FᵀSA.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kapula.analyses.drivers.moments import Floats, width

BATCH: Final = 512
"""Patterns at a time: more are not held side by side."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One pattern of blanks. ``fill``: F, ``lean``: V, ``size``: n, the weight of its rows."""

    fill: Floats
    lean: Floats
    size: float

    @classmethod
    def of(cls, moments: Floats, blank: NDArray[np.bool_], sums: Floats) -> Kind:
        """``blank``: of the one and the columns; ``sums``: of the known answers' products, zeros where blank."""
        known = np.flatnonzero(~blank)
        inverse = np.zeros_like(moments)
        inverse[np.ix_(known, known)] = np.linalg.pinv(moments[np.ix_(known, known)], rcond=1e-10, hermitian=True)
        fill = inverse @ moments
        fill[:, known] = np.eye(len(moments))[:, known]
        return cls(fill, fill.T @ sums @ inverse, float(sums[0, 0]))

    @property
    def rest(self) -> Floats:
        """U: a row's blanks less what fills them."""
        return np.eye(len(self.fill)) - self.fill

    def left(self, moments: Floats) -> Floats:
        """The covariance of the blanks around what fills them."""
        found: Floats = self.rest.T @ moments @ self.rest
        return found


def passed_on(kinds: Sequence[Kind], wide: int) -> Floats:
    """dT/dθ summed over the patterns, both packed as :func:`moments.products` packs: (width, width). ``wide``: columns and the one."""
    upper = np.triu_indices(wide)
    found = np.zeros((width(wide - 1), width(wide - 1)))
    for first in range(0, len(kinds), BATCH):
        some = kinds[first : first + BATCH]
        rest = np.array([kind.rest.T for kind in some])
        lean = np.array([kind.lean for kind in some])
        both = lean + rest * np.array([kind.size for kind in some])[:, None, None]
        at = 0
        for row in range(wide):
            # dθ is symmetric: a direction off the diagonal moves two of its places at once.
            moved = np.tensordot(both[:, :, row], rest[:, :, row:], (0, 0))
            moved += np.tensordot(rest[:, :, row], lean[:, :, row:], (0, 0))
            moved = moved + np.swapaxes(moved, 0, 1)
            moved[:, :, 0] /= 2
            found[:, at : at + wide - row] += moved[upper]
            at += wide - row
    return found
