"""Voikko's knowledge of Finnish words, where it is installed: the library ``libvoikko`` and a Finnish dictionary.

It is called by its C interface (https://voikko.puimula.org/), so that no package is needed; without it, names are told by the
lists alone. A handle serves one thread at a time.
"""

from __future__ import annotations

import ctypes
import threading
from functools import cache, lru_cache
from typing import Final

from kapula.text.personal.names.kinds import BASE, GIVEN, PLACE, SURNAME, WORD_FI

_KINDS: Final = {"etunimi": GIVEN, "sukunimi": SURNAME, "paikannimi": PLACE}
_LOCK: Final = threading.Lock()
_LONGEST: Final = 60
_FILES: Final = ("libvoikko.so.1", "libvoikko.1.dylib", "libvoikko-1.dll")


class Voikko:
    """An open dictionary."""

    def __init__(self, library: ctypes.CDLL, handle: int) -> None:
        self._library, self._handle = library, handle

    def kinds(self, word: str) -> int:
        """What ``word`` (in small letters) may be, as flags of :mod:`kapula.text.personal.names.kinds`; 0 where Voikko does not know it."""
        found = 0
        with _LOCK:
            analyses = self._library.voikkoAnalyzeWordUcs4(self._handle, word)
            at = 0
            while analyses and analyses[at]:
                kind = _KINDS.get(self._value(analyses[at], b"CLASS"), WORD_FI)
                own = kind != WORD_FI and self._value(analyses[at], b"BASEFORM").lower() == word
                found |= kind | (BASE if own else 0)
                at += 1
            if analyses:
                self._library.voikko_free_mor_analysis(analyses)
        return found

    def _value(self, analysis: int, key: bytes) -> str:
        value = self._library.voikko_mor_analysis_value_cstr(analysis, key)
        if not value:
            return ""
        text = ctypes.string_at(value).decode("utf-8", "replace")
        self._library.voikko_free_mor_analysis_value_cstr(value)
        return text


@cache
def installed() -> Voikko | None:
    """The Finnish dictionary of this machine, or None."""
    library = next(filter(None, map(_opened, _FILES)), None)
    if library is None:
        return None
    error = ctypes.c_char_p()
    handle = library.voikkoInit(ctypes.byref(error), b"fi", None)
    return Voikko(library, handle) if handle and not error.value else None


@lru_cache(maxsize=16_384)
def kinds(word: str) -> int:
    """Flags of ``word`` by the machine's Voikko; 0 without one."""
    dictionary = installed()
    return 0 if dictionary is None or len(word) > _LONGEST or "\x00" in word else dictionary.kinds(word)


def _opened(name: str) -> ctypes.CDLL | None:
    try:
        return _declared(ctypes.CDLL(name))
    except (OSError, AttributeError):  # not there, or too old to have the calls
        return None


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    library.voikkoInit.restype = ctypes.c_void_p
    library.voikkoInit.argtypes = [ctypes.POINTER(ctypes.c_char_p), ctypes.c_char_p, ctypes.c_char_p]
    library.voikkoAnalyzeWordUcs4.restype = ctypes.POINTER(ctypes.c_void_p)
    library.voikkoAnalyzeWordUcs4.argtypes = [ctypes.c_void_p, ctypes.c_wchar_p]
    library.voikko_mor_analysis_value_cstr.restype = ctypes.c_void_p
    library.voikko_mor_analysis_value_cstr.argtypes = [ctypes.c_void_p, ctypes.c_char_p]
    library.voikko_free_mor_analysis_value_cstr.restype = None
    library.voikko_free_mor_analysis_value_cstr.argtypes = [ctypes.c_void_p]
    library.voikko_free_mor_analysis.restype = None
    library.voikko_free_mor_analysis.argtypes = [ctypes.POINTER(ctypes.c_void_p)]
    return library
