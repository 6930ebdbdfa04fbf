"""Data to a sample: read into memory when it fits, else summed where it is."""

from __future__ import annotations

from sys import float_info
from typing import Any, Final

from kapula.analyses.columns import checked, read
from kapula.analyses.drivers.in_memory import in_memory
from kapula.analyses.drivers.question import Question
from kapula.analyses.drivers.request_checks import refused
from kapula.analyses.drivers.sample import Sample
from kapula.measures.engine.periods import filtered
from kapula.tables import as_table, fetch

IN_MEMORY: Final = 40_000_000
"""Numbers that are read into memory (320 MB); what is larger is summed in the engine and streamed for its resamples."""


def gather(table: Any, asked: Question, filters: Any) -> Sample:
    """Reads what fits in memory; sums in the engine what does not (methods that need the rows refuse it)."""
    names = (*asked.columns, asked.outcome)
    others = (asked.cluster,) if asked.cluster and asked.cluster not in names else ()
    table = filtered(as_table(table), filters)
    for player in asked.players:
        if player.name in table.columns and player.name not in player.columns:
            told = f"{player.name!r} is a column and the name of a group without it."
            raise refused("groups", told, "Give the group another name.", player.name)
    height = int(fetch(table.aggregate(rows=table.count()))["rows"][0].as_py())
    if height * (len(names) + 2) <= IN_MEMORY:
        return in_memory(read(table, names, others=others, weight=asked.weight, largest=float_info.max), asked)
    if asked.method in ("shapley_logit", "penalty_reward") or asked.missing == "impute":
        told = asked.method if asked.missing == "listwise" else "missing='impute'"
        raise refused(
            "method",
            f"{told} needs the rows in memory, and there are {height}.",
            "Filter or sample the rows, or use lmg.",
            height,
        )
    from kapula.analyses.drivers.engine import summed

    return summed(
        checked(table, names, others=others, weight=asked.weight, largest=float_info.max), names, asked, height
    )
