"""Mitä voi jättää kysymättä? Which questions tell nothing that the others, or leading figures, do not."""

from __future__ import annotations

from kapula_web.insights.analyses.prune.page import PrunePage
from kapula_web.insights.analyses.registry import register

register(PrunePage())
