"""The front door, a person's own choices, invitations, and an organisation's settings."""

from __future__ import annotations

from django.urls import URLPattern, path

from kapula_web.accounts.views import home, look

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("organisations/", home.chooser, name="organisation_chooser"),
    path("language/", look.set_language, name="set_language"),
    path("theme/", look.set_theme, name="set_theme"),
]
