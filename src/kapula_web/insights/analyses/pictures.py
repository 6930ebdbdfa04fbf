"""Pictures of analyses: in two widths on the page, with their words inside when they leave it, and as a specification for the browser."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.utils.safestring import SafeString, mark_safe

from kapula_web.insights.analyses.contract import Picture
from kapula_web.insights.pictures.draw import number_format, png, svg

KINDS: Final = ("svg", "png", "json")
PAPER: Final = {"background": "#ffffff", "padding": 16}
HEAD_HEIGHT: Final = 64
"""What the title and its subtitle take of a picture that leaves the page."""


@dataclass(frozen=True, slots=True)
class Drawn:
    picture: Picture
    wide: SafeString
    narrow: SafeString


def drawn(picture: Picture) -> Drawn:
    """The picture as two SVGs, of which the style sheet shows one."""
    return Drawn(picture, _svg(picture, picture.wide), _svg(picture, picture.narrow))


def picture_file(picture: Picture, kind: str) -> HttpResponse:
    """The picture to take along; "json" is its specification for the page's own script."""
    width, height = picture.wide
    if kind == "json":
        return JsonResponse(_live(picture))
    spec = _on_paper(picture.spec(width=width, height=height, scheme="light"), picture)
    if kind == "png":
        return HttpResponse(png(spec), content_type="image/png")
    return HttpResponse(svg(spec), content_type="image/svg+xml")


def _live(picture: Picture) -> dict[str, Any]:
    """The specification with its height on a wide and on a narrow page: some charts are as tall as they have rows."""
    wide, narrow = (
        picture.spec(width=width, height=height, scheme="css") for width, height in (picture.wide, picture.narrow)
    )
    heights = {"wide": wide.get("height", picture.wide[1]), "narrow": narrow.get("height", picture.narrow[1])}
    return {"spec": wide, "heights": heights, "formatLocale": number_format()}


def _svg(picture: Picture, size: tuple[int, int]) -> SafeString:
    # vl-convert escapes text; the specification holds no markup of its own.
    return mark_safe(svg(picture.spec(width=size[0], height=size[1], scheme="css")))


def _on_paper(spec: dict[str, Any], picture: Picture) -> dict[str, Any]:
    title = {"text": picture.title, "subtitle": picture.subtitle}
    taller = {"height": spec["height"] + HEAD_HEIGHT} if isinstance(spec.get("height"), int) else {}
    return {**spec, **PAPER, **taller, "title": title}
