"""What the first chart needs and takes long to import, imported while the server is still idle."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import Final

SLOW: Final = ("scipy.stats", "ruptures", "vl_convert")
"""Together 1–3 s on two cores when the disk is cold."""


def preload() -> threading.Thread:
    """Begin importing in a thread of its own; the server answers meanwhile."""
    thread = threading.Thread(target=_import_all, name="preload", daemon=True)
    thread.start()
    return thread


def _import_all() -> None:
    for name in SLOW:
        import_module(name)
