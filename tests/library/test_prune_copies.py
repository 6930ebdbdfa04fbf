"""A copy of a question goes, and the verdict says so."""

from __future__ import annotations

import numpy as np
import pytest

import kapula


@pytest.mark.parametrize("spare", ["copy", "mirror", "constant"])
def test_the_verdict_agrees_with_its_list(spare: str) -> None:
    draw = np.random.default_rng(5)
    a, b, c = (draw.integers(1, 6, 400).astype(float) for _ in range(3))
    more = {"copy": b, "mirror": 6 - b, "constant": np.full(400, 3.0)}[spare]
    data = {"a": a, "b": b, "c": c, "spare": more, "y": a + 0.9 * b + 0.8 * c + draw.normal(size=400)}
    result = kapula.prune(data, "y", ["a", "b", "c", "spare"], seed=1)
    assert (result.verdict, result.drop) == ("can_drop", ("spare",))
