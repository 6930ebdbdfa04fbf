"""``kapula.text.mixing``: comments in two languages, and those that only borrow a word."""

from __future__ import annotations

import pytest

from kapula import text
from kapula.text import corpus, labels, mixing, prepare
from kapula.text.models import grams

TWO = [
    "Henkilökunta oli todella mukavaa ja auttoi heti alussa, but the invoice was wrong and nobody ever answered my emails.",
    "Soitin teille eilen ja odotin yli tunnin linjoilla and then somebody just hung up on me without saying a word",  # no mark between
    "Hej och tack för en jättefin vistelse hos er i somras! Aamupala olisi saanut alkaa aikaisemmin.",
    "Remonttimiehet tulivat ajoissa ja siivosivat jälkensä hyvin. Спасибо большое за работу!",
    "Väga hea teenindus ja kiire vastus, kiitos paljon kaikille teille siellä myymälässä.",
]
ONE = [
    "Appi crashaa aina kun yritän maksaa, ja checkout on ihan random.",
    "Ostin Samsung Galaxy Watch Active -kellon ja se meni rikki viikossa.",
    'Hän sanoi "we will get back to you as soon as possible" eikä sitten kuulunut mitään.',
    "Asun osoitteessa Norra Skomakarbacken Strandgatan 5, eikä posti tule perille.",
    "Laittakaa vastaus osoitteeseen john.smith@the-example.com tai www.the-best-shop.com/contact/us",
    "Thanks to Matti Virtanen and Päivi Mäkeläinen at Kauppakeskus Itis Helsinki for the help",
    "Tuli kolme out of office -viestiä.",
    "sovellus on hidas. sovellus on HIDAS. S O V E L L U S",
    "Der Kundendienst war freundlich, aber leider viel zu langsam.",
    "Kaikki hyvin!",
    "",
]


@pytest.fixture(scope="module")
def told():
    return lambda texts: found(grams.load(), texts)


def found(shipped, texts):
    readable = [prepare.readable(one) for one in texts]
    logits = shipped.read(readable)["language"]
    return [mixing.is_mixed([one], [row]) for one, row in zip(readable, logits, strict=True)]


def test_a_clear_piece_in_each_of_two_languages_makes_a_comment_mixed(told):
    assert told(TWO) == [True] * len(TWO)


def test_borrowed_words_names_addresses_and_quotes_do_not(told):
    assert told(ONE) == [False] * len(ONE)


def test_most_lines_in_two_languages_that_nothing_learned_from_are_told(told):
    aside = [one.text for one in corpus.languages() if one.language == "mixed" and one.aside]
    assert sum(told(aside)) >= 0.85 * len(aside)


def test_at_most_one_in_a_thousand_ordinary_comments_is_called_mixed(told):
    """The test set and every eighth of the others."""
    every = [one for one in corpus.load() if one.language in labels.LANGUAGES[:3]]
    some = [one.text for i, one in enumerate(every) if one.author == "k" or i % 8 == 0]
    assert sum(told(some)) <= len(some) / 1000


def test_pieces_are_clauses_and_windows():
    found, clauses = mixing.words("Hyvä valikoima, trevlig personal! Kiitos Liisa (ja Matti) 040 123 – nähdään")
    assert found == ["Hyvä", "valikoima", "trevlig", "personal", "Kiitos", "ja", "nähdään"]
    assert [list(clauses).count(one) for one in dict.fromkeys(clauses)] == [2, 2, 1, 1, 1]


def test_the_borrowed_beginning_of_a_compound_and_spelled_out_letters_tell_no_language():
    assert mixing.words("Tuli kolme out of office -viestiä")[0] == ["Tuli", "kolme", "viestiä"]
    assert mixing.words("Todella h i d a s netti")[0] == ["Todella", "netti"]
    assert mixing.words("Office, -viestiä")[0] == ["Office", "viestiä"]  # of another clause


def test_the_parts_of_a_long_comment_are_looked_at_together(told):
    finnish, swedish = "Palvelu oli hyvää ja nopeaa myös puhelimessa.", "Leveransen var sen men personalen var vänlig."
    logits = grams.load().read([finnish, swedish])["language"]
    assert mixing.is_mixed([finnish, swedish], list(logits))
    assert not mixing.is_mixed([finnish, finnish], [logits[0], logits[0]])


def test_a_mixed_comment_abstains_only_where_most_of_it_is_in_other_letters():
    table = text.analyse(
        [TWO[0], "Всё было очень хорошо, спасибо вам большое за помощь и терпение, kiitos paljon kaikille myös"],
        tier="fast",
    )
    assert table["language"].to_pylist() == ["mixed", "mixed"]
    assert table["abstained"].to_pylist()[1]
