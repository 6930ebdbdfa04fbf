"""Quotes that represent a theme."""

from __future__ import annotations

import numpy as np
from topic_worlds import TOPICS, comments, vectors

from kapula.text.corpus import Personal
from kapula.text.quotes import LONGEST, represent


def texts_of(*topics, each=30):
    return comments(1, each, {name: TOPICS[name] for name in topics})[0]


def test_quotes_are_central_and_not_the_longest():
    texts = [
        *texts_of("parking"),
        "Sähköpostiin vastattiin vasta kolmannella viikolla ja silloinkin väärään kysymykseen",
    ]
    texts.append("Pysäköinti ja parkkipaikka. " * 40)
    quotes = represent(texts, vectors(texts), 3)
    assert len(quotes) == 3
    assert not {30, 31} & {quote.place for quote in quotes}


def test_quotes_differ_from_each_other():
    same = "Pysäköintihallin portti ei auennut eilen illalla"
    texts = [same] * 10 + [f"{same}!" for _ in range(5)] + texts_of("parking", each=20)
    quotes = represent(texts, vectors(texts), 3)
    found = vectors([quote.text for quote in quotes])
    assert (found @ found.T - np.eye(3)).max() < 0.97


def test_a_slip_of_the_keys_or_a_greeting_makes_no_new_quote():
    said = "sähkö on sähköä, samasta töpselistä tulee"
    texts = [
        said,
        "Sähkö on sähköä, samasta töpslistä tulee",
        f"{said}. Kiitoksia kaikesta ja oikein hyvää kevättä!",
        f"Moi, {said}",
    ]
    assert len(represent(texts, vectors(texts), 3)) == 1


def test_a_word_and_a_page_are_passed_over():
    readable = texts_of("coffee", each=8)
    texts = ["kahvi", "Kahvi ei.", *readable]
    assert all(quote.place > 1 for quote in represent(texts, vectors(texts), 3))


def test_personal_data_is_avoided_and_else_masked():
    texts = ["Soittakaa minulle kahvista numeroon 040 555 0199 vielä tänään", *texts_of("coffee", each=10)]
    quotes = represent(texts, vectors(texts), 3)
    assert all(quote.place != 0 for quote in quotes)
    (only,) = represent(texts[:1], vectors(texts[:1]), 3)
    assert only.masked
    assert "0199" not in only.text


def test_personal_data_that_is_known_already_is_not_sought_again():
    texts = ["Kahvia tarjosi Aada Esimerkki eilen aamulla"]
    (quote,) = represent(texts, vectors(texts), personal=[[Personal("name", 15, 29)]])
    assert quote.masked
    assert "Aada" not in quote.text


def test_a_long_comment_is_cut_at_a_sentence():
    text = " ".join(f"Kahviautomaatti oli rikki taas kerran numero {number}." for number in range(30))
    (quote,) = represent([text], vectors([text]))
    assert quote.cut
    assert len(quote.text) <= LONGEST + 2
    assert quote.text.endswith(". …")


def test_the_order_of_comments_does_not_choose():
    texts = texts_of("chairs", "music")
    turned = texts[::-1]
    first, second = (represent(one, vectors(one), 4) for one in (texts, turned))
    assert [quote.text for quote in first] == [quote.text for quote in second]


def test_nothing_gives_nothing():
    assert represent([], np.zeros((0, 384), dtype=np.float32)) == ()
    assert represent(["", "  "], np.zeros((2, 384), dtype=np.float32)) == ()
    assert represent(["Hei vain kaikille siellä"], np.zeros((1, 384), dtype=np.float32), 0) == ()
