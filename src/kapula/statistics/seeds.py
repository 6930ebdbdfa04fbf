"""The number that random draws start from, checked in one place."""

from __future__ import annotations

from typing import Any

import numpy as np

from kapula.errors import ParameterError


def require_seed(seed: Any) -> int:
    """The seed as a whole number, zero or more: NumPy knows no other. Raises :class:`~kapula.errors.ParameterError` before any data is
    read."""
    if isinstance(seed, bool) or not isinstance(seed, int | np.integer) or seed < 0:
        raise ParameterError(
            f"The seed {seed!r} cannot be used.",
            hint="Give a whole number, zero or more.",
            parameter="seed",
            value=seed if isinstance(seed, int | float | str) else str(seed),
        )
    return int(seed)
