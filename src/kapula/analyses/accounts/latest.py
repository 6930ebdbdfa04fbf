"""When an account was last heard, and the stage its contacts told then."""

from __future__ import annotations

from datetime import date
from typing import Any

from kapula.analyses.accounts.ledger import Ledger


def stages_told(ledger: Ledger) -> dict[int, Any]:
    """The stage told with the latest answer of each account."""
    found: dict[int, tuple[int, Any]] = {}
    for side in (ledger.before, ledger.now):
        for code, day, stage in zip(side.account, side.day, side.stage, strict=True):
            if stage is not None and day >= found.get(int(code), (-2, None))[0]:
                found[int(code)] = (int(day), stage)
    return {code: stage for code, (_, stage) in found.items()}


def last_days(ledger: Ledger) -> dict[int, str]:
    """Account code → the ISO day of its latest answer."""
    found: dict[int, int] = {}
    for side in (ledger.before, ledger.now):
        for code, day in zip(side.account, side.day, strict=True):
            found[int(code)] = max(int(day), found.get(int(code), -1))
    return {code: date.fromordinal(day).isoformat() for code, day in found.items() if day > 0}
