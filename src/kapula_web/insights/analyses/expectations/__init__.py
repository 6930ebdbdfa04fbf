"""Do expectations rise?"""

from __future__ import annotations

from kapula_web.insights.analyses.expectations.page import ExpectationsPage
from kapula_web.insights.analyses.registry import register

register(ExpectationsPage())
