from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KitConfig(AppConfig):
    name = "kapula_web.kit"
    label = "kit"

    def ready(self) -> None:
        """Every app's ``navigation`` registers its places, and its ``wordings`` the words for its codes."""
        autodiscover_modules("navigation", "wordings")
