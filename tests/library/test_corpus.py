"""The written comments: every label is one there is, every quote stands in its text, and the hard ones are many."""

from __future__ import annotations

from collections import Counter

import pytest
from stdnum.fi import hetu, ytunnus
from stdnum.iban import is_valid as is_iban

from kapula.text import labels
from kapula.text.corpus import batches, load, raw

KEYS = {
    "text", "language", "sentiment", "intensity", "emotion", "dimensions", "themes", "resolved", "churn_risk", "urgent", "suggestion",
    "empathy", "pii", "domain", "kinds", "perhaps",
}  # fmt: skip
KINDS = {
    "litotes", "irony", "negation", "mixed", "typos", "dialect", "colloquial", "terse", "long", "emoji", "caps", "no_punctuation",
    "codeswitch", "question", "suggestion_only", "off_topic", "compound_words", "contrast",
}  # fmt: skip
HARD = {"litotes", "irony", "negation", "mixed"}


@pytest.mark.parametrize("batch", batches())
def test_every_line_is_labelled_by_the_guide(batch):
    for line in raw(batch):
        text = line["text"]
        assert set(line) <= KEYS, text
        assert line.get("language", "fi") in labels.LANGUAGES, text
        assert line["sentiment"] in labels.SENTIMENTS, text
        assert line["intensity"] in labels.INTENSITIES, text
        assert line["emotion"] in labels.EMOTIONS, text
        assert set(line.get("dimensions", ())) <= set(labels.DIMENSIONS), text
        assert line.get("empathy") in labels.EMPATHY, text
        assert set(line.get("kinds", ())) <= KINDS, text
        for theme in line.get("themes", ()):
            assert theme["code"] in labels.THEMES, text
            assert theme["sentiment"] in labels.SENTIMENTS, text
            assert theme["quotes"], text
            assert all(quote and quote in text for quote in theme["quotes"]), text
        assert set(line.get("perhaps", ())) <= set(labels.THEMES) - {
            theme["code"] for theme in line.get("themes", ())
        }, text
        for one in line.get("pii", ()):
            assert one["type"] in labels.PERSONAL, text
            assert one["quote"] in text


def test_no_comment_is_there_twice():
    texts = Counter(comment.text.casefold() for comment in load())
    assert [text for text, times in texts.items() if times > 1] == []


def test_a_language_or_some_authors_can_be_asked_for():
    found = load("sv", authors=("k", "f"))
    assert {comment.language for comment in found} == {"sv"}
    assert {comment.batch[0] for comment in found} == {"k", "f"}


def test_personal_data_looks_right():
    checks = {
        "hetu": lambda text: hetu.is_valid(text, allow_temporary=True),
        "business_id": ytunnus.is_valid,
        "iban": is_iban,
    }
    found = [(one.type, comment.text[one.start : one.end]) for comment in load() for one in comment.personal]
    assert {kind for kind, _ in found} == set(labels.PERSONAL)
    assert [text for kind, text in found if kind in checks and not checks[kind](text)] == []


def test_the_hard_ones_are_many_and_every_label_has_its_examples():
    comments = load("fi")
    assert sum(bool(HARD & set(comment.kinds)) for comment in comments) >= 0.35 * len(comments)
    assert {comment.emotion for comment in comments} == set(labels.EMOTIONS)
    assert {theme.code for comment in comments for theme in comment.themes} == set(labels.THEMES)
    shares = Counter(comment.sentiment for comment in comments)
    assert all(shares[one] >= 0.05 * len(comments) for one in labels.SENTIMENTS)
