from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "kapula_web.jobs"
    label = "jobs"

    def ready(self) -> None:
        # Each app declares its kinds of background work in a module of this name.
        autodiscover_modules("background", "housekeeping")
