"""Light, dark, or as the machine says. The choice is a cookie, so the server draws the page right the first time."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse

COOKIE: Final = "kapula_theme"
THEMES: Final = ("auto", "light", "dark")
YEAR: Final = 365 * 24 * 3600


def theme_of(request: HttpRequest) -> str:
    chosen = request.COOKIES.get(COOKIE, "auto")
    return chosen if chosen in THEMES else "auto"


def remember_theme(response: HttpResponse, theme: str, *, secure: bool) -> None:
    response.set_cookie(COOKIE, theme, max_age=YEAR, samesite="Lax", secure=secure, httponly=True)
