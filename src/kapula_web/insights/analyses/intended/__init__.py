"""Oliko kokemus se, jota tavoittelimme? Which share of experiences is what the organisation aims at."""

from __future__ import annotations

from kapula_web.insights.analyses.intended.page import IntendedPage
from kapula_web.insights.analyses.registry import register

register(IntendedPage())
