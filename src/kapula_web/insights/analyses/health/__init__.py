"""What is wrong with the data?"""

from __future__ import annotations

from kapula_web.insights.analyses.health.page import HealthPage
from kapula_web.insights.analyses.registry import register

register(HealthPage())
