"""Mitä jäi mieleen? Registered as a page."""

from __future__ import annotations

from kapula_web.insights.analyses.memory.page import MemoryPage
from kapula_web.insights.analyses.registry import register

register(MemoryPage())
