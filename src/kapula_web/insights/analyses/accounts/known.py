"""What the data holds of accounts: their scores, their outcomes, and attributes called like a role or a stage."""

from __future__ import annotations

from datetime import date, timedelta

from kapula.schema import ATTRIBUTE_PREFIX
from kapula.tables import fetch
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.data import Answered

SIGNS = {"role": ("role", "rooli"), "stage": ("stage", "vaihe")}
LEAST = 30
YEAR = 365


def scores(data: Data) -> list[Answered]:
    """The questions that people of accounts have answered, the most answered first."""
    every = held.questions(data)
    table = held.rows(data)
    table = table.filter(table.account.notnull())
    columns = tuple(sorted(one.column for one in every))
    if not columns:
        return []
    ask = table.aggregate(**{name: table[name].count() for name in columns})
    counts = data.desk.remember(("held", "accounts", "answers", columns), lambda: fetch(ask).to_pylist()[0])
    found = [Answered(one.column, one.label, int(counts[one.column]), one.low, one.high) for one in every]
    return sorted((one for one in found if one.n >= LEAST), key=lambda one: -one.n)


def outcomes_stretch(data: Data) -> tuple[date, date] | None:
    """The last year of accounts' outcomes; None without any."""
    table = data.desk.snapshot.table("outcomes")
    ask = table.filter(table.account.notnull())
    last = data.desk.remember(
        ("held", "accounts", "outcomes"), lambda: fetch(ask.aggregate(last=ask.period.max()))["last"][0].as_py()
    )
    return None if last is None else (last - timedelta(days=YEAR - 1), last)


def attributes_of(data: Data) -> list[str]:
    """The columns of responses that are attributes of who answered."""
    return [one.code for one in held.divisions(data) if one.code.startswith(ATTRIBUTE_PREFIX)]


def like(data: Data, sign: str) -> str:
    """The attribute that is called like a role or a stage."""
    return next((name for name in attributes_of(data) if any(part in name.lower() for part in SIGNS[sign])), "")
