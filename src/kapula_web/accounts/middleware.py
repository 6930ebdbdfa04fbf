"""A person who has signed in is shown their own language, whatever the machine they borrowed prefers."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation


def speak_the_persons_language(respond: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language in known:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return respond(request)

    return middleware
