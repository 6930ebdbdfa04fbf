"""Mikä vaikuttaa? Which questions and operational figures go with a score, and how surely."""

from __future__ import annotations

from kapula_web.insights.analyses.drivers.page import DriversPage
from kapula_web.insights.analyses.registry import register

register(DriversPage())
