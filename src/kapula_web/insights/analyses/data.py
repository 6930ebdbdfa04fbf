"""What the organisation's data holds, as a page's choices need it: questions, questionnaires, groups, operational series, accounts.

Everything is counted once for each version of the data. Staff's answers are never mixed into customers': each count is of one
perspective.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from kapula_web.insights.analyses.addresses import address, filters
from kapula_web.insights.analyses.answers import CUSTOMER, Answered, asked_with, questions, remembered, row_of, rows
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.groups import Group, divisions, sources, values

__all__ = [
    "CUSTOMER",
    "Answered",
    "Group",
    "accounts",
    "address",
    "asked_with",
    "divisions",
    "filters",
    "questions",
    "rows",
    "sources",
    "stretch",
    "values",
]


def stretch(data: Data, perspective: str = CUSTOMER) -> tuple[date, date] | None:
    """The first and the last day there are responses for."""

    def ends() -> dict[str, Any]:
        table = rows(data, perspective)
        return row_of(table.aggregate(first=table.occurred_on.min(), last=table.occurred_on.max()))

    row = remembered(data, ("stretch", perspective), ends)
    return (row["first"], row["last"]) if row["first"] is not None else None


def accounts(data: Data, perspective: str = CUSTOMER) -> tuple[int, int]:
    """How many accounts have answered, and of how many at least two people have."""

    def count() -> dict[str, Any]:
        table = rows(data, perspective)
        people = table.filter(table.account.notnull()).group_by("account").aggregate(n=lambda t: t.customer.nunique())
        return row_of(people.aggregate(every=people.count(), several=(people.n > 1).sum()))

    row = remembered(data, ("accounts", perspective), count)
    return int(row["every"] or 0), int(row["several"] or 0)
