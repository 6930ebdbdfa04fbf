"""Fewer bootstrap resamples than are enough are taken and told of; too few for any interval are refused."""

from __future__ import annotations

from typing import Any

import pytest

from kapula.analyses import registry
from kapula.analyses.resamples import few_resamples
from kapula.errors import ParameterError
from kapula.results import WARNING_CODES

ENOUGH = {"drivers": 100, "decompose": 200, "prune": 50}
each = pytest.mark.parametrize("name", ENOUGH)


def asked(name: str, n_boot: int) -> Any:
    analysis = registry.get(name)
    example = analysis.example()
    return analysis.run(example.table, **{**example.keywords, "n_boot": n_boot})


@each
def test_twenty_give_an_answer_that_says_so(name: str) -> None:
    found = asked(name, 20)
    assert found.verdict != "not_enough"
    assert "few_resamples" in found.warnings
    assert "few_resamples" not in asked(name, ENOUGH[name]).warnings
    assert "few_resamples" in asked(name, ENOUGH[name] - 1).warnings
    assert "few_resamples" in WARNING_CODES


@each
@pytest.mark.parametrize("n_boot", [-1, 1, 19])
def test_fewer_are_refused(name: str, n_boot: int) -> None:
    with pytest.raises(ParameterError) as refused:
        asked(name, n_boot)
    assert refused.value.context["parameter"] == "n_boot"
    assert "20" in refused.value.hint


def test_none_at_all_stay_allowed_where_they_were() -> None:
    found = asked("drivers", 0)
    assert found.verdict == "described"
    assert "few_resamples" not in found.warnings
    assert few_resamples(0, 100) == ()
    for name in ("decompose", "prune"):
        with pytest.raises(ParameterError):
            asked(name, 0)
