"""How many bootstrap resamples an interval needs, and what is said of fewer."""

from __future__ import annotations

from typing import Final

LEAST_RESAMPLES: Final = 20
"""Of fewer, each is more than a twentieth of all, and a 95 % interval cannot be told from their ends."""
FEW_RESAMPLES: Final = "few_resamples"


def few_resamples(n_boot: int, enough: int) -> tuple[str, ...]:
    """The warning code when an interval rests on fewer resamples than are ``enough``; nothing when none were asked for."""
    return (FEW_RESAMPLES,) if 0 < n_boot < enough else ()
