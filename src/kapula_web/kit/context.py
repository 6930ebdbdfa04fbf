"""What every page knows: the organisation in hand, the person's place in it, the way about, and the look they chose."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from kapula_web.kit.navigation import links
from kapula_web.kit.theme import theme_of


def page(request: HttpRequest) -> dict[str, Any]:
    membership = getattr(request, "membership", None)
    found: dict[str, Any] = {
        "membership": membership,
        "organisation": membership.organisation if membership else None,
        "theme": theme_of(request),
        "sign_in_providers": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
    if membership is not None:
        found |= {
            "places": SimpleLazyObject(lambda: links(membership, request.path)),
            "setting_places": SimpleLazyObject(lambda: links(membership, request.path, "settings")),
            "bell_places": SimpleLazyObject(lambda: links(membership, request.path, "bell")),
            "my_organisations": SimpleLazyObject(lambda: _organisations(request)),
        }
    return found


def _organisations(request: HttpRequest) -> list[Any]:
    from kapula_web.accounts.selectors import organisations_of

    return organisations_of(request.user)[:20]
