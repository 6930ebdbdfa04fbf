"""Fields that pages' choices share. Their labels are questions; a page gives its own where these do not fit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.trends.periods import label_of
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.data import CUSTOMER, Answered
from kapula_web.insights.analyses.series import Series
from kapula_web.kit import dates, figures

Words = Any
"""A text, or one that is translated when it is shown."""

STRETCHES: Final = {"all": 0, "years2": 728, "year": 364, "half": 182, "quarter": 91}
"""Stretches that end on the data's last day, in whole weeks of days; 0: everything."""


def choice(label: Words, choices: Iterable[tuple[str, Words]], *, help: Words = "") -> forms.ChoiceField:
    """One of several."""
    return forms.ChoiceField(label=label, choices=list(choices), help_text=help)


def several(label: Words, choices: Iterable[tuple[str, Words]], *, help: Words = "") -> forms.MultipleChoiceField:
    """Any of several, each a box to tick; none ticked is an empty list."""
    return forms.MultipleChoiceField(
        label=label, choices=list(choices), required=False, widget=forms.CheckboxSelectMultiple, help_text=help
    )


def ticked(label: Words, *, help: Words = "") -> forms.BooleanField:
    """Yes or no."""
    return forms.BooleanField(label=label, required=False, help_text=help)


def named(questions: Iterable[Answered], *, counted: bool = False) -> list[tuple[str, Words]]:
    """Questions as choices, their columns as values; with how many answered when ``counted``."""
    return [(one.column, f"{one.label} ({figures.number(one.n, 0)})" if counted else one.label) for one in questions]


def question(data: Data, label: Words, perspective: str = CUSTOMER, *, least: int = 1) -> forms.ChoiceField:
    """One of the answered questions."""
    return choice(label, named(held.questions(data, perspective, least=least)))


def questions(data: Data, label: Words, perspective: str = CUSTOMER, *, least: int = 1) -> forms.MultipleChoiceField:
    """Several of the answered questions."""
    return several(label, named(held.questions(data, perspective, least=least)))


def source(data: Data, perspective: str = CUSTOMER) -> forms.ChoiceField:
    """One questionnaire, or all ("")."""
    every = [("", _("kaikki")), *((one.code, one.label) for one in held.sources(data, perspective))]
    return forms.ChoiceField(label=_("Mistä kyselystä?"), choices=every, required=False)


def division(data: Data, label: Words = "", perspective: str = CUSTOMER) -> forms.ChoiceField:
    """A dimension to divide by."""
    choices = [(one.code, one.label) for one in held.divisions(data, perspective)]
    return choice(label or _("Minkä mukaan jaettuna?"), choices)


def value(data: Data, dimension: str, label: Words, perspective: str = CUSTOMER) -> forms.ChoiceField:
    """One value of a dimension, or all ("")."""
    every = [("", _("kaikki")), *((one.code, one.label) for one in held.values(data, dimension, perspective))]
    return forms.ChoiceField(label=label, choices=every, required=False)


def series(found: Iterable[Series], label: Words = "") -> forms.MultipleChoiceField:
    """Several operational series, their codes as values."""
    return several(label or _("Mitkä toiminnan luvut?"), [(one.code, one.label) for one in found])


def stretch(label: Words = "") -> forms.ChoiceField:
    """How far back from the data's last day; see :func:`between`."""
    words: dict[str, Words] = {
        "all": _("koko ajalta"),
        "years2": _("kaksi viime vuotta"),
        "year": _("viime vuosi"),
        "half": _("viime puoli vuotta"),
        "quarter": _("viime neljännesvuosi"),
    }
    return choice(label or _("Miltä ajalta?"), words.items())


def between(data: Data, code: str, perspective: str = CUSTOMER) -> tuple[date, date] | None:
    """The first and last day of a stretch, as the data has them; None without responses."""
    known = held.stretch(data, perspective)
    if known is None:
        return None
    first, last = known
    days = STRETCHES.get(code, 0)
    return (max(first, last - timedelta(days=days - 1)) if days else first, last)


def periods(data: Data, grain: str, perspective: str = CUSTOMER) -> list[tuple[str, Words]]:
    """Every period of the data, the newest first: ("2026-Q3", "3. neljännes 2026"). The last may be unfinished."""
    known = held.stretch(data, perspective)
    if known is None:
        return []
    day, last = known
    found: dict[str, Words] = {}
    while day <= last:
        code = label_of(day, grain)
        found[code] = dates.period(code)
        day += timedelta(days=1 if grain == "day" else 7 if grain == "week" else 28)
    found[label_of(last, grain)] = dates.period(label_of(last, grain))
    return list(reversed(found.items()))


def as_text(found: tuple[date, date] | None) -> str:
    """ "1.1.2026–28.10.2026" for evidence and methods."""
    return (
        gettext("%(first)s–%(last)s") % {"first": dates.date(found[0]), "last": dates.date(found[1])} if found else ""
    )
