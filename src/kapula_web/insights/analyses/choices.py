"""Choices between the address, the form and the page: what an address asks, and how it is told in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import ngettext

from kapula_web.insights.analyses.contract import AnalysisPage, Chosen, Data
from kapula_web.insights.analyses.questions import OWN, plain
from kapula_web.kit import dates, figures

TICKED: Final = (forms.CheckboxInput, forms.SelectMultiple, forms.CheckboxSelectMultiple)
"""Widgets that say nothing in an address when nothing is chosen."""
MOST_NAMED: Final = 2


def read(page: AnalysisPage, data: Data, given: QueryDict) -> tuple[forms.Form, Chosen] | None:
    """The bound form and what it asks; None when the data holds nothing for the page. A choice that cannot be made leaves errors in
    the form, and then what it asks is what is usual."""
    fields = page.form(data, None).fields
    named = {name: given.getlist(name) for name in fields if name in given}
    told = {name: texts if len(texts) > 1 else texts[0] for name, texts in named.items()}
    usual = page.usual_with(data, told) if named and OWN not in given else page.usual(data)
    if usual is None:
        return None
    silent = {name for name, field in fields.items() if isinstance(field.widget, TICKED)} if OWN in given else set()
    form = page.form(data, bound({name: value for name, value in usual.items() if name not in silent}, named))
    return (form, plain(form.cleaned_data)) if form.is_valid() else (form, usual)


def bound(chosen: Chosen, named: Mapping[str, list[str]] | None = None) -> QueryDict:
    """Choices as a form takes them; ``named`` come from the address and win."""
    found = QueryDict(mutable=True)
    for name, value in chosen.items():
        several = value if isinstance(value, list) else [value]
        found.setlist(
            name, ["on" if one is True else str(one) for one in several if one is not None and one is not False]
        )
    for name, texts in (named or {}).items():
        found.setlist(name, texts)
    return found


def told(form: forms.Form) -> list[tuple[str, str]]:
    """(label, words) of every choice, for those who do not open the form; a ticked box says its label alone."""
    form.is_valid()  # makes ``cleaned_data``: the fields that fit
    found, fitting = [], form.cleaned_data
    for field in form:
        if field.is_hidden:
            continue
        # what cannot be chosen is told as it was typed: a day such as 2026-13-01 has no other words
        label, fits = str(field.label), field.name in fitting
        words = _words(field.field, fitting[field.name]) if fits else _typed(field.value())
        if isinstance(field.field, forms.BooleanField):
            label, words = "", label if words else ""
        if words:
            found.append((label, words))
    return found


def _typed(value: Any) -> str:
    several = value if isinstance(value, list | tuple) else [value]
    return ", ".join(str(one) for one in several if one)


def _words(field: forms.Field, value: Any) -> str:
    if isinstance(field, forms.MultipleChoiceField):
        labels = [_label(field, one) for one in value or []]
        many = len(labels) > MOST_NAMED
        return (
            ngettext("%(n)s valittu", "%(n)s valittu", len(labels)) % {"n": len(labels)} if many else ", ".join(labels)
        )
    if isinstance(field, forms.ChoiceField):
        return _label(field, value)
    if isinstance(field.widget, forms.DateInput):  # a page may keep a day as text
        return dates.date(value)
    return figures.number(value) if isinstance(value, int | float) else str(value or "")


def _label(field: forms.ChoiceField, value: Any) -> str:
    """The choice's own words, also inside a group of choices."""
    for code, label in list(field.choices):  # type: ignore[arg-type]
        inside = label if isinstance(label, list | tuple) else [(code, label)]
        for one, words in inside:
            if str(one) == str(value or ""):
                return str(words)
    return str(value or "")
