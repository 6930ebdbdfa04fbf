"""The measure page."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers

from kapula.errors import KapulaError
from kapula_web.accounts.access import needs
from kapula_web.accounts.models import Organisation
from kapula_web.insights.access import measure_of
from kapula_web.insights.figures.reading import Reading, desk_of, read
from kapula_web.insights.figures.recipe import Recipe
from kapula_web.insights.figures.view import View
from kapula_web.insights.openings.services import opened
from kapula_web.insights.pages.measure import measure_context, pictures_context
from kapula_web.kit.errors import worded_error


def reading_of(request: HttpRequest, organisation: Organisation, code: str) -> Reading:
    """The reading an address asks for; 404 for another organisation's measure."""
    wanted = measure_of(organisation, code)
    desk = desk_of(organisation)
    dimensions = desk.span(Recipe.of(wanted)).dimensions
    view = View.read(request.GET, period=wanted.period, dimensions=dimensions, seasonal=wanted.is_seasonal)
    return read(wanted, organisation, view, timezone.localdate(), desk)


Page = Callable[..., HttpResponse]


def explained(view: Page) -> Page:
    """A measure that cannot be computed says why, and what to mend, instead of failing."""

    @wraps(view)
    def guarded(request: HttpRequest, organisation: Organisation, code: str, **more: str) -> HttpResponse:
        try:
            return view(request, organisation, code, **more)
        except KapulaError as error:
            context = {"measure": measure_of(organisation, code), "problem": worded_error(error)}
            return render(request, "insights/broken.html", context, status=409)

    return guarded


@needs("see")
@explained
def measure(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    """The whole page; for htmx only the part that follows the choices. Where the trend is not known yet, htmx gets the answer at once
    and fetches the pictures after it. Without scripts the page comes whole."""
    reading, membership = reading_of(request, organisation, code), request.membership  # type: ignore[attr-defined]
    htmx: Any = getattr(request, "htmx", None)
    if not htmx or htmx.boosted or htmx.history_restore_request:
        opened(reading.measure, reading.today)
        answer = render(request, "insights/measure.html", measure_context(reading, membership))
    elif request.GET.get("part") == "pictures":
        answer = render(request, "insights/parts/pictures_later.html", pictures_context(reading, membership))
    else:
        context = measure_context(reading, membership, later=not reading.has_trend_ready())
        answer = render(request, "insights/parts/measure_view.html", context)
    patch_vary_headers(answer, ["HX-Request"])  # the same address has two forms: none is kept for the other
    return answer
