"""What an analysis page is: a question, the data it asks, the choices a person has, and how the answer is told.

A page is a package ``insights/analyses/<name>/`` whose ``__init__`` says ``register(<Name>Page())``. The frame does everything
else: the address, the form, the cache by the data's version, the run in the background with progress and cancelling, the states
"no data", "not enough", "running" and "failed", the downloads and the hub of questions.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses.asked import Asked, Chosen, Data, Report
from kapula_web.insights.analyses.shown import Linked, Part, Picture, Shown, Table
from kapula_web.kit.codes import Text

__all__ = ["AnalysisPage", "Asked", "Chosen", "Data", "Linked", "Part", "Picture", "Report", "Shown", "Table"]


class AnalysisPage(ABC):
    """``name``: the library's analysis, and the page's address. ``question``: the page's name as a question ("Mikä vaikuttaa?").
    ``promise``: one line on what it answers. ``needs``: what data it takes, for the empty state. ``order``: its place in the hub.

    ``counted``: what ``n`` and ``needed_n`` count, in the partitive plural ("Vielä ei voi sanoa: vastauksia on 41, tarvitaan noin 180").
    ``outcome``: the field that takes the column of a question ("answer_nps"), where there is one: measures then link to the page.
    ``association``: the page tells of association, so the frame says that it is no effect. ``revision``: raised when the page asks its
    question in another way, so that kept answers are asked anew."""

    name: ClassVar[str]
    question: ClassVar[Text]
    promise: ClassVar[Text]
    needs: ClassVar[Sequence[Text]]
    order: ClassVar[int]
    counted: ClassVar[Text] = _("vastauksia")
    outcome: ClassVar[str] = ""
    association: ClassVar[bool] = True
    revision: ClassVar[int] = 1

    @abstractmethod
    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        """The choices (bound when ``given`` is not None). Its labels are questions people ask; every field has a usual value."""

    @abstractmethod
    def usual(self, data: Data) -> Chosen | None:
        """What is asked when nothing was chosen; None when the data holds nothing for this page (the empty state is shown)."""

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        """What is asked when only ``given`` was chosen (an address such as ``?outcome=answer_csat``): field → text or list of texts."""
        return self.usual(data)

    @abstractmethod
    def ask(self, data: Data, chosen: Chosen) -> Asked:
        """The library's question. Raises :class:`kapula.errors.KapulaError` for a choice the data cannot answer."""

    @abstractmethod
    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        """The answer told. ``found``: the result's ``to_dict()``. "not_enough" is told by the frame, from ``n`` and ``needed_n``."""

    def lacks(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> str:
        """What the answer waits for when it is not more of what ``n`` counts; empty when it is."""
        return ""

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Sequence[str]:
        """What a person can do when there is too little data; the frame's own advice when empty."""
        return ()

    def run(self, data: Data, chosen: Chosen, report: Report) -> dict[str, Any]:
        """Ask the library and give its ``to_dict()``. A page that is not of ``kapula.analyses`` runs its own."""
        from kapula.analyses.registry import get

        asked = self.ask(data, chosen)
        found: dict[str, Any] = get(self.name).run(asked.table, **asked.keywords, progress=report).to_dict()
        return found
