"""Short messages after a deed, with a way back: nothing is lost by accident."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest


def done(request: HttpRequest, text: str, *, undo: str = "") -> None:
    """Say that it is done. ``undo``: an address to which a POST takes it back."""
    messages.success(request, text, extra_tags=f"undo:{undo}" if undo else "")


def failed(request: HttpRequest, text: str) -> None:
    messages.error(request, text)


def parts(message: Any) -> dict[str, str]:
    """A message for the template: its text, level and the address that undoes it."""
    tags = (message.extra_tags or "").split()
    undo = next((tag.removeprefix("undo:") for tag in tags if tag.startswith("undo:")), "")
    return {"text": str(message.message), "level": message.level_tag, "undo": undo}
