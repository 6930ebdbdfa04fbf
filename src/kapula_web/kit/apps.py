from __future__ import annotations

from django.apps import AppConfig


class KitConfig(AppConfig):
    name = "kapula_web.kit"
    label = "kit"
