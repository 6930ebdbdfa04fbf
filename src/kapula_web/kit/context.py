"""What every page knows: the organisation in hand and the person's place in it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def page(request: HttpRequest) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    return {"membership": membership, "organisation": membership.organisation if membership else None}
