"""Mikä ennakoi? What moves before a score, by how many weeks, and what to watch."""

from __future__ import annotations

from kapula_web.insights.analyses.leading.page import LeadingPage
from kapula_web.insights.analyses.registry import register

register(LeadingPage())
