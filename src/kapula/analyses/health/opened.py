"""What nobody opens, and what nobody answers for."""

from __future__ import annotations

from datetime import date

from kapula.analyses.health.inventory import Inventory
from kapula.analyses.health.results import Finding


def never_opened(inventory: Inventory, as_of: date, days: int, log_since: date | None) -> tuple[list[Finding], int]:
    """Measures nobody opened in so many days, once the log of openings and the measure itself are that old. Where neither's age is told, a
    day of opening speaks for itself, and a measure without one is not judged."""
    if "last_opened" not in inventory.given:
        return [], 0
    made, judged = [], 0
    for item in inventory.of("measure"):
        start = max((day for day in (item.created, log_since) if day), default=None)
        seen = item.last_opened or start
        if seen is None or (start is not None and (as_of - start).days < days):
            continue
        judged += 1
        unopened = (as_of - seen).days
        if unopened >= days:
            evidence = {"days_unopened": unopened, "ever": item.last_opened is not None, "asked_days": days}
            severity = "medium" if item.last_opened is None else "low"
            since = seen.isoformat()
            made.append(Finding("never_opened", "measure", item.code, evidence, severity, "open_or_drop", since))
    return made, judged


def no_owner(inventory: Inventory) -> tuple[list[Finding], int]:
    """Measures nobody answers for."""
    items = inventory.of("measure") if "owner" in inventory.given else ()
    made = [Finding("no_owner", "measure", item.code, {}, "low", "name_owner") for item in items if not item.owner]
    return made, len(items)
