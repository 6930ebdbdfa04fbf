"""What :func:`kapula.analyses.leading.granger` gives back: the test in both directions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from kapula.analyses.leading.paneltest import PanelTest
from kapula.analyses.leading.wald import Walds
from kapula.results import plain


@dataclass(frozen=True, slots=True)
class Direction:
    """``cause`` → ``effect``: each unit's ``f`` with ``spare`` second degrees of freedom and ``p``, and the test over all units."""

    cause: str
    effect: str
    units: tuple[Any, ...]
    tests: Walds
    panel: PanelTest | None

    def to_dict(self) -> dict[str, Any]:
        f, spare, p = self.tests.f, self.tests.spare, self.tests.p
        rows = [
            {"unit": unit, "f": plain(f[i]), "df": [self.tests.order, plain(spare[i])], "wald": plain(self.tests.wald[i]),
             "p": plain(p[i]) if np.isfinite(f[i]) else None}
            for i, unit in enumerate(self.units)
        ]  # fmt: skip
        whole = self.panel
        return {
            "cause": self.cause,
            "effect": self.effect,
            "units": rows,
            "panel": None if whole is None else {name: getattr(whole, name) for name in whole.__slots__},
        }


@dataclass(frozen=True, slots=True)
class GrangerResult:
    """``forward``: the candidate before the target; ``backward``: the target before the candidate."""

    order: int
    differenced: bool
    n: int
    forward: Direction
    backward: Direction

    def to_dict(self) -> dict[str, Any]:
        return {
            "order": self.order,
            "differenced": self.differenced,
            "n": self.n,
            "forward": self.forward.to_dict(),
            "backward": self.backward.to_dict(),
        }
