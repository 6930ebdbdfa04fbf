"""Which rules find personal data: what they find is kept with a comment, and is looked for again when they change."""

from __future__ import annotations

from typing import Final

from kapula.text.personal.names import voikko

RULES: Final = 1
"""Rises by one when a rule, a list or a pattern changes so that something else may be found (tests/library/test_personal_version.py tells
when one has changed)."""


def version() -> str:
    """Changes when the same text could hold other personal data: by the rules, or by Voikko's coming and going."""
    return f"{RULES}{'v' if voikko.installed() is not None else ''}"
