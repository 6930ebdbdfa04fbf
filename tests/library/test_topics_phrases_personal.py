"""No phrase of a theme is, or is part of, anyone's personal data, however its words are joined and wherever it was said."""

from __future__ import annotations

import pytest

from kapula.text.topics.phrases import Phrases

OTHERS = [f"Paketti numero {place} saapui ajoissa ja oli ehjä" for place in range(30)]
TRADES = ("Myyjä", "Asentaja", "Kampaaja", "Hoitaja", "Tarjoilija", "Neuvoja")
DEEDS = ("hymyili leveästi", "neuvoi reitin", "jaksoi kuunnella", "etsi koon", "soitti perään", "hoiti palautuksen")


def told(texts: list[str], language: str = "fi") -> set[str]:
    """Every word of the phrases that tell ``texts`` from the others."""
    every = [*texts, *OTHERS]
    phrases = Phrases(every, [language] * len(every)).telling(range(len(texts)))
    return {word for phrase in phrases for word in phrase.text.split()}


@pytest.mark.parametrize("joined", [" ", "-", "\t", "\u00a0", "  "])
def test_a_name_of_several_words_however_it_is_joined(joined: str):
    texts = [f"Asiakaspalvelija Anna{joined}Maija{joined}Virtanen oli paikalla {number}" for number in "abcdef"]
    assert told(texts).isdisjoint({"anna", "maija", "virtanen"})


def test_a_name_whose_letters_are_also_inside_an_earlier_word():
    """ "Anna" stands in "kannattaa" too, which is no name."""
    texts = [f"Täällä kannattaa käydä. {who} Anna {deed}" for who, deed in zip(TRADES, DEEDS, strict=True)]
    words = told(texts)
    assert "anna" not in words
    assert "kannattaa" in words


def test_a_word_that_is_a_name_in_one_of_the_texts_only():
    things = [
        f"{whose} lahja {fate}"
        for whose, fate in zip(
            ("Isän", "Äidin", "Veljen", "Siskon", "Lapsen", "Ystävän"),
            ("löytyi", "katosi", "särkyi", "viipyi", "kastui", "myytiin"),
            strict=True,
        )
    ]
    assert "lahja" in told(things)
    assert "lahja" not in told([*things, "Myyjä Lahja Virtanen hymyili leveästi"])


def test_a_part_of_an_address():
    texts = [f"Asun Koivukuja 4 B 12 talossa ja {deed}" for deed in DEEDS]
    assert "koivukuja" not in told(texts)
