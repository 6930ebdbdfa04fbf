"""Words around a name that tell a person is meant: titles and trades, "nimeni on", thanks, and what people do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Final

from kapula.text.personal.names import flags, lists

_SIGNS: Final = {
    "role": flags.ROLE,
    "inflected": flags.ROLE_INFLECTED,
    "family": flags.ROLE,
    "cue": flags.CUE,
    "thanks": flags.THANKS,
    "greeting": flags.GREETING,
    "doing": flags.DOING,
    "filler": flags.FILLER,
    "thing": flags.THING,
    "particle": flags.PARTICLE,
    "and": flags.AND,
    "merely": flags.MERELY,
    "nobody": flags.NOBODY,
    "house": flags.HOUSE,
    "surnamed": flags.SURNAMED,
}
_POSSESSIVES: Final = ("mme", "nne", "nsa", "nsä", "ni", "si")
_CASES: Final = ("lle", "lta", "ltä", "lla", "llä", "sta", "stä", "ssa", "ssä", "ksi", "n", "a", "ä")
_AGENTS: Final = ("ja", "jä")
_AGENT: Final = 7
"""An agent noun (esittelijä) has as many letters at least; shorter ones in -ja are words like raja."""
_LINKING: Final = tuple("aeiä")
_NO_SURNAMES: Final = (
    "lainen", "läinen", "llinen", "mainen", "mäinen", "uunen", "aminen", "äminen", "tuminen", "tyminen", "ukainen", "kyinen",
)  # fmt: skip
_LONGEST: Final = 40


@dataclass(frozen=True, slots=True)
class Signs:
    """``exact``: word → flags; ``ends`` and ``begins``: for each flag the ends and beginnings of words that have it."""

    exact: dict[str, int]
    ends: tuple[tuple[tuple[str, ...], int], ...]
    begins: tuple[tuple[tuple[str, ...], int], ...]
    inflected: tuple[str, ...]
    possessed: tuple[str, ...]


@cache
def signs() -> Signs:
    """``data/signs.txt``, read once."""
    exact: dict[str, int] = defaultdict(int)
    ends: dict[int, list[str]] = defaultdict(list)
    begins: dict[int, list[str]] = defaultdict(list)
    apart: dict[str, list[str]] = {"inflected": [], "family": []}
    for kind, word in lists.words("signs"):
        if kind in apart:
            apart[kind].append(word.removeprefix("-"))
        elif word.startswith("-"):
            ends[_SIGNS[kind]].append(word[1:])
        elif word.endswith("-"):
            begins[_SIGNS[kind]].append(word[:-1])
        else:
            exact[word] |= _SIGNS[kind]
    return Signs(
        dict(exact),
        tuple((tuple(found), flag) for flag, found in ends.items()),
        tuple((tuple(found), flag) for flag, found in begins.items()),
        tuple(apart["inflected"]),
        tuple(apart["family"]),
    )


@lru_cache(maxsize=65_536)
def meaning(word: str) -> int:
    """Flags of ``word`` in small letters: what name it may be (:mod:`kapula.text.personal.names.kinds`), and what sign it is."""
    known = signs()
    found = lists.kinds(word) | known.exact.get(word, 0)
    if len(word) > _LONGEST:
        return found
    for ends, flag in known.ends:
        if word.endswith(ends):
            found |= flag
    for begins, flag in known.begins:
        if word.startswith(begins):
            found |= flag
    if word.endswith(_AGENTS) and len(word) >= _AGENT:
        found |= flags.ROLE
    if word.endswith(_POSSESSIVES) and _possessed(word, known.possessed):
        found |= flags.ROLE
    if case_of(word):
        found |= flags.ROLE_INFLECTED
    if (word.endswith("nen") and len(word) > 5 and not word.endswith(_NO_SURNAMES)) or "-nim" in word:
        found |= flags.SHAPED
    return found


def case_of(word: str) -> str:
    """The ending of an inflected title or trade, which its name shares; empty where ``word`` is none."""
    if not word.endswith(_CASES):
        return ""
    stems = signs().inflected
    return next((case for case in _CASES if word.endswith(case) and word.removesuffix(case).endswith(stems)), "")


def _possessed(word: str, stems: tuple[str, ...]) -> bool:
    """Vaimoni, tyttärelleni's kin: a stem, perhaps a linking vowel, and a possessive."""
    for ending in _POSSESSIVES:
        stem = word.removesuffix(ending)
        if stem != word and (stem.endswith(stems) or (stem.endswith(_LINKING) and stem[:-1].endswith(stems))):
            return True
    return False
