"""The kit's template tags, built into every template: figures, dates and words as people write them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from kapula_web.kit import codes, dates, figures, toasts
from kapula_web.kit.words import in_language

register = template.Library()

register.simple_tag(figures.number)
register.simple_tag(figures.percent)
register.simple_tag(figures.measure_value)
register.simple_tag(figures.interval)
register.simple_tag(figures.count_words, name="n")
register.simple_tag(dates.date)
register.simple_tag(dates.moment)
register.simple_tag(dates.week)
register.simple_tag(dates.period)
register.simple_tag(codes.words)
register.filter("number", figures.number)
register.filter("date_words", dates.date)
register.filter("period_words", dates.period)
register.filter("in_language", in_language)
register.filter("toast", toasts.parts)


@register.filter
def worded(code: str, kind: str) -> str:
    """``{{ row.role|worded:"role" }}``: the words of a code."""
    return codes.words(kind, code)


@register.simple_tag
def status(difference: Any, unit: str = "points", sure: bool | None = None, higher_is_better: Any = True) -> SafeString:
    """A difference in words with its mark. Takes a :class:`kapula.results.Difference`, its dict, or a number with ``sure``.

    The arrow is the direction, the colour says whether that is better."""
    value = _part(difference, "value", difference)
    certain = _part(difference, "sure", False) if sure is None else sure
    tone = figures.tone(value, certain, higher_is_better is not False)
    return format_html('<span class="status {}">{}</span>', tone, figures.status_words(value, unit, certain))


def _part(thing: Any, name: str, default: Any) -> Any:
    return thing.get(name) if isinstance(thing, dict) else getattr(thing, name, default)


@register.simple_tag
def icon(name: str) -> SafeString:
    """One of the kit's pictures (static/kit/icons.svg), as decoration."""
    from django.templatetags.static import static

    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("kit/icons.svg"), name
    )


@register.simple_tag(takes_context=True)
def query(context: template.Context, **changes: Any) -> str:
    """The page's own address with these parameters changed (None removes one): ``{% query page=2 %}``."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        parameters.pop(name, None)
        if value is not None and value != "":
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.filter
def days_ago(moment: dt.datetime | None) -> int | None:
    """Whole days since the moment."""
    from django.utils import timezone

    return None if moment is None else (timezone.now() - moment).days


@register.filter
def nth(items: Any, index: int) -> Any:
    """The item at an index, or nothing."""
    return items[index] if index < len(items) else ""
