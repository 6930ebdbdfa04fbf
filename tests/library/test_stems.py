"""Search by stems: forms of a word meet, and the text's length is all that time depends on."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from pathlib import Path

import pytest

from kapula.text import stems, voikko
from kapula.text.stems import by_rules, words


def stems_of(text: str, language: str = "fi") -> list[str]:
    return [word.stem.main for word in words(text, language)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("palvelu", "palvelussa"),
        ("kauppa", "kaupan"),
        ("nainen", "naisen"),
        ("jonotus", "jonotuksen"),
        ("lasku", "laskuista"),
        ("hinta", "hinnan"),
        ("toimitus", "toimitusta"),
    ],
)
def test_forms_of_a_finnish_word_meet_without_a_dictionary(one: str, other: str):
    assert by_rules(one) == by_rules(other)


def test_words_that_are_not_one_stay_apart():
    assert len({by_rules(word) for word in ("lasku", "palvelu", "hinta", "hidas", "jono", "kiire")}) == 6


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("sv", "väntetiden", "väntetider"),
        ("sv", "kunderna", "kunder"),
        ("en", "waiting", "waited"),
        ("en", "queues", "queue"),
    ],
)
def test_swedish_and_english_forms_meet(language: str, one: str, other: str):
    assert stems_of(one, language) == stems_of(other, language)


def test_places_are_those_of_the_text_as_it_stands():
    text = "Pa\u0308iva\u0308n 10€ lasku—HUONO!"
    found = list(words(text))
    assert [text[word.start : word.end] for word in found] == ["Pa\u0308iva\u0308n", "10", "lasku", "HUONO"]
    assert [word.form for word in found] == ["päivän", "10", "lasku", "huono"]


@pytest.mark.parametrize(
    "text", ["", "   ", "😀👍🏽", "\ud800 rikki", "שלום עולם", "<b>&nbsp;</b>", "a" * 100_000, "\x00\x01"]
)
def test_whatever_is_written_is_read(text: str):
    found = list(words(text))
    assert all(0 <= word.start < word.end <= len(text) and len(word.form) <= stems.LONGEST for word in found)


def test_a_megabyte_is_read_once_over():
    line = "Jonotusaika oli kohtuuton, mutta asiakaspalvelija hoiti asian ystävällisesti. "
    text = line * (1_000_000 // len(line))
    found = list(words(text))
    assert len(found) == len(list(words(line))) * (1_000_000 // len(line))
    assert {word.stem.main for word in found} == {word.stem.main for word in words(line)}


def test_the_version_tells_which_stems_were_used():
    assert stems.version().endswith("voikko" if voikko.is_installed() else "snowball")


def test_voikko_gives_base_forms_and_the_parts_of_compounds():
    if not voikko.is_installed():
        pytest.skip("needs libvoikko with its Finnish dictionary")
    found = stems.stem("jonotusajan")
    assert (found.main, set(found.parts)) == ("jonotusaika", {"jonottaa", "aika"})
    assert stems.stem("verkkokaupassa").parts == ("verkko", "kauppa")
    assert set(stems.stem("kuusta").readings) == {"kuu", "kuusi"}
    assert stems.stem("asdfghj") == stems.Stem(by_rules("asdfghj"))


# Measured on the development part of UD Finnish-TDT (shared/data/ud_finnish_tdt): nouns, adjectives and names that occur in several forms.


def word_forms(folder: Path) -> dict[str, set[str]]:
    forms: dict[str, set[str]] = defaultdict(set)
    for line in (folder / "fi_tdt-ud-dev.conllu").read_text(encoding="utf-8").splitlines():
        column = line.split("\t")
        if len(column) < 10 or not column[0].isdigit() or column[3] not in {"NOUN", "ADJ", "PROPN"}:
            continue
        if re.fullmatch(r"[a-zåäö]{2,}", column[1].lower()):
            forms[column[2].lower()].add(column[1].lower())
    return forms


def meeting(forms: dict[str, set[str]], keys: dict[str, set[str]]) -> tuple[float, float]:
    """The mean over lemmas of the share of pairs of its forms that meet, and the share of meeting pairs that are of one lemma."""
    shares = []
    for own in forms.values():
        pairs = list(itertools.combinations(sorted(own), 2))
        if pairs:
            shares.append(sum(bool(keys[one] & keys[other]) for one, other in pairs) / len(pairs))
    lemmas: dict[str, set[str]] = defaultdict(set)
    by_key: dict[str, set[str]] = defaultdict(set)
    for lemma, own in forms.items():
        for form in own:
            lemmas[form].add(lemma)
            for key in keys[form]:
                by_key[key].add(form)
    met = {pair for own in by_key.values() for pair in itertools.combinations(sorted(own), 2)}
    return sum(shares) / len(shares), sum(bool(lemmas[one] & lemmas[other]) for one, other in met) / len(met)


def test_the_share_of_word_forms_that_meet_without_voikko(shared: Path):
    forms = word_forms(shared / "data" / "ud_finnish_tdt")
    recall, precision = meeting(forms, {form: {by_rules(form)} for own in forms.values() for form in own})
    assert recall > 0.77, "Snowball alone joins 0.61 of them"
    assert precision > 0.89


def test_the_share_of_word_forms_that_meet_with_voikko(shared: Path):
    if not voikko.is_installed():
        pytest.skip("needs libvoikko with its Finnish dictionary")
    forms = word_forms(shared / "data" / "ud_finnish_tdt")
    recall, precision = meeting(forms, {form: set(stems.stem(form).readings) for own in forms.values() for form in own})
    assert recall > 0.97
    assert precision > 0.97
