"""What a word may be, as flags that are added up: "lahti" is SURNAME | PLACE, "toivo" GIVEN | WORD_FI."""

from __future__ import annotations

from typing import Final

GIVEN: Final = 1
SURNAME: Final = 2
BASE: Final = 4
"""The word is the name's own form, not an inflected one."""
PLACE: Final = 8
BRAND: Final = 16
"""Also a company's, product's or work's name."""
WORD_FI: Final = 32
WORD_SV: Final = 64
WORD_EN: Final = 128
"""Also a word of running text in that language."""
GENITIVE: Final = 256
"""The name with the Swedish or English -s."""

NAME: Final = GIVEN | SURNAME
WORDS: Final = {"fi": WORD_FI, "sv": WORD_SV, "en": WORD_EN}
ANY_WORD: Final = WORD_FI | WORD_SV | WORD_EN


def word_of(language: str) -> int:
    """The flag of words of ``language``; of any language where it is another or not known."""
    return WORDS.get(language, ANY_WORD)
