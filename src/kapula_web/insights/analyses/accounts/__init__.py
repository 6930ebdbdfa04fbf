"""How are the business customers?"""

from __future__ import annotations

from kapula_web.insights.analyses.accounts.page import AccountsPage
from kapula_web.insights.analyses.registry import register

register(AccountsPage())
