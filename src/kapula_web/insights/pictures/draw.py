"""A Vega-Lite specification drawn as SVG or PNG. The same specification is drawn once."""

from __future__ import annotations

import hashlib
import json
from typing import Any, Final

from kapula_web.insights.figures.cache import PICTURES
from kapula_web.insights.words.periods import language

NBSP: Final = "\u00a0"
_NUMBERS: Final[dict[str, dict[str, Any]]] = {
    "fi": {"decimal": ",", "thousands": NBSP, "grouping": [3], "currency": ["", NBSP + "€"], "minus": "\u2212"},
    "sv": {"decimal": ",", "thousands": NBSP, "grouping": [3], "currency": ["", NBSP + "kr"], "minus": "\u2212"},
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""], "minus": "\u2212"},
}


def number_format() -> dict[str, Any]:
    """d3's number format of the page's language, for the server's picture and the browser's alike."""
    return _NUMBERS[language()]


def svg(spec: dict[str, Any]) -> str:
    """The picture as SVG text. It holds no style attribute and no script, so that it may stand in a page."""
    return str(
        PICTURES.get(
            ("all", "svg", *_key(spec)), lambda: _converter().vegalite_to_svg(spec, format_locale=number_format())
        )
    )


def png(spec: dict[str, Any], scale: float = 2.0) -> bytes:
    """The picture as PNG, on the colour the specification gives as its background."""
    return bytes(
        PICTURES.get(
            ("all", "png", scale, *_key(spec)),
            lambda: _converter().vegalite_to_png(spec, scale=scale, format_locale=number_format()),
        )
    )


def _key(spec: dict[str, Any]) -> tuple[str, str]:
    return language(), hashlib.sha256(json.dumps(spec, sort_keys=True).encode()).hexdigest()


def _converter() -> Any:
    import vl_convert  # half a second: only when the first picture is drawn

    return vl_convert
