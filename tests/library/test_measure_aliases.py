"""The plain names people type for a question stand for its usual measure, and the answer says which that is."""

from __future__ import annotations

from typing import Any

import pytest

import kapula
from kapula.errors import ParameterError, UnknownMeasureError
from kapula.measures import aliases, declare, get, names, register
from kapula.measures.registry import alias

ANSWERS = {"score": [5, 4, 4, 2, 1, 3, 5, 5], "team": ["a", "b"] * 4, "wave": [1, 1, 1, 1, 2, 2, 2, 2]}


@pytest.mark.parametrize(("plain", "usual"), [("csat", "csat_top_box"), ("ces", "ces7")])
def test_a_plain_name_is_the_usual_measure(plain: str, usual: str) -> None:
    found = kapula.measure(ANSWERS, plain, column="score", by="team")
    assert found.measure == usual
    assert found.to_dict() == kapula.measure(ANSWERS, usual, column="score", by="team").to_dict()


@pytest.mark.parametrize(
    "ask",
    [
        lambda name: kapula.compare(ANSWERS, name, (1, 2), on="wave", column="score", by="team"),
        lambda name: kapula.decompose(ANSWERS, name, segment="team", period="wave", column="score", n_boot=100),
    ],
)
def test_it_is_wherever_a_measure_is_named(ask: Any) -> None:
    assert ask("csat").to_dict() == ask("csat_top_box").to_dict()


def test_there_is_one_list_of_them_and_measures_keep_their_names() -> None:
    assert aliases() == {"ces": "ces7", "csat": "csat_top_box"}
    assert not set(aliases()) & set(names())
    assert get("csat").scale == get("csat_top_box").scale


def test_a_slip_of_the_keys_is_told_the_plain_name() -> None:
    with pytest.raises(UnknownMeasureError, match="Did you mean 'csat'"):
        get("cast")


def test_no_name_stands_for_two_things() -> None:
    with pytest.raises(ParameterError, match="already a measure 'csat'"):
        register(declare(name="csat", family="mean"))
    with pytest.raises(ParameterError, match="already a measure 'nps'"):
        alias("nps", get("mean"))
    with pytest.raises(ParameterError, match="already a measure 'csat'"):
        alias("csat", get("csat_mean"))
    alias("csat", get("csat_top_box"))
    assert aliases()["csat"] == "csat_top_box"
