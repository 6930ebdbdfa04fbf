"""Voikko, the open morphology of Finnish, where its library and dictionary are installed on the machine (Debian: libvoikko1, voikko-fi).

Kapula neither ships nor needs it (libvoikko is MPL 1.1, LGPL 2.1 or GPL 2, at the user's choice; the dictionary GPL 2): it is asked through
its C interface when it is there.
"""

from __future__ import annotations

import ctypes
import ctypes.util
import threading
from functools import cache, lru_cache
from typing import Any, Final

LONGEST: Final = 60
"""Voikko's work grows fast with the length of a compound; no word people write is longer."""

Analysis = dict[str, str]


@cache
def is_installed() -> bool:
    """Whether Finnish words can be asked about."""
    return _library() is not None


@lru_cache(maxsize=50_000)
def analyses(word: str) -> tuple[Analysis, ...]:
    """Every reading of a word, Voikko's own keys: BASEFORM, CLASS, WORDBASES, SIJAMUOTO … Empty when it knows none, or is not installed."""
    voice = _library()
    if voice is None or not word or len(word) > LONGEST or "\0" in word:
        return ()
    with _LOCK:
        return voice.analyses(word)


_LOCK: Final = threading.Lock()  # one handle, which takes one question at a time


class _Library:
    """libvoikko with a Finnish dictionary open. Raises OSError when there is none."""

    def __init__(self) -> None:
        self._call = call = ctypes.CDLL(ctypes.util.find_library("voikko") or "libvoikko.so.1")
        text, handle, texts = ctypes.c_char_p, ctypes.c_void_p, ctypes.POINTER(ctypes.c_char_p)
        call.voikkoInit.restype, call.voikkoInit.argtypes = handle, [texts, text, text]
        call.voikkoAnalyzeWordCstr.restype = ctypes.POINTER(ctypes.c_void_p)
        call.voikkoAnalyzeWordCstr.argtypes = [handle, text]
        call.voikko_free_mor_analysis.argtypes = [ctypes.POINTER(ctypes.c_void_p)]
        call.voikko_mor_analysis_keys.restype, call.voikko_mor_analysis_keys.argtypes = texts, [handle]
        call.voikko_mor_analysis_value_cstr.restype = handle
        call.voikko_mor_analysis_value_cstr.argtypes = [handle, text]
        call.voikko_free_mor_analysis_value_cstr.argtypes = [handle]
        reason = ctypes.c_char_p()
        self._handle = call.voikkoInit(ctypes.byref(reason), b"fi", None)
        if not self._handle:
            raise OSError((reason.value or b"no dictionary").decode())

    def analyses(self, word: str) -> tuple[Analysis, ...]:
        found = self._call.voikkoAnalyzeWordCstr(self._handle, word.encode("utf-8", "ignore"))
        if not found:
            return ()
        try:
            return tuple(self._read(one) for one in _until_none(found))
        finally:
            self._call.voikko_free_mor_analysis(found)

    def _read(self, one: int) -> Analysis:
        keys = self._call.voikko_mor_analysis_keys(one)
        return {key.decode(): self._value(one, key) for key in _until_none(keys)}

    def _value(self, one: int, key: bytes) -> str:
        held = self._call.voikko_mor_analysis_value_cstr(one, key)
        try:
            return (ctypes.string_at(held) if held else b"").decode()
        finally:
            self._call.voikko_free_mor_analysis_value_cstr(held)


def _until_none(array: Any) -> list[Any]:
    """What a C array holds before its null."""
    found: list[Any] = []
    while array[len(found)]:
        found.append(array[len(found)])
    return found


@cache
def _library() -> _Library | None:
    try:
        return _Library()
    except (OSError, AttributeError):  # not installed, without a dictionary, or too old to have these questions
        return None
