"""What is known of the accounts: what their contacts said last and before, and what stands beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Heard:
    """One entry a contact: ``account`` and ``role`` codes (role −1 where blank), the score and the day (ordinal, −1 without time).
    ``contact``: codes that are the same for one contact in both windows; None: nobody is known to be heard twice."""

    account: NDArray[np.int64]
    role: NDArray[np.int64]
    score: NDArray[np.float64]
    day: NDArray[np.int64]
    stage: tuple[Any, ...]
    contact: NDArray[np.int64] | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """``now`` and ``before``: the latest answers within the window that ends on ``as_of``, and within the one before it. ``facts``:
    account
    → revenue, renewal, since. ``known``: account → contacts there are, None when no list of them was given."""

    names: tuple[Any, ...]
    roles: tuple[Any, ...]
    now: Heard
    before: Heard
    as_of: date | None
    facts: Mapping[Any, Mapping[str, Any]]
    known: Mapping[Any, int] | None
    set_aside: Mapping[str, int]
    warnings: tuple[str, ...] = ()
