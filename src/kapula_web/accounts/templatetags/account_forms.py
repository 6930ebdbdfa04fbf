"""Small repairs to allauth's forms."""

from __future__ import annotations

from django import template
from django.forms import BaseForm

register = template.Library()


@register.filter
def without_placeholders(form: BaseForm) -> BaseForm:
    """A placeholder vanishes when one types; the label above stays, and is enough."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)
    return form
