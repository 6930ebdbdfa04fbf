"""The lists of names, places and words in ``data/``, as one table from a word in small letters to what it may be."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Final

from kapula.text.personal.names.forms import forms
from kapula.text.personal.names.gradation import VOWELS
from kapula.text.personal.names.kinds import ANY_WORD, BASE, BRAND, GENITIVE, GIVEN, NAME, PLACE, SURNAME, WORDS

_GIVEN: Final = ("given_fi", "given_sv", "given_en", "given_world")
_SURNAMES: Final = ("surnames_fi", "surnames_sv", "surnames_world")
_KIN: Final = (
    "täti",
    "täd",
    "setä",
    "sed",
    "eno",
    "mummo",
    "mummu",
    "mumm",
    "pappa",
    "papa",
    "vaari",
    "ukki",
    "rouva",
    "faster",
    "moster",
    "farbror",
)
_SHORT: Final = 3
_SHORT_NAMES: Final = frozenset(
    [
    "aki", "aku", "amy", "ann", "ari", "ben", "eeva", "eki", "elo", "ene", "esa", "eva", "evi", "ida", "ian", "iia",
    "ira", "jan", "jim", "joe", "jon", "kaj", "kia", "kim", "leo", "leif", "mia", "nea", "ole", "ove", "pia", "rea",
    "sam", "siv", "tom", "tim", "tea", "uwe", "ulf", "viv", "zoe", "åke", "åsa", "ylä", "iris",
]
)  # fmt: skip
_CLITICS: Final = ("kin", "kaan", "kään", "han", "hän", "ko", "kö", "pa", "pä")
_ENDS: Final = VOWELS | {"n", "t"}
_POSSESSIVES: Final = ("mme", "nne", "nsa", "nsä", "ni", "si")


@cache
def table() -> dict[str, int]:
    """Every form that is known → its flags (:mod:`kapula.text.personal.names.kinds`)."""
    known: dict[str, int] = {}
    for names, flag in ((_GIVEN, GIVEN), (_SURNAMES, SURNAME)):
        for name in dict.fromkeys(word for list_name in names for _, word in words(list_name)):
            _add(known, name, flag)
    for list_name, flag in (("places", PLACE), ("brands", BRAND)):
        for _, word in words(list_name):
            for form in (*forms(word, surname=True), word + "s"):
                known[form] = known.get(form, 0) | flag
    for language, word in words("words_names"):
        flag = WORDS.get(language, ANY_WORD)
        for form in forms(word, surname=True) | forms(word, surname=False):
            if form in known:
                known[form] |= flag
    for language, word in words(
        "words_forms"
    ):  # also those that only an ending makes a name's form: aurinko is not "Auri's, is it?"
        known[word] = known.get(word, 0) | WORDS.get(language, ANY_WORD)
    return known


def kinds(word: str) -> int:
    """Flags of ``word`` (in small letters), its clitics, possessives, genitives and hyphens taken into account; 0 if unknown."""
    known = table()
    found = known.get(word, 0)
    if found or len(word) < 4:
        return found
    if "-" in word:
        return _hyphenated(word)
    for clitic in _CLITICS if word.endswith(_CLITICS) else ():
        stem = word.removesuffix(clitic)
        if stem != word and len(stem) > 3 and stem[-1] in _ENDS and (found := known.get(stem, 0)) & NAME:
            return found & ~BASE
    for possessive in _POSSESSIVES if word.endswith(_POSSESSIVES) else ():
        stem = word.removesuffix(possessive)
        if stem != word and len(stem) > 3 and stem[-1] in VOWELS and (found := known.get(stem, 0)) & GIVEN:
            return found & ~BASE
    return 0


def words(list_name: str) -> Iterator[tuple[str, str]]:
    """(language or "", word in small letters) of ``data/<list_name>.txt``; a line may begin with its language and a colon."""
    for line in (files(__package__) / "data" / f"{list_name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        head, colon, rest = line.partition(": ")
        for word in (rest if colon else line).replace("_", " ").lower().split(" "):
            if word:
                yield (head if colon else "", word)


def _add(known: dict[str, int], name: str, flag: int) -> None:
    unsure = ANY_WORD if len(name) <= _SHORT and name not in _SHORT_NAMES else 0
    for form in forms(name, surname=flag == SURNAME):
        known[form] = known.get(form, 0) | flag | unsure
    known[name] |= BASE
    known[name + "s"] = known.get(name + "s", 0) | flag | GENITIVE | (ANY_WORD if len(name) <= _SHORT else 0)


def _hyphenated(word: str) -> int:
    """Ann-Mari, Tiina-Maijalle, Korhonen-Laaksosta: every part is a name, the last one may be inflected."""
    known = table()
    *first, last = word.split("-")
    found = known.get(last, 0)
    if found & NAME and all(known.get(part, 0) & NAME for part in first):
        return found & (GIVEN | SURNAME | BASE)
    if len(first) == 1 and known.get(first[0], 0) & GIVEN and last.startswith(_KIN):
        return GIVEN
    return 0
