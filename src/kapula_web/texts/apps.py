from __future__ import annotations

from django.apps import AppConfig


class TextsConfig(AppConfig):
    name = "kapula_web.texts"
    label = "texts"
