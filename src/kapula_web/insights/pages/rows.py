"""The answers behind a figure, latest first, a page at a time. Who answered stays out: the customer's code is not shown."""

from __future__ import annotations

from typing import Any, Final

from django.core.paginator import Paginator
from django.utils.translation import gettext

from kapula.tables import fetch
from kapula_web.accounts.models import Membership, Role
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.words.labels import Names
from kapula_web.kit import dates, figures
from kapula_web.ledger.models import Response

PER_PAGE: Final = 50
SHOWN: Final = ("touchpoint", "team", "segment", "channel", "language")


class AnswerPages:
    """Rows as a paginator wants them: a count and slices, each one query."""

    def __init__(self, reading: Reading, membership: Membership) -> None:
        table = reading.desk.rows(reading.recipe, reading.stretch, reading.view.filters)
        table = table.filter(table["perspective"] != Response.Perspective.EMPLOYEE)  # staff answered anonymously
        if membership.role == Role.TEAM_LEAD:
            table = table.filter(table["team"].isin([team.code for team in membership.teams.all()]))
        answered = table.filter(*(table[name].notnull() for name in reading.recipe.columns))
        self.time = reading.recipe.kind.time
        wanted = ("id", self.time, *reading.recipe.columns, *SHOWN)
        self.table = answered.select(*(name for name in wanted if name in answered.columns))

    def count(self) -> int:
        return int(fetch(self.table.aggregate(n=self.table.count()))["n"][0].as_py())

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, part: slice) -> list[dict[str, Any]]:
        ordered = self.table.order_by(self.table[self.time].desc(), self.table["id"].desc())
        rows: list[dict[str, Any]] = fetch(ordered.limit(part.stop - part.start, offset=part.start)).to_pylist()
        return rows


def rows_context(reading: Reading, number: str, membership: Membership) -> dict[str, Any]:
    """A team lead sees the answers of their own teams only; analysts and owners see all. Staff's answers are never shown."""
    names = Names.of(membership.organisation)
    answers = AnswerPages(reading, membership)
    page: Any = Paginator(answers, PER_PAGE).get_page(number)  # type: ignore[arg-type]
    head = [(gettext("Päivä"), ""), *((names.dimension(name), "") for name in SHOWN)]
    head += [(name.removeprefix("answer_"), "r") for name in reading.recipe.columns]
    return {
        "reading": reading,
        "measure": reading.measure,
        "page": page,
        "count": figures.number(page.paginator.count),
        "query": reading.view.query(),
        "table": {
            "head": head,
            "rows": [_row(reading, row, names) for row in page.object_list],
            "caption": gettext("Vastaukset"),
        },
    }


def _row(reading: Reading, row: dict[str, Any], names: Names) -> list[str]:
    cells = [dates.date(row[reading.recipe.kind.time])]
    cells += [names.value(name, row.get(name)) for name in SHOWN]
    return cells + [figures.number(row[name]) for name in reading.recipe.columns]
