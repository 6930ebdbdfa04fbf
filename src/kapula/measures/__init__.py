"""Declared measures: one file each, registered once, held to one contract."""

from __future__ import annotations

from kapula.measures.contract import Measure, Scale
from kapula.measures.declare import declare, load
from kapula.measures.registry import aliases, get, names, register

__all__ = ["Measure", "Scale", "aliases", "declare", "get", "load", "names", "register"]
