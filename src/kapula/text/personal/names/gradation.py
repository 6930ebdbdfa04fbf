"""Consonant gradation: how the stop before a Finnish word's last vowel changes when it is inflected.

Source: Iso suomen kielioppi (VISK) § 41–§ 45, https://scripta.kotus.fi/visk/.
"""

from __future__ import annotations

from typing import Final

VOWELS: Final = frozenset("aeiouyäöåé")

_WEAKER: Final = {
    "kk": "k",
    "pp": "p",
    "tt": "t",
    "nk": "ng",
    "nt": "nn",
    "mp": "mm",
    "lt": "ll",
    "rt": "rr",
    "ht": "hd",
    "lp": "lv",
    "rp": "rv",
    "rk": "rj",
}
_WEAKER_SINGLE: Final = {"k": "", "p": "v", "t": "d"}
_STRONGER: Final = {"nn": "nt", "mm": "mp", "ng": "nk", "ll": "lt", "rr": "rt", "hd": "ht"}
_STRONGER_SINGLE: Final = {"k": "kk", "p": "pp", "t": "tt", "d": "t", "v": "p"}


def weak(stem: str, *, single: bool) -> str:
    """``stem`` (ending in a vowel) in the weak grade: pekka → peka, lahti → lahdi, aalto → aallo, kurke → kurje.

    ``single``: lone stops change too (mäke → mäe); young first names keep theirs (Mikan, Nikon).
    """
    return _changed(stem, _WEAKER, _WEAKER_SINGLE if single else {})


def strong(stem: str) -> str:
    """``stem`` (ending in a vowel) in the strong grade: rinne → rinte, kanga → kanka, ahoka → ahokka."""
    return _changed(stem, _STRONGER, _STRONGER_SINGLE)


def _changed(stem: str, pairs: dict[str, str], singles: dict[str, str]) -> str:
    body, vowel = stem[:-1], stem[-1:]
    if len(body) < 2 or vowel not in VOWELS:
        return stem
    if body[-2:] in pairs:
        return body[:-2] + pairs[body[-2:]] + vowel
    if body[-1] in singles and body[-2] in VOWELS:
        return body[:-1] + singles[body[-1]] + vowel
    return stem
