"""Accounts (B2B): several contacts a firm, their roles and their disagreement, and which firms ask for attention."""

from __future__ import annotations

from kapula.analyses.accounts.example import example
from kapula.analyses.accounts.results import AccountsResult
from kapula.analyses.accounts.run import accounts
from kapula.analyses.contract import NOT_ENOUGH, Analysis
from kapula.analyses.registry import register

__all__ = ["AccountsResult", "accounts"]

register(
    Analysis(
        name="accounts",
        run=accounts,
        example=example,
        verdicts={
            "accounts_differ": "Accounts surely differ from each other more than the contacts of one account do.",
            "accounts_alike": "Accounts are not surely different: contacts' own differences explain what is seen.",
            NOT_ENOUGH: "Fewer than ten accounts with two contacts heard.",
        },
        source="Efron & Morris (1975); Morris & Tang (2011); Rao & Molina (2015); Smyth (2004); Kish (1965)",
    )
)
