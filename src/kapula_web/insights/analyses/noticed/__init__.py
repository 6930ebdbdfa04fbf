"""Onko asiakas huomannut? Registered as a page."""

from __future__ import annotations

from kapula_web.insights.analyses.noticed.page import NoticedPage
from kapula_web.insights.analyses.registry import register

register(NoticedPage())
