"""Words brought to what their forms share, so that a search for "jonotusaika" finds "jonotusajan". The same for texts and for searches.

Finnish: Voikko's base forms and compound parts where Voikko is installed (kapula.text.voikko), otherwise the Snowball stemmer with the
steps below, which Finnish needs. Swedish and English: the Snowball stemmer (Porter, "Snowball", 2001). docs/text/explorer.md has the
measured share of word forms that meet.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final

from kapula.text import voikko

LANGUAGES: Final = ("fi", "sv", "en")
LONGEST: Final = 60
"""Characters of a word that are looked at: what is longer is no word."""

_WORD: Final = re.compile(r"[^\W_][^\W_\u0300]*(?:[\u0300-\u036f]+[^\W_]*)*")
_SNOWBALL: Final = {"fi": "finnish", "sv": "swedish", "en": "english"}
_RULES: Final = "1"  # rises when a rule below changes: what was indexed by the former is indexed again


@dataclass(frozen=True, slots=True)
class Stem:
    """``main``: what the word is found by. ``others``: further readings of the same form. ``parts``: the words it is made of."""

    main: str
    others: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()

    @property
    def readings(self) -> tuple[str, ...]:
        return (self.main, *self.others)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text at [start, end). ``form``: as written, in small letters."""

    start: int
    end: int
    form: str
    stem: Stem


def words(text: str, language: str = "fi") -> Iterator[Word]:
    """The text's words in order; time grows with the length of the text. A language that is none of LANGUAGES is read as Finnish."""
    for found in _WORD.finditer(text):
        form = plain(found.group())
        yield Word(found.start(), found.end(), form, stem(form, language))


def plain(word: str) -> str:
    """Small letters, composed, at most LONGEST of them."""
    return unicodedata.normalize("NFC", word[: 2 * LONGEST]).lower()[:LONGEST]


def stem(word: str, language: str = "fi") -> Stem:
    """The stem of one word as :func:`plain` writes it."""
    return _stem(word, language if language in LANGUAGES else "fi", voikko.is_installed())


def version() -> str:
    """Changes when the same word could get another stem: by these rules, or by Voikko's coming and going."""
    return f"{_RULES}-{'voikko' if voikko.is_installed() else 'snowball'}"


@lru_cache(maxsize=100_000)
def _stem(word: str, language: str, with_voikko: bool) -> Stem:
    if not word.isalpha():
        return Stem(word)
    if language == "fi":
        return (_by_voikko(word) if with_voikko else None) or Stem(by_rules(word))
    return Stem(_snowball(language, word))


_BASE: Final = re.compile(r"\(([^\W\d_+][^()+]*)\)")


def _by_voikko(word: str) -> Stem | None:
    """Base forms in Voikko's order; None for a word it does not know. ``parts`` holds the words of a compound, and the verb behind a
    participle or an agent: "jonotusajan" → jonotusaika, with jonottaa and aika."""
    readings: list[str] = []
    parts: list[str] = []
    for one in voikko.analyses(word):
        base = one.get("BASEFORM", "").lower()
        if base:
            readings.append(base)
            parts += [part.lower() for part in _BASE.findall(one.get("WORDBASES", ""))]
    known = list(dict.fromkeys(readings))
    if not known:
        return None
    return Stem(known[0], tuple(known[1:]), tuple(part for part in dict.fromkeys(parts) if part not in known))


_VOWELS: Final = "aeiouyåäö"
_WEAK: Final = {
    "kk": "k", "pp": "p", "tt": "t", "nkk": "nk", "lkk": "lk", "rkk": "rk", "lpp": "lp", "rpp": "rp", "ntt": "nt", "ltt": "lt",
    "rtt": "rt", "nk": "ng", "mp": "mm", "nt": "nn", "lt": "ll", "rt": "rr", "ht": "hd", "lp": "lv", "rp": "rv", "t": "d", "p": "v",
}  # fmt: skip
_LAST: Final = re.compile(rf"([^{_VOWELS}]+)([{_VOWELS}]?)$")


def by_rules(word: str) -> str:
    """A Finnish word without a dictionary: Snowball's stem, then what Snowball leaves apart is joined.

    "-nen" is read as its genitive (nainen, naisen); "-tusta" and "-musta" are partitives (toimitusta, kokemusta); "-us, -uksen,
    -utta, -uden" end alike; a last vowel goes; and the last consonants are written in their weak grade (kauppa, kaupan), except a k
    that vanishes (joki, joen): writing that away joins too many words that are not one.
    """
    stemmed = _snowball("fi", _read_anew(word))
    stemmed = re.sub(rf"([{_VOWELS}])\1$", r"\1", stemmed)
    if len(stemmed) > 3:
        stemmed = re.sub(rf"(?<=[^{_VOWELS}])[{_VOWELS}]$", "", stemmed)
    if len(stemmed) > 5:
        stemmed = re.sub(r"([uyoöie])(?:ks|kst|s|d|tt|t)$", r"\1s", stemmed)
    stemmed = re.sub(r"ist$", "is", stemmed)
    return _weakened(stemmed)


def _read_anew(word: str) -> str:
    """Endings that Snowball takes for others."""
    if len(word) > 5 and word.endswith("nen"):
        return word[:-3] + "sen"
    return re.sub(r"(?<=[tm])([uy])st[aä]$", r"\1s", word) if len(word) > 7 else word


def _weakened(stemmed: str) -> str:
    last = _LAST.search(stemmed)
    if last is None or len(stemmed) < 3 or last.start() < 2:
        return stemmed
    return stemmed[: last.start()] + _WEAK.get(last[1], last[1]) + last[2]


_LOCK: Final = threading.Lock()  # a Snowball stemmer works on one word at a time


def _snowball(language: str, word: str) -> str:
    with _LOCK:
        return str(_stemmer(language).stemWord(word))


@cache
def _stemmer(language: str) -> Any:
    import snowballstemmer  # read when the first word is asked about

    return snowballstemmer.stemmer(_SNOWBALL[language])
