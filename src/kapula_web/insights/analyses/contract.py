"""What an analysis page is: a question, the data it asks, the choices a person has, and how the answer is told.

A page is a package ``insights/analyses/<name>/`` whose ``__init__`` says ``register(<Name>Page())``. The frame does everything
else: the address, the form, the cache by the data's version, the run in the background with progress and cancelling, the states
"no data", "not enough", "running" and "failed", the downloads and the hub of questions.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar, TypeVar

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import Organisation
from kapula_web.insights.figures.engine import Desk
from kapula_web.insights.words.labels import Names
from kapula_web.kit.codes import Text

Report = Callable[[int, int], None]
"""Told (done, total) by a run; it stops the run by raising."""

T = TypeVar("T")

Chosen = Mapping[str, Any]
"""What a person chose: plain JSON, as the form's ``cleaned_data`` with dates as ISO text. It is the cache's key and part of the address."""


@dataclass(frozen=True, slots=True)
class Data:
    """What a page may ask about: the organisation's data at one moment, and the names people have for its codes. ``memo``: what has been
    read of it already (see :meth:`once`)."""

    organisation: Organisation
    desk: Desk
    names: Names
    today: date
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Any, read: Callable[[], T]) -> T:
        """What ``read`` gives, read once for this look at the data in a language: names may change while the data does not."""
        place = (get_language(), key)
        if place not in self.memo:
            self.memo[place] = read()
        found: T = self.memo[place]
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """The library's question. ``table``: an Ibis table (joins included). ``keywords``: of ``kapula.<name>``. ``command``: the words of the
    shell command that gives the same, or empty when the table is a join that no file holds; then ``told`` says how it was joined."""

    table: Any
    keywords: Mapping[str, Any]
    command: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """``head``: (label, "r" for numbers or ""); ``rows``: texts as people read them; ``raw``: the same as numbers for downloads."""

    caption: str
    head: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
    raw: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """``code``: its name in addresses, of letters, digits and hyphens. ``spec(width=…, height=…, scheme=…)`` gives the Vega-Lite
    specification, without a title: the frame puts ``title`` and ``subtitle`` around it, or into it when the picture leaves the page.
    ``title`` says the finding, ``subtitle`` measure, period and n, ``summary`` the same in words for everyone. ``wide``, ``narrow``:
    (width, height) on the page and on a phone. ``live``: the specification has tooltips and may be drawn anew in the browser."""

    code: str
    title: str
    subtitle: str
    summary: str
    spec: Callable[..., dict[str, Any]]
    table: Table | None = None
    wide: tuple[int, int] = (1040, 340)
    narrow: tuple[int, int] = (360, 320)
    live: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the page after the answer: a heading, words, a picture or a table, or a template of the page's own with its context."""

    heading: str = ""
    words: str = ""
    picture: Picture | None = None
    table: Table | None = None
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """``answer``: one plain sentence with its uncertainty in it. ``evidence``: when, how many, how sure. ``notes``: what a reader must
    know, in words. ``method``: (term, text) of "Näin laskettiin"; the frame adds the data's version and the command. ``links``: (words,
    address) of where to go from here."""

    answer: str
    evidence: str
    parts: Sequence[Part] = ()
    notes: Sequence[str] = ()
    method: Sequence[tuple[str, str]] = ()
    links: Sequence[tuple[str, str]] = ()


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

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Sequence[str]:
        """What a person can do when there is too little data; the frame's own advice when empty."""
        return ()

    def run(self, data: Data, chosen: Chosen, report: Report) -> dict[str, Any]:
        """Ask the library and give its ``to_dict()``. A page that is not of ``kapula.analyses`` runs its own."""
        from kapula.analyses.registry import get

        asked = self.ask(data, chosen)
        found: dict[str, Any] = get(self.name).run(asked.table, **asked.keywords, progress=report).to_dict()
        return found
