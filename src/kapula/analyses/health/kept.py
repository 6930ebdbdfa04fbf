"""What the inventory tells of imports and changes: refused rows, and words or scales that changed."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from kapula.analyses.health.inventory import Inventory
from kapula.analyses.health.results import Finding
from kapula.statistics.intervals import wilson
from kapula.statistics.laws import normal_quantile

SURE: Final = float(normal_quantile(0.975))
REFUSED: Final = 0.01
RECENT_DAYS: Final = 365


def refused(inventory: Inventory) -> tuple[list[Finding], int]:
    """Sources of whose rows surely more than one in a hundred was refused."""
    judged = [item for item in inventory.of("source") if item.received is not None and item.rejected is not None]
    made = []
    for item in judged:
        assert item.received is not None
        assert item.rejected is not None
        total = item.received + item.rejected
        low, high = wilson(item.rejected / total, total, SURE) if total else (0.0, 1.0)
        if low > REFUSED:
            evidence = {"rejected": item.rejected, "n": total, "share": item.rejected / total, "low": low, "high": high}
            severity = "high" if low > 10 * REFUSED else "medium"
            made.append(Finding("identity", "source", item.code, evidence, severity, "fix_import"))
    return made, len(judged)


def broken(inventory: Inventory, as_of: date) -> tuple[list[Finding], int]:
    """Questions whose words or scale changed within a year: figures of now and then are still laid side by side."""
    if "changed" not in inventory.given:
        return [], 0
    items = inventory.of("question")
    made = [
        Finding(
            "break", "question", item.code, {"days_since": (as_of - item.changed).days}, "low", "compare_apart",
            item.changed.isoformat(),
        )
        for item in items
        if item.changed and timedelta(0) <= as_of - item.changed <= timedelta(days=RECENT_DAYS)
    ]  # fmt: skip
    return made, len(items)
