"""The plain kinds of fields: one of several, any of several, yes or no."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

Words = Any
"""A text, or one that is translated when it is shown."""


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
