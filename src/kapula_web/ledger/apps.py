from __future__ import annotations

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "kapula_web.ledger"
    label = "ledger"
