"""Pictures to take along: with their title, what they show and their n inside them, on a light ground."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse

from kapula_web.insights.exports.names import attachment
from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.pages.groups import groups_title, sorted_groups
from kapula_web.insights.pages.measure import subtitle
from kapula_web.insights.pages.trend_words import trend_title
from kapula_web.insights.pictures.bars import bars_spec
from kapula_web.insights.pictures.draw import number_format, png, svg
from kapula_web.insights.pictures.trend import trend_spec
from kapula_web.insights.words.labels import Names, by_dimension
from kapula_web.insights.words.periods import stretch


def trend_svg(reading: Reading) -> HttpResponse:
    return _file(reading, svg(_trend(reading)), "svg", "image/svg+xml")


def trend_png(reading: Reading) -> HttpResponse:
    return _file(reading, png(_trend(reading)), "png", "image/png")


def bars_svg(reading: Reading) -> HttpResponse:
    return _file(reading, svg(_bars(reading)), "svg", "image/svg+xml")


def bars_png(reading: Reading) -> HttpResponse:
    return _file(reading, png(_bars(reading)), "png", "image/png")


def trend_json(reading: Reading) -> HttpResponse:
    """The specification for the browser, with tooltips, and the number format of the page's language."""
    series = reading.series()
    if series is None:
        raise Http404
    spec = trend_spec(reading, series, interactive=True)
    return JsonResponse({"spec": spec, "formatLocale": number_format()})


def _trend(reading: Reading) -> dict[str, Any]:
    series = reading.series()
    if series is None:
        raise Http404
    words = {"title": trend_title(reading, series), "subtitle": subtitle(reading, series)}
    return _on_paper(trend_spec(reading, series, width=1040, height=420, scheme="light", **words))


def _bars(reading: Reading) -> dict[str, Any]:
    if not reading.view.by or reading.stretch is None:
        raise Http404
    names = Names.of(reading.measure.organisation)
    rows = sorted_groups(reading)
    named = [(names.value(reading.view.by, row.by), row) for row in rows]
    about = f"{reading.measure.name} {by_dimension(reading.view.by)}, {stretch(reading.stretch)}"
    words = {"title": groups_title(reading, rows, names), "subtitle": about}
    return _on_paper(bars_spec(named, reading.total(), reading.shown, reading.measure.name, scheme="light", **words))


def _on_paper(spec: dict[str, Any]) -> dict[str, Any]:
    return {**spec, "background": "#ffffff", "padding": 16}


def _file(reading: Reading, content: str | bytes, suffix: str, kind: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response["Content-Disposition"] = attachment(reading, suffix)
    return response
