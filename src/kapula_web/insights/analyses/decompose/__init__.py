"""Why did it change, or why not?"""

from __future__ import annotations

from kapula_web.insights.analyses.decompose.page import DecomposePage
from kapula_web.insights.analyses.registry import register

register(DecomposePage())
