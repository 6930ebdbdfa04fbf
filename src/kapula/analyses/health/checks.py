"""Every check in its turn: what the answers tell, and what the inventory tells."""

from __future__ import annotations

from datetime import date
from typing import Final

from ibis.expr import types as ir

from kapula.analyses.contract import Progress
from kapula.analyses.health import kept, opened, sources, twins
from kapula.analyses.health import questions as asking
from kapula.analyses.health.asked import asked as counted
from kapula.analyses.health.columns import DAY, MONTH, Asked
from kapula.analyses.health.correlation import correlations, related
from kapula.analyses.health.days import seen
from kapula.analyses.health.freshness import stale
from kapula.analyses.health.generic import generic
from kapula.analyses.health.inventory import Inventory
from kapula.analyses.health.scattered import scattered
from kapula.analyses.health.verdict import Part

STEPS: Final = 8


def of_rows(
    rows: ir.Table, asked: Asked, inventory: Inventory, day: date | None, level: float, progress: Progress
) -> list[Part]:
    """What the answers themselves tell."""
    places = [name for name in asked.divisions if name in ("touchpoint", "team")]
    groups = list(
        dict.fromkeys([*([asked.source] if asked.source else []), *(name for name in places if name == "touchpoint")])
    )
    dated = DAY if asked.time else None
    found = counted(rows, asked.questions, groups, dated)
    progress(1, STEPS)
    pairs = correlations(rows, asked.questions)
    progress(3, STEPS)
    divisions = [*asked.divisions, *([MONTH] if asked.time else [])]
    parts: list[Part] = [
        ("unanswered", asking.unanswered(found, inventory)),
        ("off_scale", asking.off_scale(found, rows, inventory)),
        ("constant", asking.constant(found)),
        ("generic", generic(rows, found, divisions, related(pairs, level), level)),
    ]
    progress(5, STEPS)
    keys = [name for name in (asked.time, *places) if name]
    parts += [
        ("generic", sources.lonely(rows, asked.questions, asked.source, asked.divisions, inventory)),
        ("duplicated", twins.questions(pairs, level)),
        ("duplicated", twins.rows(rows, asked.questions, keys, asked.person, asked.source)),
    ]
    progress(6, STEPS)
    if day is not None and dated:
        parts.append(("stale", stale(seen(rows, asked), day, level)))
        parts.append(("identity", sources.anonymous(rows, asked.person, asked.source, dated, day, level)))
    progress(7, STEPS)
    return parts


def of_inventory(inventory: Inventory, day: date | None, unopened_days: int, log_since: date | None) -> list[Part]:
    """What the organisation's own list tells."""
    parts: list[Part] = [
        ("scattered", scattered(inventory)),
        ("identity", kept.refused(inventory)),
        ("no_owner", opened.no_owner(inventory)),
    ]
    if day is not None:
        parts.append(("break", kept.broken(inventory, day)))
        parts.append(("never_opened", opened.never_opened(inventory, day, unopened_days, log_since)))
    return parts
