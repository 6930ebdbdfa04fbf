"""What is asked of the library: the measure, the drivers, and the same as a command."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kapula import measures
from kapula.measures.families import family
from kapula.schema import ANSWER_PREFIX
from kapula.tables import fetch
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.together import together
from kapula_web.ledger.models import Question

MOST_DRIVERS = 8
MOST_TRIED = 12
LEAST_TOGETHER = 120


def measure_of(data: Data, column: str) -> str:
    """The question's own way of counting where it adds up, else the mean."""
    code = column.removeprefix(ANSWER_PREFIX)
    name = Question.objects.filter(organisation=data.organisation, code=code).values_list("measure", flat=True).first()
    if name in measures.names():
        known = measures.get(str(name))
        if len(known.roles) == 1 and family(known.family).mergeable:
            return str(name)
    return "mean"


def weight_of(data: Data, column: str, start: Any, end: Any) -> str | None:
    """The sampling weights, where every answer to the question in the stretch has one and they differ."""
    table = held.rows(data, start=start, end=end)
    if "weight" not in table.columns:
        return None
    table = table.filter(table[column].notnull())
    ask = table.aggregate(rows=table.count(), n=table.weight.count(), low=table.weight.min(), high=table.weight.max())
    (row,) = data.desk.remember(("decompose", "weights", column, start, end), lambda: fetch(ask).to_pylist())
    return "weight" if row["n"] and row["n"] == row["rows"] and row["low"] != row["high"] else None


def drivers_of(data: Data, column: str) -> list[str]:
    others = [one.column for one in held.asked_with(data, column, least=LEAST_TOGETHER)]
    return together(data, column, others[:MOST_TRIED], least=LEAST_TOGETHER)[:MOST_DRIVERS]


def command_of(data: Data, keywords: Mapping[str, Any], start: Any, end: Any) -> tuple[str, ...]:
    plain = [
        word
        for name in ("measure", "column", "segment", "time", "cluster", "weight", "channel", "language")
        if keywords.get(name)
        for word in (f"--{name}", keywords[name])
    ]
    more = ["--drivers", ",".join(keywords["drivers"])] if keywords["drivers"] else []
    more += ["--reworded", *keywords["reworded"]] if keywords["reworded"] else []
    return (
        "decompose", held.address(data, "responses", start, end), *plain, "--from", keywords["first"], "--to", keywords["second"],
        "--off-scale", "set-aside", "--minimum-n", str(keywords["minimum_n"]), *more, *held.filters(),
    )  # fmt: skip
