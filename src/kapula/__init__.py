"""Kapula's analysis library: honest figures about customer experience, wherever the data is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kapula.measures.engine.run import measure as measure

_PUBLIC = {
    "measure": "kapula.measures.engine.run",
}

__all__ = ["measure"]


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that ``import kapula`` is quick."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'kapula' has no attribute {name!r}")
    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *_PUBLIC])
