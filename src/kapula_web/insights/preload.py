"""What the first chart needs and takes long to import, imported while the server is still idle."""

from __future__ import annotations

import threading
from importlib import import_module
from typing import Final

from kapula.charts.theme import SCHEMA

SLOW: Final = ("scipy.stats", "ruptures", "vl_convert")
"""Together 1–3 s on two cores when the disk is cold."""


FIRST: Final = {"$schema": SCHEMA, "data": {"values": [{"x": 1}]}, "mark": "point"}
"""Drawn once, as the first drawing starts the drawing program (1.2 s measured, the next ones 0.2 s)."""


def preload() -> threading.Thread:
    """Begin importing in a thread of its own; the server answers meanwhile."""
    thread = threading.Thread(target=_import_all, name="preload", daemon=True)
    thread.start()
    return thread


def _import_all() -> None:
    for name in SLOW:
        import_module(name)
    import vl_convert

    vl_convert.vegalite_to_svg(FIRST)
