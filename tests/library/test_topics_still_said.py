"""A kept phrase stays only while somebody still says it, and as it is still said."""

from __future__ import annotations

from typing import Any

from kapula.text.stems import words
from kapula.text.topics.phrases import still_said


def kept(*texts: str) -> list[dict[str, Any]]:
    return [
        {"text": text, "stems": [word.stem.main for word in words(text)], "z": 3.0, "n": 2, "outside": 0}
        for text in texts
    ]


def test_what_nobody_says_any_more_goes() -> None:
    phrases = kept("portti", "zorbanautti")
    assert still_said(phrases, [("Ei toimi", "fi"), ("Portti jumittui", "fi")]) == phrases[:1]
    assert still_said(phrases, []) == []


def test_a_form_that_only_the_gone_wrote_goes() -> None:
    told = still_said(kept("portilla"), [("Portti jumittui", "fi"), ("Portin vieressä", "fi")])
    assert told == [{**kept("portilla")[0], "text": "portti"}]


def test_words_that_are_said_apart_are_no_phrase() -> None:
    assert still_said(kept("portti jumittui"), [("Portti. Jumittui taas", "fi")]) == []
    assert still_said(kept("portti jumittui"), [("Se portti jumittui taas", "fi")]) == kept("portti jumittui")


def test_no_more_is_read_than_is_needed() -> None:
    def said() -> Any:
        yield "Portti jumittui", "fi"
        raise AssertionError("read on")

    assert still_said(kept("portti"), said()) == kept("portti")
