"""The one door to the library's reading of comments. The model takes memory and seconds to load: pages open the door only when a person
asks to see how comments would be read."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import lru_cache
from typing import Any, Final, Protocol

from kapula.text.codebook import Codebook, Head

NICE: Final = 10
_GIVEN: Final = "2"
"""Of the version: rises when comments are given to the library otherwise, and then all are read again. 2: without what is covered."""


class Library(Protocol):
    """What the product needs of :mod:`kapula.text`."""

    def version(self, codebook: Codebook) -> str:
        """Changes when any label could: with the model, the rules of personal data, and what can change a label in the codebook."""

    def embedding_version(self) -> str:
        """Changes with the model, and with what of a comment is given to it; not with the codebook."""

    def analyse(self, texts: Sequence[str], codebook: Codebook) -> Any:
        """An Arrow table of kapula.text.contract, a row a text."""

    def embed(self, texts: Sequence[str]) -> Any:
        """Unit vectors, float32 (n, 384)."""

    def read(self, texts: Sequence[str], codebook: Codebook) -> tuple[Any, Any]:
        """Both of these, for the price of one reading."""

    def teach(self, codebook: Codebook, code: str, texts: Sequence[str], there: Sequence[bool]) -> Head:
        """What a theme learns from comments that speak of it and comments that do not."""


class Installed:
    """The library as it is installed. Nothing heavy is imported before it is asked."""

    def version(self, codebook: Codebook) -> str:
        from kapula.text.reading import version

        return f"{_GIVEN}-{version(codebook)}"

    def embedding_version(self) -> str:
        return self.version(Codebook(()))

    def analyse(self, texts: Sequence[str], codebook: Codebook) -> Any:
        from kapula.text.reading import analyse

        return analyse(texts, codebook)

    def embed(self, texts: Sequence[str]) -> Any:
        from kapula.text.reading import embed

        return embed(texts)

    def read(self, texts: Sequence[str], codebook: Codebook) -> tuple[Any, Any]:
        from kapula.text.reading import read

        return read(texts, codebook)

    def teach(self, codebook: Codebook, code: str, texts: Sequence[str], there: Sequence[bool]) -> Head:
        from kapula.text.codebook.teach import teach

        return teach(codebook, texts, {code: list(there)}).heads[code]


class Behind(Installed):
    """The same for background work: read in a thread that gives way to everything else the machine does, pages first of all."""

    def analyse(self, texts: Sequence[str], codebook: Codebook) -> Any:
        return _thread().submit(super().analyse, texts, codebook).result()

    def embed(self, texts: Sequence[str]) -> Any:
        return _thread().submit(super().embed, texts).result()

    def read(self, texts: Sequence[str], codebook: Codebook) -> tuple[Any, Any]:
        return _thread().submit(super().read, texts, codebook).result()


@lru_cache(maxsize=1)
def _thread() -> ThreadPoolExecutor:
    return ThreadPoolExecutor(1, thread_name_prefix="reading", initializer=_give_way)


def _give_way() -> None:
    """Lower this thread's priority, and with it that of the threads it starts; where the system has no such thing, nothing."""
    with suppress(AttributeError, OSError):
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICE)


_installed, _behind = Installed(), Behind()


def library() -> Library:
    """For a person who waits for it."""
    return _installed


def library_behind() -> Library:
    """For background work."""
    return _behind
