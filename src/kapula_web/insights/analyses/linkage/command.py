"""The shell command that gives the same answer, where one table holds both sides."""

from __future__ import annotations

from collections.abc import Sequence

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Chosen, Data
from kapula_web.insights.analyses.data import Answered

STAFF = "employee"


def command(data: Data, chosen: Chosen, scale: tuple[float, float] | None) -> tuple[str, ...]:
    """One table holds both sides where neither side answers the other's question; else there is no command."""
    outcome, staff = str(chosen["outcome"]), str(chosen["staff"])
    if question_of(held.questions(data, STAFF), outcome) or question_of(held.questions(data), staff):
        return ()
    return (
        "linkage", held.address(data), "--unit", "team", "--time", "occurred_on", "--customer", outcome, "--staff", staff,
        "--touchpoint", "touchpoint", "--lags", f"0-{chosen['lag']}",
        *(("--staff-scale", f"{scale[0]:g}", f"{scale[1]:g}") if scale else ()),
        "--minimum-n", str(data.desk.minimum_n), *held.filters(), *held.filters(STAFF),
    )  # fmt: skip


def question_of(questions: Sequence[Answered], column: str) -> Answered | None:
    """The question whose answers are in a column."""
    return next((one for one in questions if one.column == column), None)
