"""Themes that the codebook misses: found where planted, not found where there are none, known again, and shown without personal data."""

from __future__ import annotations

import json
from datetime import date

import numpy as np
import pytest
from topic_worlds import FILLERS, TOPICS, comments, noise, vectors

from kapula.errors import ParameterError
from kapula.text.codebook import Codebook
from kapula.text.topics import DiscoveredTheme, KnownTheme, agreement, discover
from kapula.text.topics.identity import fates
from kapula.text.topics.missed import missed_clauses
from kapula.text.topics.phrases import Phrases


def found(texts, **more):
    return discover(texts, vectors(texts), most=7, **more)


@pytest.fixture(scope="module")
def planted():
    texts, topics = comments(1)
    return texts, topics, found(texts, times=[date(2026, 1 + place % 3, 5) for place in range(len(texts))])


def test_planted_topics_are_found_whole(planted):
    texts, topics, result = planted
    said = np.full(len(texts), -1)
    for place, theme in enumerate(result.themes):
        said[list(theme.comments)] = place
    assert result.verdict == "found"
    assert len(result.themes) == len(TOPICS)
    assert agreement.adjusted_rand(said, topics) > 0.9
    assert all(theme.stability >= result.method["needed_stability"] for theme in result.themes)


def test_a_theme_is_named_by_its_own_words(planted):
    *_, result = planted
    words = [{word for phrase in theme.phrases[:3] for word in phrase.text.split()} for theme in result.themes]
    own = [max(len(mine & set(topic)) for topic in TOPICS.values()) for mine in words]
    assert min(own) >= 2
    assert all(theme.coherence > 0 for theme in result.themes)


def test_months_and_quotes_are_of_its_comments(planted):
    texts, _, result = planted
    for theme in result.themes:
        assert sum(theme.months.values()) == theme.n == len(theme.comments)
        assert set(theme.quotes) <= {texts[place] for place in theme.comments}


@pytest.mark.parametrize("seed", [1, 3])
def test_comments_without_topics_have_none(seed):
    result = found(noise(seed))
    assert (result.verdict, result.themes) == ("none", ())
    assert "themes_not_stable" in result.warnings


def test_a_theme_keeps_its_id_in_the_next_period(planted):
    *_, before = planted
    texts, _ = comments(9)
    after = found(texts, known=[theme.known for theme in before.themes])
    by_id = {theme.id: theme for theme in after.themes}
    assert set(by_id) == {theme.id for theme in before.themes}
    for theme in before.themes:
        words = {stem for phrase in theme.phrases[:4] for stem in phrase.stems}
        later = {stem for phrase in by_id[theme.id].phrases[:4] for stem in phrase.stems}
        assert len(words & later) >= 2
        assert by_id[theme.id].status == "continuing"


def test_what_is_spoken_of_no_more_has_faded(planted):
    *_, before = planted
    texts, _ = comments(9, topics={name: TOPICS[name] for name in ("parking", "coffee", "chairs")})
    after = found(texts, known=[theme.known for theme in before.themes])
    assert len(after.faded) >= 3
    assert {theme.id for theme in after.themes} <= {theme.id for theme in before.themes}


def test_a_theme_that_has_become_one_saying_has_faded(planted):
    before = planted[2]
    kept, gone = before.themes[0], before.themes[1:]
    said = planted[0][gone[0].comments[0]]
    others = [planted[0][place] for theme in before.themes if theme is not gone[0] for place in theme.comments]
    after = found([*others, *(f"{said} {word}" for word in FILLERS)], known=[theme.known for theme in before.themes])
    assert kept.id in {theme.id for theme in after.themes}
    assert gone[0].id not in {theme.id for theme in after.themes}
    assert gone[0].id in after.faded


def test_themes_merge_split_and_are_born():
    a, b, c = np.eye(3)
    known = [KnownTheme("one", tuple(a)), KnownTheme("two", tuple((a + 0.4 * b) / np.linalg.norm(a + 0.4 * b)))]
    told, merged, faded = fates(np.array([a, c], dtype=np.float32), [(), ()], known)
    assert [(fate.id, fate.split_from) for fate in told] == [("one", None), (None, None)]
    assert (merged, faded) == ({"two": 0}, ())
    told, merged, faded = fates(np.array([a, (a + 0.3 * b) / 1.044], dtype=np.float32), [(), ()], known[:1])
    assert [(fate.id, fate.split_from) for fate in told] == [("one", None), (None, "one")]
    assert fates(np.array([c], dtype=np.float32), [()], known[:1])[2] == ("one",)


def test_the_codebooks_comments_are_left_to_it(planted):
    texts, topics, _ = planted
    coded = [["parking_theme"] if topic == "parking" else [] for topic in topics]
    result = found(texts, coded=coded)
    assert result.missed == len(texts) - 25
    assert all(topics[place] != "parking" for theme in result.themes for place in theme.comments)


def test_clauses_without_evidence_are_looked_at_too():
    text = "Jonotin tunnin puhelimessa. Pysäköintihallin portti ei auennut minulle."
    coded = [[{"code": "waiting_time", "spans": [[0, 14]], "sentiment": "negative"}]]
    (piece,) = missed_clauses([text], ["fi"], coded)
    assert piece.text == "Pysäköintihallin portti ei auennut minulle."
    texts, _ = comments(2, each=30)
    longer = [f"Jonotin tunnin puhelimessa. {one}." for one in texts]
    themes = [[{"code": "waiting_time", "spans": [[0, 14]], "sentiment": "negative"}]] * len(longer)
    result = discover(longer, vectors, coded=themes, most=7)
    assert result.verdict == "found"
    assert len(result.themes) >= 5


def test_praise_of_nothing_in_particular_is_no_theme():
    texts, _ = comments(3, topics={name: TOPICS[name] for name in ("parking", "music", "coffee")})
    result = found(["Hyvä palvelu!", "Kaikki ok", "Kiitos hyvästä palvelusta", "ei kommentoitavaa"] * 20 + texts)
    assert result.general == 80
    assert result.distinct == 75


def test_the_same_words_from_many_are_one_point():
    texts, _ = comments(4, each=15)
    result = found([*texts, *["Pysäköinti maksaa liikaa"] * 50])
    assert result.distinct == 91


def test_one_saying_with_another_ending_each_time_is_no_theme(planted):
    texts = planted[0]
    said = "Sähkö on sähköä, samasta töpselistä tulee"
    echoes = [f"{said} {word}" for word in FILLERS] + [f"{word}: {said.lower()}" for word in FILLERS]
    quotes = [quote for theme in found(texts + echoes).themes for quote in theme.quotes]
    assert quotes
    assert not any("töpselistä" in quote for quote in quotes)


def test_a_language_is_no_theme():
    random = np.random.default_rng(5)
    texts = noise(7)
    apart = vectors(texts) + np.where(np.arange(150) % 2 == 0, 1.0, -1.0)[:, None] * random.standard_normal(384) / 12
    apart = (apart / np.linalg.norm(apart, axis=1, keepdims=True)).astype(np.float32)
    languages = ["fi" if place % 2 == 0 else "sv" for place in range(150)]
    assert discover(texts, apart, languages=languages, most=6).verdict == "none"


def test_words_of_two_languages_are_no_two_themes():
    """Half of the comments say of the same random matters in other words: no stem is shared, and nothing is a theme."""
    finnish, others = noise(7), [" ".join(f"{word}x" for word in text.split()) for text in noise(8)]
    texts = [finnish[place] if place % 2 == 0 else others[place] for place in range(150)]
    told = discover(texts, vectors(texts), languages=["fi" if place % 2 == 0 else "sv" for place in range(150)], most=6)
    assert (told.verdict, told.themes) == ("none", ())


def test_a_group_that_no_words_name_is_not_found(monkeypatch):
    monkeypatch.setattr(Phrases, "telling", lambda self, rows: ())
    texts, _ = comments(1)
    assert (found(texts).verdict, found(texts).themes) == ("none", ())


def test_inflected_forms_are_one_phrase():
    texts = [f"Pysäköintipaikka{ending} puuttuu" for ending in ("", "n", "a", "lla")] * 3 + [
        "jotain muuta kokonaan"
    ] * 12
    (first, *_) = Phrases(texts, ["fi"] * 24).telling(range(12))
    assert first.n == 12


def test_a_name_is_no_phrase():
    texts = [f"Asentaja Virtanen tuli {day} käymään" for day in ("eilen", "tänään", "illalla", "aamulla")] * 3
    told = Phrases(texts + ["jotain muuta"] * 12, ["fi"] * 24).telling(range(12))
    assert told
    assert not any("virtanen" in phrase.text for phrase in told)


def test_merging_into_a_codebook(planted):
    *_, result = planted
    theme = result.themes[0].to_codebook_theme()
    assert Codebook((theme,)).codes == (theme.code,)
    assert theme.names["fi"] == result.themes[0].phrases[0].text
    assert set(result.themes[0].quotes) <= set(theme.examples)
    assert result.themes[0].to_codebook_theme("own", name="Oma").names == {"fi": "Oma"}


def test_too_little_is_an_answer():
    texts, _ = comments(1, each=5)
    result = found(texts)
    assert (result.verdict, result.needed_n, result.themes) == ("not_enough", 60, ())
    assert discover([], np.zeros((0, 384), dtype=np.float32)).verdict == "not_enough"
    assert found(["", "   ", "!!!", "👍"] * 30).verdict == "not_enough"


def test_the_same_call_gives_the_same_bytes_and_known_themes_survive_json(planted):
    texts, _, result = planted
    again = found(texts, times=[date(2026, 1 + place % 3, 5) for place in range(len(texts))])
    told = json.dumps(result.to_dict(), allow_nan=False)
    assert json.dumps(again.to_dict(), allow_nan=False) == told
    read = [KnownTheme.from_dict(one) for one in json.loads(told)["themes"]]
    assert [one.id for one in read] == [theme.id for theme in result.themes]
    assert read[0].stems == result.themes[0].known.stems
    assert isinstance(result.themes[0], DiscoveredTheme)


def test_what_cannot_be_used_is_said():
    texts, _ = comments(1, each=12)
    with pytest.raises(ParameterError):
        discover(texts, vectors(texts)[:-1])
    with pytest.raises(ParameterError):
        discover(texts, np.full((len(texts), 384), np.nan, dtype=np.float32))
    with pytest.raises(ParameterError):
        found(texts, languages=["fi"])
    with pytest.raises(ParameterError):
        KnownTheme.from_dict({"id": "t1"})
    with pytest.raises(ParameterError):
        found(texts, known=[KnownTheme("t1", (1.0, 0.0))])
