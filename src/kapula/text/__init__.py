"""Understanding what customers write, as they wrote it: Finnish, Swedish and English.

>>> from kapula import text
>>> text.analyse(["Jonotin tunnin, mutta asia hoitui."]).to_pylist()  # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kapula.text.codebook import Codebook
    from kapula.text.codebook.teach import teach
    from kapula.text.reading import analyse, embed, read, stream, version

_PUBLIC = {
    "Codebook": "kapula.text.codebook",
    "analyse": "kapula.text.reading",
    "embed": "kapula.text.reading",
    "read": "kapula.text.reading",
    "stream": "kapula.text.reading",
    "teach": "kapula.text.codebook.teach",
    "version": "kapula.text.reading",
}

__all__ = ["Codebook", "analyse", "embed", "read", "stream", "teach", "version"]


def __getattr__(name: str) -> Any:
    """Read from its module when first asked for: the networks' libraries cost a second to import."""
    if name not in _PUBLIC:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_PUBLIC[name]), name)
