"""The forms in which a name stands in Finnish text: Virtanen → Virtaselle, Mäki → Mäen, Rinne → Rinteen, Markus → Markuksen.

Names of one spelling may be inflected in more ways than one (Lumi → Lumin as a name, Lumen as a word); all of them are given, for
what is sought is whether a word can be a form of the name, not how it should be written. Source of the types: Iso suomen kielioppi
(VISK) § 55–§ 80. Clitics and possessives are taken off where words are looked up.
"""

from __future__ import annotations

from collections.abc import Iterator

from kapula.text.personal.names.gradation import VOWELS, strong, weak

_BACK, _FRONT = frozenset("aouå"), frozenset("äöy")
_ON_WEAK = ("n", "ssa", "sta", "lla", "lta", "lle", "ksi", "tta", "t")
_E_STEMS = [
    "mäki", "lahti", "niemi", "lampi", "koski", "järvi", "nurmi", "salmi", "vuori", "saari", "hirvi", "kurki",
    "kivi", "lehti", "joki", "suomi", "korpi", "tammi", "talvi", "nummi", "tuomi", "lumi", "pilvi", "meri", "kaari",
    "kärki", "kuusi", "hanki", "tähti", "ilmi", "vesi", "suvi", "tuuli", "onni", "hauki", "haapi", "sampi",
    "kannel",
]  # fmt: skip


def forms(name: str, *, surname: bool) -> frozenset[str]:
    """Every singular case of ``name`` (in small letters), the plural nominative, and for -nen also its plural cases."""
    return frozenset(_spelt(name, surname))


def _spelt(name: str, surname: bool) -> Iterator[str]:
    yield name
    if name.endswith("nen") and len(name) > 4:
        yield from _nen(name[:-3], name)
    elif name[-1] not in VOWELS:
        yield from _after_consonant(name, surname)
    elif (
        len(name) > 2
        and name[-2] in VOWELS
        and (name[-1] == name[-2] or name[-1] in "iuy" or name[-2:] in {"ie", "uo", "yö"})
    ):
        yield from _after_long(name)
    else:
        yield from _after_vowel(name, surname)


def _nen(body: str, name: str) -> Iterator[str]:
    stem = body + "se"
    yield from _cases(stem, stem, stem + "en", body + "s")
    for ending in ("ten", "ien", *_harmonised(name, ("ia", "illa", "ilta", "issa", "ista"))):
        yield body + "s" + ending
    yield from (body + "sille", body + "siin")


def _after_consonant(name: str, surname: bool) -> Iterator[str]:
    yield from _cases(name + "i", name + "i", name + "iin")
    if name.endswith("s"):
        stem = name[:-1] + "kse"
        yield from _cases(stem, stem, stem + "en", name)
        if name[-2] in VOWELS:
            for body in {name[:-1], strong(name[:-1])}:
                stem = body + body[-1]
                yield from _cases(stem, stem, stem + "seen", name)
    elif surname and name[-2:] in {"in", "el", "en", "ar"}:
        stem = name[:-1] + ("me" if name[-1] == "n" else name[-1] + "e")
        yield from _cases(stem, stem, stem + "en", name)


def _after_long(name: str) -> Iterator[str]:
    yield from _cases(name, name, name + "h" + name[-1] + "n", name)
    yield name + "seen"


def _after_vowel(name: str, surname: bool) -> Iterator[str]:
    for stem in {name, weak(name, single=surname)}:
        yield from _cases(name, stem, name + name[-1] + "n")
    if name.endswith("i") and any(name.endswith(stem) for stem in _E_STEMS):
        yield from _e_stem(name[:-1])
    elif name.endswith("e"):
        for body in {name, strong(name)}:
            yield from _cases(body + "e", body + "e", body + "eseen", name + "t")


def _e_stem(body: str) -> Iterator[str]:
    """Mäki → mäke- : mäe-; lahti → lahte- : lahde-; saari → saare-, with saarta; kuusi → kuuse-."""
    full = body + "e"
    consonant = body if body[-1] in "rln" else None
    yield from _cases(full, weak(full, single=True), full + "en", consonant)


def _cases(full: str, grade: str, into: str, consonant: str | None = None) -> Iterator[str]:
    """The cases on a strong stem, a weak one, the illative as it stands, and the partitive of a consonant stem."""
    yield into
    yield from (grade + ending for ending in _harmonised(full, _ON_WEAK))
    yield from (full + ending for ending in _harmonised(full, ("a", "na")))
    if consonant is not None:
        yield from (consonant + ending for ending in _harmonised(full, ("ta",)))


def _harmonised(word: str, endings: tuple[str, ...]) -> Iterator[str]:
    """Endings in the word's vowels; in both where they are of both kinds or a compound may end in e and i (Haapaniemestä)."""
    vowels = [letter for letter in word if letter in VOWELS]
    last = next((letter for letter in reversed(vowels) if letter in _BACK or letter in _FRONT), "ä")
    both = (not _BACK.isdisjoint(vowels) and not _FRONT.isdisjoint(vowels)) or (
        last in _BACK and set(vowels[-2:]) <= {"e", "i"}
    )
    for ending in endings:
        if both or last in _BACK:
            yield ending
        if both or last in _FRONT:
            yield ending.replace("a", "ä")
