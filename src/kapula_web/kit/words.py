"""Words people gave in several languages."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import get_language


def in_language(names: Mapping[str, str], language: str | None = None) -> str:
    """The text in the wanted language, else Finnish, else whatever there is: better another language than nothing."""
    code = (language or get_language() or "fi")[:2]
    return names.get(code) or names.get("fi") or next(iter(names.values()), "")
