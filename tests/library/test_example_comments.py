"""The example organisation's comments: enough of every kind, in the declared codes, each its own, nobody's real data.

The floors are the ones the comments were ordered by: volume by language, every touchpoint in every mood, and the
shape of real open answers (many one-word answers, some long stories).
"""

from __future__ import annotations

import re
import statistics
from collections import Counter
from importlib import resources
from itertools import product

import numpy as np
import pytest
from scipy import sparse

from kapula.example.comments import COLUMNS, LANGUAGES, SEGMENTS, THEMES, TOUCHPOINTS, ExampleComment, _read, load

MOODS = (-2, -1, 0, 1, 2)
LEAST = {"fi": 1200, "sv": 180, "en": 180}
NEAR_DUPLICATE = 0.8
"""Jaccard similarity of two comments' word sets from which one is a light variation of the other."""

PERSONAL_DATA = {
    "personal identity code": re.compile(r"\b\d{6}[-+A-FU-Y]\d{3}[0-9A-Y]\b"),
    "phone number": re.compile(r"(?<![\d,.])(?:\+\d{2,3}|0)[ -]?\d(?:[ -]?\d){6,}"),
    "e-mail address": re.compile(r"[\w.+-]+@[\w-]+\.\w+"),
    "IBAN": re.compile(r"\bFI\d{2}(?: ?\d{4}){3}"),
    "business id": re.compile(r"\b\d{7}-\d\b"),
    "web address": re.compile(r"https?://|www\."),
}


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


@pytest.fixture(scope="module")
def comments() -> tuple[ExampleComment, ...]:
    return load()


def test_there_are_enough_comments_in_every_language(comments: tuple[ExampleComment, ...]) -> None:
    counts = Counter(comment.language for comment in comments)
    assert set(counts) == set(LANGUAGES)
    assert sum(counts.values()) >= 1600
    assert all(counts[language] >= least for language, least in LEAST.items()), counts


def test_finnish_has_several_comments_for_every_touchpoint_and_mood(comments: tuple[ExampleComment, ...]) -> None:
    counts = Counter((comment.touchpoint, comment.mood) for comment in comments if comment.language == "fi")
    thin = {(place, mood) for place in TOUCHPOINTS for mood in MOODS if counts[place, mood] < 8}
    assert not thin


def test_swedish_and_english_have_every_mood_at_every_touchpoint(comments: tuple[ExampleComment, ...]) -> None:
    found = {(comment.language, comment.touchpoint, comment.mood) for comment in comments}
    assert set(product(("sv", "en"), TOUCHPOINTS, MOODS)) <= found


def test_every_theme_is_spoken_of_in_praise_and_in_blame(comments: tuple[ExampleComment, ...]) -> None:
    praised = Counter(theme for comment in comments if comment.mood > 0 for theme in comment.themes)
    blamed = Counter(theme for comment in comments if comment.mood < 0 for theme in comment.themes)
    assert all(praised[theme] >= 8 and blamed[theme] >= 8 for theme in THEMES), (praised, blamed)


def test_phone_speaks_of_waiting_more_than_any_other_touchpoint(comments: tuple[ExampleComment, ...]) -> None:
    waiting = Counter(comment.touchpoint for comment in comments if "waiting_time" in comment.themes)
    assert waiting.most_common(1)[0][0] == "phone"
    assert waiting["phone"] >= 60


def test_codes_are_the_declared_ones(comments: tuple[ExampleComment, ...]) -> None:
    for comment in comments:
        assert comment.language in LANGUAGES, comment
        assert comment.touchpoint in TOUCHPOINTS, comment
        assert comment.mood in MOODS, comment
        assert set(comment.themes) <= set(THEMES), comment
        assert len(set(comment.themes)) == len(comment.themes), comment
        assert comment.segment in SEGMENTS, comment


def test_only_the_staff_touchpoint_is_written_by_staff(comments: tuple[ExampleComment, ...]) -> None:
    assert all((comment.segment == "staff") == (comment.touchpoint == "staff") for comment in comments)


def test_lengths_are_those_of_real_open_answers(comments: tuple[ExampleComment, ...]) -> None:
    lengths = [len(comment.text.split()) for comment in comments]
    assert 8 <= statistics.median(lengths) <= 20
    assert sum(length <= 3 for length in lengths) >= 0.08 * len(lengths)
    assert sum(length > 40 for length in lengths) >= 0.05 * len(lengths)


def test_no_text_stands_twice(comments: tuple[ExampleComment, ...]) -> None:
    counts = Counter(" ".join(comment.text.casefold().split()) for comment in comments)
    assert [text for text, count in counts.items() if count > 1] == []


def test_no_comment_is_a_light_variation_of_another(comments: tuple[ExampleComment, ...]) -> None:
    texts = [comment.text for comment in comments if len(words(comment.text)) >= 4]
    assert near_duplicates(texts) == []


def test_the_search_for_variations_finds_one() -> None:
    original = "Jonotin puoli tuntia ja sitten linja katkesi taas"
    assert near_duplicates([original, f"{original}!!", "Lasku oli kerrankin selvä"]) == [(original, f"{original}!!")]


def test_no_comment_holds_personal_data(comments: tuple[ExampleComment, ...]) -> None:
    found = [(kind, c.text) for c in comments for kind, pattern in PERSONAL_DATA.items() if pattern.search(c.text)]
    assert found == []


def test_texts_are_clean_cells(comments: tuple[ExampleComment, ...]) -> None:
    for comment in comments:
        assert comment.text, comment
        assert comment.text == comment.text.strip(), comment
        assert not set(comment.text) & set(";\t\r\n\ufffd"), comment


def test_the_files_travel_with_the_package_and_stay_short() -> None:
    files = [file for file in resources.files("kapula.example.comments").iterdir() if file.name.endswith(".tsv")]
    lines = {file.name: len(file.read_text(encoding="utf-8").splitlines()) for file in files}
    assert 15 <= len(lines) <= 20
    assert max(lines.values()) <= 500
    assert sum(lines.values()) - len(lines) == len(load())


def test_a_broken_sheet_is_named_with_its_line() -> None:
    header = "\t".join(COLUMNS)
    with pytest.raises(ValueError, match="the header must be"):
        _read("fi_phone.tsv", "language\ttext\nfi\thei\n")
    with pytest.raises(ValueError, match=r"fi_phone\.tsv, line 3: 5 columns instead of 6"):
        _read("fi_phone.tsv", f"{header}\nfi\tphone\t0\tnone\thome\thei\nfi\tphone\t0\tnone\thei\n")


def near_duplicates(texts: list[str]) -> list[tuple[str, str]]:
    """Pairs whose word sets are too alike; the overlaps of all pairs come from one sparse product."""
    sets = [sorted(set(words(text))) for text in texts]
    codes = {word: code for code, word in enumerate(sorted({word for one in sets for word in one}))}
    indices = np.array([codes[word] for one in sets for word in one])
    sizes = np.array([len(one) for one in sets])
    table = sparse.csr_matrix((np.ones(len(indices)), indices, np.concatenate([[0], np.cumsum(sizes)])))
    overlap = sparse.triu(table @ table.T, k=1).tocoo()
    jaccard = overlap.data / (sizes[overlap.row] + sizes[overlap.col] - overlap.data)
    alike = jaccard >= NEAR_DUPLICATE
    return [(texts[i], texts[j]) for i, j in zip(overlap.row[alike], overlap.col[alike], strict=True)]
