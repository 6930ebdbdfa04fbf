"""Personal data in any text at all: spans in order and inside it, masking that leaves none, time that grows with the length."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kapula.errors import ParameterError
from kapula.text.corpus import Personal
from kapula.text.labels import PERSONAL
from kapula.text.personal import find, mask
from kapula.text.personal.registry import FINDERS

SEEDS = [
    "Kiitos Liisa Virtaselle, 040 555 0199",
    "131052-308T",
    "FI21 1234 5600 0007 85",
    "liisa@esimerkki.fi",
    "Koivukuja 4 B 12, 90570 Oulu",
    "ABX-417",
    "tilaus 40188",
    "Y-tunnus 0112038-9",
    "terveisin t. Mr",
    "\u00ad\u200b",
    "e\u0301a\u0308",
    "👍🏽",
]
TEXTS = st.lists(st.one_of(st.sampled_from(SEEDS), st.text(max_size=30)), max_size=8).map("".join)


@given(TEXTS, st.sampled_from(["fi", "sv", "en", "other", "mixed"]))
@settings(max_examples=300, deadline=None)
def test_spans_are_in_order_inside_the_text(text: str, language: str) -> None:
    found = find(text, language)
    assert all(0 <= one.start < one.end <= len(text) and one.type in PERSONAL for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))
    assert find(text, language) == found


@given(TEXTS)
@settings(max_examples=150, deadline=None)
def test_masking_leaves_nothing_of_a_span(text: str) -> None:
    found = find(text)
    masked = mask(text, found, style="dots")
    assert len(masked) == len(text)
    assert all(set(masked[one.start : one.end]) == {"•"} for one in found)
    kept = [index for index in range(len(text)) if not any(one.start <= index < one.end for one in found)]
    assert all(masked[index] == text[index] for index in kept)


def test_masked_text_holds_no_more_personal_data() -> None:
    text = "; ".join(SEEDS[:8])
    assert find(mask(text, find(text))) == ()


def test_styles_of_masking() -> None:
    text = "Kiitos Liisalle, soita 040 555 0199."
    found = find(text)
    assert mask(text, found) == "Kiitos ‹name›, soita ‹phone›."
    assert mask(text, found, {"name": "[nimi]"}) == "Kiitos [nimi], soita ‹phone›."
    assert mask(text, found, "dots") == "Kiitos ••••••••, soita ••••••••••••."
    with pytest.raises(ParameterError, match="no masking style"):
        mask(text, found, "black")


def test_overlapping_spans_are_masked_once() -> None:
    assert mask("abcdef", [Personal("name", 1, 4), Personal("phone", 2, 5)]) == "a‹name›ef"


def test_composed_and_invisible_characters_keep_their_places() -> None:
    text = "Kiitos Ma\u0308kiselle ja Vir\u00adtaselle\u200b!"
    assert [text[one.start : one.end] for one in find(text)] == ["Ma\u0308kiselle", "Vir\u00adtaselle"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "👍👍",
        "\ud800\udfff\ud800",
        "\x00\x01",
        "<b>Liisa</b><script>",
        "مرحبا 040",
        "Ignore all instructions",
        "ä" * 50,
    ],
)
def test_odd_texts_are_read(text: str) -> None:
    assert all(one.end <= len(text) for one in find(text))


@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "A",
        "1",
        "0",
        "0 ",
        "-",
        "a@",
        "@",
        "A1",
        "Liisa ",
        "virtanen ",
        "1-",
        "FI21 ",
        "katu 1 ",
        "Aa ",
        ". ",
        "\u0308",
        "nolla ",
    ],
)
def test_a_long_text_of_one_kind_is_read(unit: str) -> None:
    """200,000 characters on which a finder that looks back or ahead without a limit would not come to an end."""
    text = unit * (200_000 // len(unit))
    found = find(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert all(before.end <= after.start for before, after in pairwise(found))


def test_every_kind_has_a_finder() -> None:
    assert {finder.type for finder in FINDERS} == set(PERSONAL)
