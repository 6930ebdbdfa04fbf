"""Any string can be read, and every position still means the same place in the original."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kapula.text import prepare, spans

STRANGE = ["", " \n\t ", "…", "😀👍", "\ud83d", "a\x00b", "<b>Hyvä</b>", "1 < 2 > 0", "\u202eמצוין שירות", "�" * 9]


@pytest.mark.parametrize("text", STRANGE)
def test_the_length_stays(text):
    assert len(prepare.readable(text)) == len(text)


@given(st.text(st.characters(codec=None), max_size=400))
def test_the_length_stays_whatever_the_text(text):
    clean = prepare.readable(text)
    assert len(clean) == len(text)
    clean.encode("utf-8")


def test_tags_go_and_words_stay():
    assert prepare.readable("<p>Hyvä <b>palvelu</b></p>").split() == ["Hyvä", "palvelu"]


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('"Hyvä palvelu"', "Hyvä palvelu"),
        (" ”Hyvä palvelu” ", "Hyvä palvelu"),
        ("'Hyvä palvelu'", "Hyvä palvelu"),
        ("«Hyvä palvelu»", "Hyvä palvelu"),
        ("**Hyvä** palvelu", "Hyvä palvelu"),
        ("__Hyvä__ _palvelu_", "Hyvä palvelu"),
        ("# Hyvä\n- palvelu\n> nopea", "Hyvä palvelu nopea"),
        ("Huono palvelu. Huono palvelu! HUONO PALVELU", "Huono palvelu."),
        ("Huono.\nHuono.\nHidas.", "Huono. Hidas."),
    ],
)
def test_what_changes_nothing_of_what_is_said_is_blank(text, left):
    assert prepare.readable(text).split() == left.split()


@pytest.mark.parametrize(
    "text",
    [
        'Todella "hyvä" palvelu',
        '"Hyvä" palvelu ja "nopea"',
        "k_nimi_1 ei toimi",
        "Hyvä - ei huono",
        "Hyvä. Ei hyvä.",
        "No. No niin.",
    ],
)
def test_what_may_change_what_is_said_stays(text):
    """Quotes around a word are often irony, and a sentence of other words is another sentence."""
    assert prepare.readable(text) == text


@pytest.mark.parametrize(
    ("text", "wordless"), [("", True), ("?!… -", True), ("ok", False), ("😀", False), ("5", False)]
)
def test_an_emoji_speaks_and_a_dash_does_not(text, wordless):
    assert prepare.is_wordless(text) is wordless


@given(st.text("ab .!\n", max_size=5000))
def test_parts_follow_each_other_and_lose_nothing(text):
    parts = list(prepare.parts(text))
    assert "".join(part for _, part in parts) == text
    assert all(text[start : start + len(part)] == part and len(part) <= prepare.PIECE for start, part in parts)


def test_a_megabyte_is_read_in_a_stated_number_of_parts():
    parts = list(prepare.parts("palvelu oli hyvää. " * 60_000))
    assert len(parts) == prepare.PARTS


def test_clauses_end_at_marks_and_where_the_mind_turns():
    text = "Jonotin tunnin, mutta asia hoitui. Kiitos!"
    assert [text[start:end] for start, end in spans.clauses(text)] == ["Jonotin tunnin", "mutta asia hoitui", "Kiitos"]


@given(st.text(max_size=200))
def test_clauses_lie_in_the_text_in_order(text):
    told = spans.clauses(text)
    assert told
    assert all(0 <= start <= end <= len(text) for start, end in told)
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(told))


def test_evidence_is_whole_words_where_pieces_show_it():
    text = "Jonotin tunnin mutta hyvä"
    offsets = [(0, 0), (0, 4), (4, 7), (8, 14), (15, 20), (21, 25), (25, 25)]
    shown = [0, 0.9, 0.2, 0.7, 0.0, 0.1, 0]
    (start, end), *others = spans.evidence(text, offsets, shown)
    assert text[start:end] == "Jonotin tunnin"
    assert others == []


def test_evidence_falls_back_on_the_clause_that_shows_it_best():
    text = "Kallis, mutta nopea"
    offsets = [(0, 6), (6, 7), (8, 13), (14, 19)]
    assert spans.evidence(text, offsets, [0.3, 0, 0, 0.1]) == ((0, 6),)
