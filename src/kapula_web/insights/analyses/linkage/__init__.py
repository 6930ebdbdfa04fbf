"""Does the staff's experience show in the customers'?"""

from __future__ import annotations

from kapula_web.insights.analyses.linkage.page import LinkagePage
from kapula_web.insights.analyses.registry import register

register(LinkagePage())
