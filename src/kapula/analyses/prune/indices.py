"""What :func:`kapula.prune` tells of careless answering: each index, and how many are flagged by several."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Index:
    """``name``: one of ``CUTS``. ``cut``: in the index's own unit (answers in a row, standard deviation, seconds a question, squared
    distance). ``flagged``: how many of those it could be told of (``n``)."""

    name: str
    cut: float
    flagged: int
    n: int

    def to_dict(self) -> dict[str, Any]:
        share = self.flagged / self.n if self.n else None
        return {"name": self.name, "cut": self.cut, "flagged": self.flagged, "n": self.n, "share": share}


@dataclass(frozen=True, slots=True)
class Careless:
    """``flagged``: respondents that at least ``agree`` of the indices flag; ``n``: all."""

    n: int
    flagged: int
    agree: int
    indices: tuple[Index, ...]

    def to_dict(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "flagged": self.flagged,
            "share": self.flagged / self.n if self.n else None,
            "agree": self.agree,
            "indices": [index.to_dict() for index in self.indices],
        }
