"""A record's own fields as a dictionary."""

from __future__ import annotations

from typing import Any

from kapula.results import plain


def fields_of(one: Any) -> dict[str, Any]:
    return {
        name: plain(value) if isinstance(value, float) else value
        for name in one.__slots__
        for value in (getattr(one, name),)
    }
