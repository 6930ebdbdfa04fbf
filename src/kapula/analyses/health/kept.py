"""What the inventory tells by itself: scattered measures, refused rows, changes, and what nobody opens or owns."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import combinations
from typing import Final

from kapula.analyses.health.inventory import Inventory, Item, words_of
from kapula.analyses.health.results import Finding
from kapula.statistics.intervals import wilson
from kapula.statistics.laws import normal_quantile

SURE: Final = float(normal_quantile(0.975))
REFUSED: Final = 0.01
ALIKE: Final = 0.8
RECENT_DAYS: Final = 365


def scattered(inventory: Inventory) -> tuple[list[Finding], int]:
    """Questions of one measure on different scales, or two questions in near-equal words."""
    items = inventory.of("question")
    made = []
    for measure in sorted({item.measure for item in items if item.measure}):
        same = [item for item in items if item.measure == measure]
        scales = sorted({(item.low, item.high) for item in same if item.low is not None and item.high is not None})
        if len(same) > 1:
            evidence = {"questions": len(same), "scales": len(scales), "measure": measure}
            severity = "medium" if len(scales) > 1 else "low"
            others = tuple(item.code for item in same[1:])
            made.append(Finding("scattered", "question", same[0].code, evidence, severity, "merge", others=others))
    told = {one.code for one in made} | {other for one in made for other in one.others}
    for one, two in combinations(items, 2):
        alike = _alike(one, two)
        if alike >= ALIKE and not {one.code, two.code} <= told:
            evidence = {"questions": 2, "words_alike": alike}
            made.append(Finding("scattered", "question", one.code, evidence, "low", "merge", others=(two.code,)))
    return made, len(items)


def _alike(one: Item, two: Item) -> float:
    """Jaccard's share of words in common; 0 where a wording is not known or has under three words."""
    if not one.wording or not two.wording:
        return 0.0
    first, second = words_of(one.wording), words_of(two.wording)
    return len(first & second) / len(first | second) if min(len(first), len(second)) >= 3 else 0.0


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


def never_opened(inventory: Inventory, as_of: date, days: int, log_since: date | None) -> tuple[list[Finding], int]:
    """Measures nobody opened in so many days, once the log of openings and the measure itself are that old."""
    if "last_opened" not in inventory.given:
        return [], 0
    made, judged = [], 0
    for item in inventory.of("measure"):
        start = max((day for day in (item.created, log_since) if day), default=None)
        seen = item.last_opened or start
        if seen is None or start is None or (as_of - start).days < days:
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
