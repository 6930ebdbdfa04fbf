"""The one look of charts, for page, picture, PDF and slides alike.

Specifications name colours by role ("@accent"). :func:`themed` replaces the roles: by custom properties of the page's style sheet
for a chart inside a page ("css", so that it follows the light and dark theme), or by fixed colours for pictures ("light", "dark").
"""

from __future__ import annotations

from typing import Any, Final

from kapula.errors import ParameterError

SCHEMA: Final = "https://vega.github.io/schema/vega-lite/v6.json"
FONT: Final = 'ui-sans-serif, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif'

COLOURS: Final[dict[str, tuple[str, str]]] = {
    "ink": ("#15232b", "#e8eef0"),
    "ink-2": ("#46565f", "#b1bec4"),
    "ink-3": ("#59676f", "#98a7ae"),
    "card": ("#ffffff", "#162126"),
    "line": ("#e0e3dd", "#27353c"),
    "accent": ("#0b6767", "#4cc3bd"),
    "up": ("#1b66a5", "#74b9f0"),
    "down": ("#a74a14", "#f2a670"),
    "quiet": ("#59676f", "#98a7ae"),
    "cat-1": ("#0b6767", "#4cc3bd"),
    "cat-2": ("#b4531a", "#f0a26b"),
    "cat-3": ("#4457b8", "#9aa8f5"),
    "cat-4": ("#8a6a00", "#e0bd55"),
    "cat-5": ("#963f78", "#e59ac9"),
    "cat-6": ("#3f7d2c", "#98cf86"),
    "cat-others": ("#7b878d", "#84939a"),
}
"""Role → (light, dark): the page's tokens of the same names. Marks have at least 3:1 and text at least 4.5:1 against "card"."""

MOST_CATEGORIES: Final = 6
SCHEMES: Final = ("css", "light", "dark")


def categories(names: list[str], others: str) -> dict[str, str]:
    """A colour role for each of at most six names, in order; the rest are drawn as ``others``."""
    roles = {name: f"@cat-{index}" for index, name in enumerate(names[:MOST_CATEGORIES], start=1)}
    return roles if len(names) <= MOST_CATEGORIES else roles | {others: "@cat-others"}


def themed(spec: dict[str, Any], scheme: str = "css") -> dict[str, Any]:
    """The specification with its schema, configuration and colours. ``scheme``: "css", "light" or "dark"."""
    if scheme not in SCHEMES:
        raise ParameterError(
            f"There is no colour scheme {scheme!r}.",
            hint=f"Use one of: {', '.join(SCHEMES)}.",
            parameter="scheme",
            value=scheme,
            allowed=list(SCHEMES),
        )
    coloured: dict[str, Any] = _coloured({"$schema": SCHEMA, **spec, "config": config()}, scheme)
    return coloured


def colour(role: str, scheme: str) -> str:
    """The colour of a role in a scheme."""
    if scheme == "css":
        return f"var(--{role})"
    return COLOURS[role][1 if scheme == "dark" else 0]


def _coloured(node: Any, scheme: str) -> Any:
    if isinstance(node, dict):
        return {key: _coloured(value, scheme) for key, value in node.items()}
    if isinstance(node, list):
        return [_coloured(value, scheme) for value in node]
    if isinstance(node, str) and node.startswith("@") and node[1:] in COLOURS:
        return colour(node[1:], scheme)
    return node


def config() -> dict[str, Any]:
    """Vega-Lite's ``config``: type, axes, titles. Colours by role."""
    label = {
        "labelColor": "@ink-3",
        "labelFontSize": 12,
        "titleColor": "@ink-3",
        "titleFontSize": 12,
        "titleFontWeight": "normal",
    }
    return {
        "font": FONT,
        "background": "transparent",
        # Wider at the sides: a bold name at the edge is drawn a little wider than it was measured.
        "padding": {"left": 24, "right": 16, "top": 4, "bottom": 4},
        "view": {"stroke": None},
        "axis": {**label, "gridColor": "@line", "domainColor": "@line", "tickColor": "@line", "labelPadding": 6},
        "axisX": {"grid": False},
        "axisY": {"domain": False, "ticks": False},
        "title": {
            "anchor": "start",
            "frame": "group",
            "color": "@ink",
            "fontSize": 18,
            "fontWeight": 600,
            "subtitleColor": "@ink-3",
            "subtitleFontSize": 13,
            "subtitlePadding": 6,
            "offset": 14,
        },
        "text": {"color": "@ink-3", "fontSize": 12},
    }
