"""A text without its personal data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from kapula.errors import ParameterError
from kapula.text.corpus import Personal

STYLES: Final = ("label", "dots")


def mask(text: str, found: Iterable[Personal], style: str | Mapping[str, str] = "label") -> str:
    """``text`` with each of ``found`` (by :func:`find`) replaced.

    ``style``: "label" puts the type's code, ‹name›; "dots" as many dots as there were characters; a mapping from type to words puts
    those, {"name": "[nimi]"}, and the code where the type is missing from it. Case endings after a colon are outside the spans and stay.
    """
    pieces, at = [], 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start < at:
            continue  # inside one that is already hidden
        pieces += [text[at : one.start], _instead(one, style)]
        at = one.end
    return "".join([*pieces, text[at:]])


def _instead(one: Personal, style: str | Mapping[str, str]) -> str:
    if isinstance(style, Mapping):
        return style.get(one.type, f"‹{one.type}›")
    if style == "dots":
        return "•" * (one.end - one.start)
    if style == "label":
        return f"‹{one.type}›"
    raise ParameterError(
        f"There is no masking style {style!r}.",
        hint=f"Use one of {', '.join(STYLES)}, or a mapping from types to words.",
        parameter="style",
        value=str(style),
        allowed=list(STYLES),
    )
