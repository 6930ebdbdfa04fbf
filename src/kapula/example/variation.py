"""The same comment as another person would have typed it: casing, dots, typos, greetings, names, weekdays and numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

GREETINGS: Final = {
    "fi": ("Hei! ", "Moi, ", "Terve, ", "Hei, ", "Päivää. ", "Moikka! "),
    "sv": ("Hej! ", "Hejsan, ", "God dag. "),
    "en": ("Hi, ", "Hello. ", "Hi there, "),
}
THANKS: Final = {
    "fi": (
        " Kiitos!",
        " kiitos",
        " Kiitos teille!",
        " Kiitoksia.",
        " Hyvää päivänjatkoa!",
        " T. tyytyväinen asiakas",
        " :)",
    ),
    "sv": (" Tack!", " tack", " Tack ska ni ha!", " Ha det bra!", " :)"),
    "en": (" Thanks!", " Thank you.", " thanks", " Keep it up!", " :)"),
}
COMPLAINTS: Final = {
    "fi": (
        " Toivottavasti tähän tulee muutos.",
        " Korjatkaa.",
        " Terveisin pettynyt asiakas",
        " Tämä oli viimeinen kerta.",
        " :(",
    ),
    "sv": (" Hoppas det blir bättre.", " Åtgärda det här.", " :("),
    "en": (" Please fix this.", " Not good enough.", " :("),
}
CYCLES: Final[tuple[tuple[str, ...], ...]] = (
    ("maanantaina", "tiistaina", "keskiviikkona", "torstaina", "perjantaina"),
    ("tammikuussa", "helmikuussa", "maaliskuussa", "lokakuussa", "marraskuussa"),
    ("Marja", "Jonna", "Sari", "Tiina", "Anu", "Minna", "Riikka", "Kirsi", "Heidi", "Johanna"),
    ("Jari", "Mika", "Antti", "Timo", "Petri", "Sami", "Juha", "Markku", "Ville", "Olli"),
    ("måndag", "tisdag", "onsdag", "torsdag", "fredag"),
    ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday"),
)
_CYCLE_OF: Final = {word: cycle for cycle in CYCLES for word in cycle}
_CYCLE_WORD: Final = re.compile(r"\b(" + "|".join(_CYCLE_OF) + r")\b")
_MINUTES: Final = re.compile(r"\b([1-9]\d)(?= ?(?:min|sek|€|euroa|minut))")
_WORD: Final = re.compile(r"[A-Za-zÅÄÖåäö]{6,}")

USED: Final = 10
"""How many random numbers :func:`vary` uses."""


def vary(text: str, language: str, mood: int, plain: bool, u: Sequence[float]) -> str:
    """``text`` varied by the ``USED`` uniform numbers ``u``. ``plain``: empty talk, which gets no greeting or thanks."""
    text = _CYCLE_WORD.sub(lambda found: _other(found[1], u[0]), text)
    text = _MINUTES.sub(lambda found: str(max(11, round(int(found[1]) * (0.8 + 0.4 * u[1])))), text)
    if len(text) < 4:
        return text
    if u[2] < 0.09:
        text = _typo(text, u[3])
    text = _ending(text, u[4])
    text = _casing(text, u[5])
    if plain:
        return text
    if u[6] < 0.05:
        greeting = _pick(GREETINGS[language], u[7])
        text = greeting + (text[:1].lower() + text[1:] if greeting.endswith(", ") and text[1:2].islower() else text)
    if u[8] < 0.09 and not text.endswith((",", ":")):
        text = text if text[-1] in ".!?)" or not text[0].isupper() else text + "."
        text += _pick(THANKS[language] if mood > 0 else COMPLAINTS[language] if mood < 0 else ("",), u[9])
    return text


def _pick(options: Sequence[str], u: float) -> str:
    return options[int(u * len(options))]


def _other(word: str, u: float) -> str:
    """Another of the same kind in seven cases of ten."""
    cycle = _CYCLE_OF[word]
    return word if u < 0.3 else cycle[(cycle.index(word) + 1 + int((u - 0.3) / 0.7 * (len(cycle) - 1))) % len(cycle)]


def _typo(text: str, u: float) -> str:
    """One slip in one longer word: two letters change places, one is left out, or one is doubled."""
    words = list(_WORD.finditer(text))
    if not words:
        return text
    word = words[int(u * len(words))]
    at = word.start() + 1 + int(u * 7919) % (len(word[0]) - 3)
    kind = int(u * 104729) % 3
    if kind == 0:
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + text[at + 1 :] if kind == 1 else text[:at] + text[at] + text[at:]


def _ending(text: str, u: float) -> str:
    if text.endswith(".") and not text.endswith("..") and u < 0.30:
        return text[:-1] + ("" if u < 0.22 else "!" if u < 0.25 else "..")
    return text + "." if u > 0.93 and text[-1:].isalpha() and len(text) > 12 else text


def _casing(text: str, u: float) -> str:
    if u < 0.10:
        return text[:1].lower() + text[1:]
    if u < 0.14:
        return text.lower()
    return text.upper() if u > 0.992 and len(text) < 60 else text[:1].upper() + text[1:] if u > 0.85 else text
