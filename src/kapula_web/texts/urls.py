"""Pages of what customers write: below the understanding's address, and looked for before its analyses."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "texts"
urlpatterns: list[URLPattern | URLResolver] = []
