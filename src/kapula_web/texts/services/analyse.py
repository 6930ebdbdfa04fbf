"""The one door to the library's reading of comments. It is opened by background work only: the model takes memory and seconds to load."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from kapula.text.codebook import Codebook, Head


class Library(Protocol):
    """What the product needs of :mod:`kapula.text`."""

    def version(self, codebook: Codebook) -> str:
        """Changes when any label could: with the model, and with what can change a label in the codebook."""

    def embedding_version(self) -> str:
        """Changes with the model alone."""

    def analyse(self, texts: Sequence[str], codebook: Codebook) -> Any:
        """An Arrow table of kapula.text.contract, a row a text."""

    def embed(self, texts: Sequence[str]) -> Any:
        """Unit vectors, float32 (n, 384)."""

    def teach(self, codebook: Codebook, code: str, texts: Sequence[str], there: Sequence[bool]) -> Head:
        """What a theme learns from comments that speak of it and comments that do not."""


class Installed:
    """The library as it is installed. Nothing heavy is imported before it is asked."""

    def version(self, codebook: Codebook) -> str:
        from kapula.text.analyse import version

        return version(codebook)

    def embedding_version(self) -> str:
        return self.version(Codebook(()))

    def analyse(self, texts: Sequence[str], codebook: Codebook) -> Any:
        from kapula.text.analyse import analyse

        return analyse(texts, codebook)

    def embed(self, texts: Sequence[str]) -> Any:
        from kapula.text.analyse import embed

        return embed(texts)

    def teach(self, codebook: Codebook, code: str, texts: Sequence[str], there: Sequence[bool]) -> Head:
        from kapula.text.codebook.teach import teach

        return teach(codebook, texts, {code: list(there)}).heads[code]


_installed = Installed()


def library() -> Library:
    return _installed
