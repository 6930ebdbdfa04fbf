"""An answer as the page's own words, whatever the verdict: told by the page, or by the frame when there is too little data."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext

from kapula.analyses.contract import NOT_ENOUGH
from kapula.errors import KapulaError
from kapula_web.insights.analyses.contract import Asked, Picture, Shown, Table
from kapula_web.insights.analyses.questions import Question
from kapula_web.kit import codes, figures


@dataclass(frozen=True, slots=True)
class Told:
    """What stands on the page. ``enough``: whether there was data enough to say something. ``mend``: what to do when not. ``have``: how
    much there is and how much is needed, where it is known. ``lacks``: what it waits for instead of more data, in words."""

    shown: Shown
    enough: bool
    notes: tuple[str, ...]
    mend: tuple[str, ...] = ()
    have: tuple[int, int] | None = None
    lacks: str = ""

    @property
    def pictures(self) -> tuple[Picture, ...]:
        return tuple(part.picture for part in self.shown.parts if part.picture is not None)

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of the page in its order: a part's own before its picture's."""
        found = [(part.table, part.picture.table if part.picture else None) for part in self.shown.parts]
        return tuple(table for pair in found for table in pair if table is not None)


def shown_of(question: Question, found: Mapping[str, Any]) -> Told:
    """The answer told in the active language."""
    page = question.page
    if found.get("verdict") == NOT_ENOUGH:
        mend = page.mend(found, question.data, question.chosen) or (
            gettext("Valitse pidempi aika tai väljempi rajaus, tai palaa kun vastauksia on enemmän."),
        )
        lacks = page.lacks(found, question.data, question.chosen)
        have = (int(found["n"]), int(found["needed_n"])) if found.get("needed_n") and not lacks else None
        shown = Shown(lacks, str(page.promise)) if lacks else _not_enough(question, found)
        return Told(shown, False, warnings(found), tuple(mend), have, lacks)
    shown = page.show(found, question.data, question.chosen)
    notes = [*shown.notes]
    if page.association:
        notes.append(gettext("Tämä kertoo, mikä liittyy mihinkin. Se ei vielä todista, mikä johtuu mistä."))
    return Told(shown, True, tuple(dict.fromkeys(notes)))


def warnings(found: Mapping[str, Any]) -> tuple[str, ...]:
    """The result's warnings in words."""
    return tuple(codes.words("warning", code) for code in found.get("warnings") or ())


def method_lines(question: Question, shown: Shown) -> list[tuple[str, str]]:
    """(term, text) of "Näin laskettiin": the page's own lines, how the data was joined, why there is no command when there is none, and
    the data's version."""
    asked = _asked(question)
    lines = [*shown.method]
    if asked is not None and asked.told:
        lines.append((gettext("Aineisto"), asked.told))
    if asked is not None and not asked.command:
        none = gettext(
            "Kysymys liittää tauluja toisiinsa, eikä mikään tiedosto sisällä niitä yhdessä. Siksi valmista komentoa ei ole."
        )
        lines.append((gettext("Komento"), none))
    return [*lines, (gettext("Aineiston versio"), question.data.desk.snapshot.version)]


def command(question: Question) -> str:
    """The command that gives the same answer; empty when no file or table holds what was asked."""
    asked = _asked(question)
    return shlex.join(["kapula", *asked.command]) if asked is not None and asked.command else ""


def _asked(question: Question) -> Asked | None:
    """What the library is asked, for its command and how the data was joined; None when the data cannot be asked so."""

    def ask() -> Asked | None:
        try:
            return question.page.ask(question.data, question.chosen)
        except KapulaError:
            return None

    return question.data.once(("asked", question.same), ask)


def _not_enough(question: Question, found: Mapping[str, Any]) -> Shown:
    """ "Vielä ei voi sanoa: vastauksia on 41, tarvitaan noin 180."."""
    words = {
        "counted": str(question.page.counted),
        "n": figures.number(found.get("n") or 0, 0),
        "needed": figures.number(found.get("needed_n") or 0, 0),
    }
    if found.get("needed_n"):
        answer = gettext("Vielä ei voi sanoa: %(counted)s on %(n)s, tarvitaan noin %(needed)s.") % words
    else:
        answer = gettext("Vielä ei voi sanoa: %(counted)s on %(n)s.") % words
    return Shown(answer, str(question.page.promise))
