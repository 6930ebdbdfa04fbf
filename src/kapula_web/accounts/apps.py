from __future__ import annotations

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kapula_web.accounts"
    label = "accounts"
