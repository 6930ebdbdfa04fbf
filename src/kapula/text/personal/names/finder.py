"""Names of people in running text: which words are names, and how far each name reaches.

A word is a name by what lists (and Voikko, where it is installed) know of it, by its capital letter, and by the words around it. Words
that are also something else — Toivo, Lumi, Lahti — need a sign that a person is meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kapula.text.personal.contract import Span
from kapula.text.personal.names import voikko
from kapula.text.personal.names.flags import (
    AND,
    CUE,
    DOING,
    FILLER,
    GREETING,
    HOUSE,
    MERELY,
    NOBODY,
    PARTICLE,
    ROLE,
    ROLE_INFLECTED,
    SHAPED,
    SURNAMED,
    THANKS,
    THING,
)
from kapula.text.personal.names.kinds import (
    BASE,
    BRAND,
    GENITIVE,
    GIVEN,
    NAME,
    PLACE,
    SURNAME,
    WORD_EN,
    WORD_FI,
    word_of,
)
from kapula.text.personal.names.signs import case_of, meaning
from kapula.text.personal.names.tokens import WORD, Word, split, weigh_capitals

_ELSEWHERE: Final = re.compile(r".*(?:ssa|ssä|sta|stä|lta|ltä|lla|llä)")
_INSIDE: Final = re.compile(r".*(?:ss[aä]|l[aä]st[aä]|l[aä]{2}n)")
_TO_A_PERSON: Final = re.compile(
    r".*(?<!nieme)(?<!järve)(?<!joe)(?<!kose)(?<!vaara)(?<!mäe)(?<!saare)(?<!rauma)l(?:le|t[aä])"
)
_TOWNWARD: Final = re.compile(r".*(?:ss[aä]|st[aä]|aan|ään|iin|oon|uun|een|öön)")
_ADVERB: Final = re.compile(r".{4,}sti")  # Toivottavasti, where the full stop before it was left out
_NUMBERED: Final = re.compile(r"[0-9]")
_LAST_INITIAL: Final = re.compile(r" [A-ZÅÄÖ]\.?(?![\w.])")
_FIRM: Final = re.compile(
    r"\s+(?:[A-ZÅÄÖ&][\w&-]*\s+){0,3}(?:Oy|Oyj|OY|Ab|AB|Ky|KY|Ltd|Inc|GmbH|Osk|Tmi|ry|rf|Group|Bank)\b"
)
_INITIALS: Final = re.compile(r"(?<![\w.])(?:[A-ZÅÄÖ]\. ?){1,3}\Z")
_NAMED: Final = re.compile(r"(?P<name>[^\W\d_]{3,})-nim(?:i|e)[a-zåäö]*")
_SPACE: Final = frozenset({" ", "\u00a0", "  "})
_SAME_CASE: Final = ("lle", "lta", "ltä", "lla", "llä")
_GIVEN_TO: Final = frozenset({"to", "till"})
_ARTICLES: Final = frozenset({"the", "a", "an"})
_TURNS: Final = {
    "will": frozenset(["not", "never", "be", "have", "you", "it", "they", "we", "i", "this", "that", "there", "the"]),
    "stig": frozenset(["av", "in", "ut", "upp", "ner", "ned"]),
}
"""What these names are words before: "Will not return", "Stig av bussen"."""
_AFTER_TWO: Final = frozenset(
    [
    "for", "who", "at", "from", "in", "on", "were", "are", "both", "they", "vid", "på", "i", "från", "som", "för",
    "var", "är",
]
)  # fmt: skip
"""What may follow two people who are thanked, so that the second is rather a person than a word: thanks to jessica and paul for …"""


def find(text: str, language: str, *, with_voikko: bool = True) -> Iterator[Span]:
    """Spans of names, in order."""
    ask = with_voikko and language == "fi" and voikko.installed() is not None
    if _may_hold(text, word_of(language), ask):
        yield from _Reader(text, split(text), language, ask).names()


def _may_hold(text: str, word_flag: int, ask: bool) -> bool:
    """Most comments name nobody. A name stands out: by its capital, by being no other word, or by a sign before a capital."""
    announced = False
    for word in WORD.findall(text):
        flags = meaning(word.lower())
        capital = word[0].isupper()
        if flags & NAME and (capital or not flags & word_flag):
            return True
        if capital and (announced or flags & SHAPED or (ask and voikko.kinds(word.lower()) & NAME)):
            return True
        announced = announced or bool(flags & (CUE | ROLE | ROLE_INFLECTED | GREETING))
    return False


class _Reader:
    """One text being read."""

    def __init__(self, text: str, words: list[Word], language: str, ask: bool) -> None:
        self.text, self.words = text, words
        self.word_flag = word_of(language)
        self.plain = weigh_capitals(words)
        self.cases = language not in {"sv", "en"}
        self.last_name = -1  # the last word of the last name found
        if language == "fi":
            for word in words:
                if word.flags & GENITIVE and not word.flags & BASE:
                    word.flags &= ~NAME  # "aulas" and "samas" are spoken Finnish, not the -s of other languages
        if not self.cases:
            for word in words:
                if word.flags & NAME and not word.flags & (BASE | GENITIVE):
                    word.flags &= ~NAME  # a Finnish case in a language that has none
        if ask:
            self._ask_voikko()

    def names(self) -> Iterator[Span]:
        met: set[str] = set()
        at, left_out = 0, []
        spans: list[Span] = []
        while at < len(self.words):
            if self._is_name(at):
                last = self.last_name = self._reaches(at)
                if not self._is_firm(at, last):
                    spans.append(self._span(at, last))
                    met.update(word.low[:4] for word in self.words[at : last + 1] if len(word.low) > 3)
                at = last + 1
            else:
                left_out.append(at)
                at += 1
        if met:
            spans += [self._span(at, at) for at in left_out if self._met_before(self.words[at], met)]
        yield from sorted(spans)

    def _ask_voikko(self) -> None:
        for word in self.words:
            if word.capital and not word.flags & (NAME | PLACE | BRAND) and len(word.low) > 2:
                known = voikko.kinds(word.low)
                if known & PLACE or (known & NAME and not (word.head and known & WORD_FI)):
                    word.flags |= known

    def _met_before(self, word: Word, met: set[str]) -> bool:
        townward = word.flags & PLACE and _TOWNWARD.fullmatch(word.low)
        return word.capital and bool(word.flags & NAME) and not townward and word.low[:4] in met

    # Is it a name?

    def _is_name(self, at: int) -> bool:
        word = self.words[at]
        if not word.flags & NAME:
            return word.capital and self._is_unheard_of(at)
        if word.flags & NOBODY:
            return False
        return self._by_capital(at) if word.capital else self._in_small_letters(at)

    def _by_capital(self, at: int) -> bool:
        word = self.words[at]
        if self._before_thing(at) or self._is_turn(at):
            return False
        if word.flags & BRAND or (word.flags & PLACE and not self._person_rather(word)):
            return self._announced(at) or self._has_surname_after(at) or self._follows_given(at)
        if not word.flags & GIVEN and (
            _INSIDE.fullmatch(word.low) or (word.flags & WORD_EN and not word.flags & WORD_FI)
        ):
            return self._announced(at)
        if word.flags & self.word_flag and (word.head or len(word.low) < 3):
            return self._announced(at) or self._has_surname_after(at) or self._acts(at)
        if not word.flags & GIVEN and len(word.low) < 4:
            return self._announced(at)
        return True

    def _person_rather(self, word: Word) -> bool:
        """Kaarina and Kaarinalle are rather a person, Kaarinassa and Karis (of Kari) a town; Lahdelle a person, for one goes Lahteen."""
        if word.flags & GIVEN:
            return not _TOWNWARD.fullmatch(word.low) and (not word.flags & GENITIVE or bool(word.flags & BASE))
        return self.cases and _TO_A_PERSON.fullmatch(word.low) is not None

    def _in_small_letters(self, at: int) -> bool:
        """Where capitals say nothing: a first name with a surname, after a sign, or one that is no other word."""
        word = self.words[at]
        clear = not word.flags & (self.word_flag | BRAND | PLACE)
        if word.flags & GIVEN and self._has_surname_after(at) and (clear or self._announced(at)):
            return True
        if self._with_another(at):
            return True
        if not clear or len(word.low) < 4:
            return False
        return self._announced(at) or self._thanked(at) or (self.plain and self.cases and not self._before_thing(at))

    def _is_unheard_of(self, at: int) -> bool:
        """A capital that no list knows, but that the words around make a name."""
        word = self.words[at]
        if word.flags & (PLACE | BRAND | NOBODY) or len(word.low) < 2 or (self.cases and _ADVERB.fullmatch(word.low)):
            return False
        if _NAMED.fullmatch(word.text) is not None:
            return True
        before = self._sign_before(at)
        if before & CUE and not self._is_sign(at):
            return not _ELSEWHERE.fullmatch(word.low) or bool(before & ROLE)
        if word.head:
            return self.cases and bool(word.flags & SHAPED) and self._followed_by_deed(at)
        if before & ROLE and not before & FILLER and not self._is_sign(at):
            return not _ELSEWHERE.fullmatch(word.low)
        if self._agrees(at) or (self._greeted(at) and word.low.endswith("lle")):
            return True
        return self.cases and bool(word.flags & SHAPED)

    def _is_sign(self, at: int) -> bool:
        return bool(self.words[at].flags & (ROLE | ROLE_INFLECTED | CUE | THANKS | FILLER))

    # The words around

    def _joined(self, at: int) -> bool:
        """Whether word ``at`` follows the one before it by a space alone."""
        return 0 < at < len(self.words) and self.words[at].gap in _SPACE

    def _sign_before(self, at: int) -> int:
        """Flags of the sign before word ``at``, looking over "on", "är", "is"; 0 over the end of a sentence."""
        seen, back = 0, at
        while back > 0 and at - back < 3:
            gap = self.words[back].gap
            if (self.words[back].head and "\n" not in gap) or _NUMBERED.search(gap):
                return 0
            back -= 1
            flags = self.words[back].flags
            if flags & (ROLE | CUE):
                return (flags | seen) & (ROLE | CUE | FILLER)
            if not flags & FILLER:
                return 0
            seen |= FILLER
        return 0

    def _announced(self, at: int) -> bool:
        sign = self._sign_before(at)
        return bool(sign & CUE) or (bool(sign & ROLE) and not sign & FILLER) or self._agrees(at)

    def _agrees(self, at: int) -> bool:
        """After an inflected title in the same case: myyjälle Farhadille."""
        if not self._joined(at) or not self.words[at - 1].flags & ROLE_INFLECTED:
            return False
        case = case_of(self.words[at - 1].low)
        return len(case) > 1 and self.words[at].low.endswith(case)

    def _thanked(self, at: int) -> bool:
        if not self._joined(at):
            return False
        if self.words[at - 1].low in _GIVEN_TO and self._joined(at - 1):
            return bool(self.words[at - 2].flags & THANKS)
        return bool(self.words[at - 1].flags & (THANKS | AND))

    def _with_another(self, at: int) -> bool:
        """A word that is also a name, after a name and "and": liisalle ja karille, jessica and paul."""
        one = self.words[at]
        if not (self.last_name == at - 2 >= 0 and self._joined(at) and self._joined(at - 1)) or not one.flags & GIVEN:
            return False
        if not self.words[at - 1].flags & AND:
            return False
        if self.cases:
            return one.low.endswith(_SAME_CASE) and self.words[at - 2].low[-3:] == one.low[-3:]
        follows = self.words[at + 1].low if self._joined(at + 1) else ""
        return bool(one.flags & BASE) and (not follows or follows in _AFTER_TWO)

    def _is_turn(self, at: int) -> bool:
        """Stig av, Will not; the Bill, which is no person unless a capital follows."""
        one = self.words[at]
        after = self.words[at + 1] if self._joined(at + 1) else None
        if self.cases:
            return False
        if after is not None and not after.capital and after.low in _TURNS.get(one.low, ()):
            return True
        article = bool(one.flags & self.word_flag) and self._joined(at) and self.words[at - 1].low in _ARTICLES
        return article and not (after is not None and after.capital)

    def _greeted(self, at: int) -> bool:
        return self._joined(at) and bool(self.words[at - 1].flags & GREETING)

    def _follows_given(self, at: int) -> bool:
        return self._joined(at) and bool(self.words[at - 1].flags & GIVEN) and self.words[at - 1].capital

    def _has_surname_after(self, at: int) -> bool:
        if not self._joined(at + 1) or not self.words[at].flags & GIVEN:
            return False
        here, after = self.words[at], self.words[at + 1]
        if here.capital and after.capital and after.flags & SURNAMED and here.flags & BASE and not after.flags & BRAND:
            return True
        if not after.flags & SURNAME or here.capital != after.capital:
            return False
        return (
            here.capital
            or not after.flags & self.word_flag
            or bool(here.flags & BASE and not here.flags & self.word_flag)
        )

    def _acts(self, at: int) -> bool:
        """Halla vastasi; Aino ja Onni; but not "Onni on, että …"."""
        if (
            not self._joined(at + 1)
            or not self.words[at].flags & BASE
            or not (self.cases or self.words[at].flags & GIVEN)
        ):
            return False
        if self._followed_by_deed(at):
            return True
        after = self.words[at + 1]
        if after.flags & AND and at + 2 < len(self.words):
            other = self.words[at + 2]
            return other.capital and bool(other.flags & GIVEN)
        return False

    def _followed_by_deed(self, at: int) -> bool:
        if not self._joined(at + 1) or not self.words[at + 1].flags & DOING:
            return False
        return not self.words[at + 1].flags & MERELY

    def _before_thing(self, at: int) -> bool:
        return self._joined(at + 1) and bool(self.words[at + 1].flags & THING) and not self.words[at].flags & BASE

    # How far it reaches

    def _reaches(self, at: int) -> int:
        last = at
        while last - at < 4 and self._joined(last + 1):
            after = self.words[last + 1]
            if (
                after.flags & PARTICLE
                and not after.capital
                and last + 2 < len(self.words)
                and self.words[last + 2].capital
            ):
                last += 2
            elif self._belongs(at, last, after):
                last += 1
            else:
                break
        return last

    def _belongs(self, at: int, last: int, after: Word) -> bool:
        here = self.words[last]
        if after.capital != here.capital or after.flags & NOBODY:
            return False
        inflected = bool(here.flags & NAME) and not here.flags & BASE
        if after.flags & NAME:
            if not after.capital:
                return not after.flags & self.word_flag or (bool(after.flags & SURNAME) and not inflected)
            house = bool(here.flags & SURNAME) and here.low.endswith("n") and bool(after.flags & GIVEN)  # Ketolan Virpi
            return bool(after.flags & SURNAME) or not inflected or house
        if not after.capital or inflected or after.flags & (BRAND | THING):
            return False
        begins = bool(self.words[at].flags & GIVEN) or last == at
        return (
            begins
            and (bool(after.flags & SURNAMED) or not after.flags & PLACE)
            and not _ELSEWHERE.fullmatch(after.low)
            and len(after.low) > 2
        )

    def _is_firm(self, at: int, last: int) -> bool:
        return _FIRM.match(self.text, self.words[last].end, self.words[last].end + 60) is not None

    def _span(self, at: int, last: int) -> Span:
        start, end = self.words[at].start, self.words[last].end
        named = _NAMED.fullmatch(self.words[last].text)
        if named is not None:
            end = self.words[last].start + named.end("name")
        else:
            after = _LAST_INITIAL.match(self.text, end)
            end = after.end() if after is not None and self.words[last].flags & NAME else end
        initials = _INITIALS.search(self.text, max(0, start - 9), start)
        if initials is not None:
            return initials.start(), end
        return (self.words[at - 1].start if self._has_more_before(at) else start), end

    def _has_more_before(self, at: int) -> bool:
        """An unknown first name before a surname (Xiaolu Virtanen), a house before a first name (Kuoppamäen Reijo, Nuppula Eila)."""
        if not self._joined(at):
            return False
        here, before = self.words[at], self.words[at - 1]
        known = PLACE | BRAND | ROLE | ROLE_INFLECTED | CUE | THANKS | FILLER
        if not here.capital or not before.capital or before.flags & known or len(before.low) < 3:
            return False
        if here.flags & GIVEN and before.flags & (HOUSE if not before.head else 0):
            return True
        if here.flags & GIVEN and here.flags & BASE and before.flags & SURNAMED:
            return True
        return bool(here.flags & SURNAME) and not before.head and not before.flags & NAME
