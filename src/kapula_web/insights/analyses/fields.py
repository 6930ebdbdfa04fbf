"""Fields that pages' choices share. Their labels are questions; a page gives its own where these do not fit."""

from __future__ import annotations

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses.basics import Words, choice, several, ticked
from kapula_web.insights.analyses.contract import Data
from kapula_web.insights.analyses.data import CUSTOMER, Answered
from kapula_web.insights.analyses.series import Series
from kapula_web.insights.analyses.stretches import STRETCHES, as_text, between, periods, stretch
from kapula_web.kit import figures

__all__ = [
    "STRETCHES",
    "Words",
    "as_text",
    "between",
    "choice",
    "division",
    "named",
    "periods",
    "question",
    "questions",
    "series",
    "several",
    "source",
    "stretch",
    "ticked",
    "value",
]


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
