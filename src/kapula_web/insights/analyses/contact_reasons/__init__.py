"""Ihminen vai kone? Registered as a page."""

from __future__ import annotations

from kapula_web.insights.analyses.contact_reasons.page import ContactReasonsPage
from kapula_web.insights.analyses.registry import register

register(ContactReasonsPage())
