"""Every word of the interface stands in Finnish, Swedish and English, and the compiled catalogues are fresh."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext, ngettext

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "tools"))
import messages


def test_nothing_is_missing_left_over_or_stale() -> None:
    assert messages.problems() == []


def test_templates_and_code_are_both_read() -> None:
    found = {message.id for message in messages.extracted() if message.id}
    assert "Siirry sisältöön" in found  # kit/skeleton.html
    assert "ei selvää muutosta" in found  # kit/figures.py
    assert ("%(n)s piste", "%(n)s pistettä") in found
    assert "Hei," in found  # an e-mail


def test_no_word_to_translate_stands_inside_an_f_string() -> None:
    """The catalogues' reader sees an f-string as one piece: what is called inside would stay Finnish in every language."""
    assert list(inside("told = f\"{told} {gettext('Merkit')}\"")) == ["gettext"]
    found = {path.name: [*inside(path.read_text("utf-8"))] for path in messages.SOURCE.rglob("*.py")}
    assert {name: calls for name, calls in found.items() if calls} == {}


def inside(code: str) -> Iterator[str]:
    for text in (node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.JoinedStr)):
        for call in (node for node in ast.walk(text) if isinstance(node, ast.Call)):
            if isinstance(call.func, ast.Name) and call.func.id in messages.KEYWORDS:
                yield call.func.id


@pytest.mark.parametrize(
    ("language", "words"), [("fi", "Siirry sisältöön"), ("sv", "Gå till innehållet"), ("en", "Skip to content")]
)
def test_the_words_change_with_the_language(language: str, words: str) -> None:
    with translation.override(language):
        assert gettext("Siirry sisältöön") == words


@pytest.mark.parametrize(
    ("language", "one", "many"),
    [("fi", "1 piste", "6 pistettä"), ("sv", "1 poäng", "6 poäng"), ("en", "1 point", "6 points")],
)
def test_one_and_many(language: str, one: str, many: str) -> None:
    with translation.override(language):
        said = [ngettext("%(n)s piste", "%(n)s pistettä", n) % {"n": n} for n in (1, 6)]
    assert said == [one, many]


def test_a_missing_translation_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The check itself works: an empty folder has everything missing, and a wrong placeholder is a fault."""
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    assert any("extract has not been run" in problem for problem in messages.problems())
    catalog = messages._catalog("en")
    catalog.add("%(name)s tallennettiin.", "%(nimi)s was saved.")
    assert [
        "placeholders" in fault for message in messages._messages(catalog) for fault in messages._faults(message)
    ] == [True]
