"""A small analysis with its page, so that the frame can be tried without waiting for a real one: the mean of a question.

The library's part takes a table with one column of figures; the page asks it of the organisation's answers. Thirty answers are
needed. ``orders``: what the next runs do in the middle of their work, the last first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
from django import forms
from insights_data import answers

from kapula.analyses import registry as library
from kapula.analyses.columns import read
from kapula.analyses.contract import Analysis, Example, Progress, no_progress
from kapula.errors import UnknownColumnError
from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses import registry
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Part, Picture, Shown, Table
from kapula_web.insights.analyses.questions import Question, data_of
from kapula_web.insights.analyses.runs import ask
from kapula_web.insights.pages.overview import has_data
from kapula_web.jobs import services as jobs

NAME = "double"
NEEDED = 30
orders: list[Callable[[], None]] = []


@dataclass(frozen=True)
class Mean:
    verdict: str
    n: int
    needed_n: int | None
    mean: float | None
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        told = {"verdict": self.verdict, "n": self.n, "needed_n": self.needed_n, "mean": self.mean}
        return told | {"warnings": list(self.warnings), "method": {"needed": NEEDED}}


def mean(table: Any, column: str, *, progress: Progress = no_progress) -> Mean:
    progress(1, 2)
    if orders:
        orders.pop()()
    figures = read(table, [column])
    known = figures.figures[figures.complete]
    if len(known) < NEEDED:
        return Mean("not_enough", len(known), NEEDED, None)
    progress(2, 2)
    return Mean("known", len(known), None, float(known.mean()))


def refuse() -> None:
    raise UnknownColumnError("No.", hint="Another.", column="answer_nps", columns=[], suggestion="answer_csat")


def break_down() -> None:
    raise RuntimeError("broken on purpose")


def example() -> Example:
    table = pa.table({"score": [float(score % 11) for score in range(60)]})
    return Example(table, {"column": "score"}, ("--column", "score"), figures=("column",))


class Choices(forms.Form):
    column = forms.ChoiceField(label="Mikä kysymys?")
    places = forms.MultipleChoiceField(label="Missä?", required=False, widget=forms.CheckboxSelectMultiple)
    whole = forms.BooleanField(label="Kaikki vastaukset", required=False)


class Double(AnalysisPage):
    name = NAME
    question = "Mikä on keskiarvo?"
    promise = "Kertoo kysymyksen keskiarvon."
    needs = ("yksi kysymys, johon on vastattu",)
    order = 999
    outcome = "column"

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = Choices(given)
        form.fields["column"].choices = [("answer_nps", "Suosittelu")]
        form.fields["places"].choices = [("phone", "Puhelin"), ("chat", "Chat"), ("invoice", "Lasku")]
        return form

    def usual(self, data: Data) -> Chosen | None:
        if "answer_nps" not in data.desk.snapshot.table("responses").columns:
            return None
        return {"column": "answer_nps", "places": ["phone", "chat"], "whole": True}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        table = data.desk.snapshot.table("responses")
        table = table.filter(table.touchpoint.isin(list(chosen["places"])))
        command = ("double", "organisation://aurinko/responses", "--column", "answer_nps")
        return Asked(table, {"column": chosen["column"]}, command, told="Vain valitut paikat.")

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        table = Table(
            "Keskiarvot", [("Kysymys", ""), ("Keskiarvo", "r")], [["Suosittelu", "7"]], [["=nps", found["mean"]]]
        )
        picture = Picture("mean", "Suosittelu on 7", "Kaikki vastaukset", "Pylväs ulottuu seitsemään.", spec, table)
        return Shown(
            f"Keskiarvo on {found['mean']:.1f}.",
            f"n = {found['n']}",
            parts=[Part(picture=picture), Part(heading="Luvut", words="Taulukko.", table=table)],
            method=[("Menetelmä", "aritmeettinen keskiarvo")],
            links=[("Avaa mittaristo", "/o/aurinko/model/")],
        )


def spec(*, width: int, height: int, scheme: str) -> dict[str, Any]:
    values = [{"x": "a", "y": 7}]
    encoding = {"x": {"field": "x", "type": "nominal"}, "y": {"field": "y", "type": "quantitative"}}
    return {"width": width, "height": height, "data": {"values": values}, "mark": "bar", "encoding": encoding}


def registered() -> AnalysisPage:
    """The double, known to the library and to the pages from here on."""
    if NAME not in library.names():
        library.register(
            Analysis(NAME, mean, example, {"known": "The mean.", "not_enough": "Too few answers."}, source="arithmetic")
        )
    if NAME not in {page.name for page in registry.pages()}:
        registry.register(Double())
    return registry.page_of(NAME)


def asked(organisation: Organisation) -> Question:
    """The double's usual question of planted answers, not yet answered."""
    page = registered()
    if not has_data(organisation):
        answers(organisation, weeks=1)
    data = data_of(organisation)
    usual = page.usual(data)
    assert usual is not None
    return Question(page, data, usual)


def answered(organisation: Organisation) -> Question:
    """The same with its answer."""
    question = asked(organisation)
    ask(question, None)
    jobs.run_due()
    return question
