"""``kapula.text.models.grams``: what groups of letters and words say beside the network."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest

from kapula.text import labels, prepare
from kapula.text.contract import TIERS
from kapula.text.models import grams, network

COMMENTS = [
    "Jonotin puhelimessa tunnin eikä kukaan vastannut.",
    "Väntetiden var alldeles för lång.",
    "👍👍",
    "10",
    "Ei hullumpi!",
]


@pytest.fixture(scope="module")
def shipped():
    return grams.load()


def places(text: str) -> set[int]:
    return set(grams.groups([text])[0].tolist())


def test_a_short_text_has_its_letters_words_and_pairs():
    found, rows = grams.groups(["ei ok"])
    # " ei " and " ok " have two groups of three and one of four each; two words and one pair
    assert len(found) == 2 * 3 + 2 + 1
    assert not rows.any()


def test_the_places_are_the_ones_the_weights_were_learned_for():
    """Another hash would make every weight somebody else's."""
    found, _ = grams.groups(["Hyvä palvelu, 10/10 😊"])
    assert len(found) == 54
    assert int(found.sum()) == 1607372


def test_a_typing_error_leaves_most_groups_of_a_long_word():
    right, wrong = places("asiakaspalvelijakin"), places("asiakaspalvleijakin")
    assert 0.4 < len(right & wrong) / len(right) < 0.9


@pytest.mark.parametrize(
    "other", ["HYVÄ  palvelu 24", unicodedata.normalize("NFD", "hyvä palvelu 13"), "hyvä palvelu 57\n"]
)
def test_capitals_spaces_figures_and_ways_to_write_a_sign_do_not_matter(other):
    assert places(other) == places("hyvä palvelu 12")


@pytest.mark.parametrize("text", ["", " ", "…", "\ud83d", "a", "a" * 5000])
def test_any_text_is_read(text, shipped):
    told = shipped.read([text])
    assert set(told) == set(shipped.columns)
    assert all(np.isfinite(said).all() for said in told.values())


def test_a_text_without_groups_gets_what_is_usual(shipped):
    told = shipped.read([""])
    assert np.array_equal(told["themes"][0], shipped.bias[shipped.columns["themes"]])


def test_neighbours_do_not_matter(shipped):
    together = shipped.read(COMMENTS)
    for row, text in enumerate(COMMENTS):
        alone = shipped.read([text])
        for name, said in together.items():
            assert np.array_equal(said[row], alone[name][0])


def test_it_knows_every_field_and_every_theme(shipped):
    fields = dict(network.settings("careful").fields)
    sizes = {name: where.stop - where.start for name, where in shipped.columns.items()}
    assert sizes == fields | {"themes": len(labels.THEMES)}


def test_it_tells_plain_comments_by_itself(shipped):
    told = shipped.read([prepare.readable(text) for text in COMMENTS])
    assert labels.SENTIMENTS[told["sentiment"][0].argmax()] == "negative"
    assert labels.THEMES[told["themes"][0].argmax()] == labels.THEMES[told["themes"][1].argmax()] == "waiting_time"


@pytest.mark.parametrize("tier", TIERS)
def test_what_is_read_is_the_networks_view_and_this_one_by_the_tiers_share(tier, shipped):
    whole = network.load(tier)
    silent = network.Network(
        whole._session, whole._tokenizer, whole.settings, grams.Grams(shipped.weights, shipped.bias, shipped.rarity, {})
    )
    share, beside = whole.settings.share, shipped.read(COMMENTS)
    assert 0 < share < 1
    for row, (both, alone) in enumerate(zip(whole.read(COMMENTS), silent.read(COMMENTS), strict=True)):
        assert both.themes == pytest.approx((1 - share) * alone.themes + share * beside["themes"][row], abs=1e-5)
        said = (1 - share) * alone.logits["sentiment"] + share * beside["sentiment"][row]
        assert both.logits["sentiment"] == pytest.approx(said, abs=1e-5)
        assert both.logits["language"] == pytest.approx(beside["language"][row], abs=1e-5)  # they alone tell it
        assert np.array_equal(both.evidence, alone.evidence)
