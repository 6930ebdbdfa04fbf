"""How much of the personal data in comments and in news is found, and how much of what is found is personal data.

Comments: every batch of ``kapula.text.corpus``. An entity counts as found when all of its letters and digits are inside spans, and one of
them says its kind; a span is right when it touches an entity of its kind, or repeats a word of one (quotes are labelled once).
News: the Turku NER corpus (../shared/data/turku_ner/SOURCE.txt), PER only; its people are mostly foreign, or known by a surname alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from kapula.text.corpus import Comment, Personal, load
from kapula.text.personal import find
from kapula.text.personal.names.finder import find as find_names

RECALL = {"fi": 0.95, "sv": 0.95, "en": 0.9}  # English: few labels, 36 of 38 found when this was written
PRECISION = 0.9
NEWS_RECALL, NEWS_PRECISION = 0.45, 0.75

Counts = dict[str, list[int]]


@cache
def _counted() -> dict[str, Counts]:
    """Language → found and labelled entities, right and given spans."""
    counted: dict[str, Counts] = {}
    for comment in load():
        found = find(comment.text, comment.language)
        counts = counted.setdefault(comment.language, {"found": [0, 0], "right": [0, 0]})
        for one in comment.personal:
            counts["found"][0] += _is_found(comment.text, one, found)
            counts["found"][1] += 1
        for one in found:
            counts["right"][0] += _is_right(comment, one)
            counts["right"][1] += 1
    return counted


def _is_found(text: str, one: Personal, found: tuple[Personal, ...]) -> bool:
    covered = all(
        any(span.start <= index < span.end for span in found)
        for index in range(one.start, one.end)
        if text[index].isalnum()
    )
    return covered and any(span.type == one.type and span.start < one.end and one.start < span.end for span in found)


def _is_right(comment: Comment, span: Personal) -> bool:
    same = [one for one in comment.personal if one.type == span.type]
    if any(span.start < one.end and one.start < span.end for one in same):
        return True
    words = _beginnings(comment.text[span.start : span.end])
    return any(words & _beginnings(comment.text[one.start : one.end]) for one in same)


def _beginnings(text: str) -> set[str]:
    return {word[:3].lower() for word in text.split()}


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_personal_data_in_comments(language: str) -> None:
    counts = _counted()[language]
    found, labelled = counts["found"]
    right, given = counts["right"]
    assert found / labelled >= RECALL[language], f"{found} of {labelled} found"
    assert right / given >= PRECISION, f"{right} of {given} right"


def test_names_in_news(shared: Path) -> None:
    found = labelled = right = given = 0
    for text, people in _sentences(shared / "data" / "turku_ner" / "dev.tsv"):
        spans = list(find_names(text, "fi", with_voikko=False))
        labelled += len(people)
        given += len(spans)
        found += sum(
            all(any(a <= index < b for a, b in spans) for index in range(*one) if text[index].isalnum())
            for one in people
        )
        right += sum(any(a < end and start < b for start, end in people) for a, b in spans)
    assert labelled == 298
    assert found / labelled >= NEWS_RECALL, f"{found} of {labelled} found"
    assert right / given >= NEWS_PRECISION, f"{right} of {given} right"


def _sentences(path: Path) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        text, people = "", []
        for line in block.splitlines():
            word, tag = line.split("\t")
            text += " " if text and word not in ".,!?:;)]" else ""
            if tag == "B-PER":
                people.append((len(text), len(text) + len(word)))
            elif tag == "I-PER" and people:
                people[-1] = (people[-1][0], len(text) + len(word))
            text += word
        yield text, people
