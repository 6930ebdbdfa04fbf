from __future__ import annotations

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class TextsConfig(AppConfig):
    name = "kapula_web.texts"
    label = "texts"

    def ready(self) -> None:
        from kapula_web.ledger.comments import GONE
        from kapula_web.ledger.erasure import AFTERWARDS
        from kapula_web.texts.explorer import wordings  # noqa: F401  registers its words
        from kapula_web.texts.explorer.index.schema import ensure_index
        from kapula_web.texts.explorer.upkeep import forget, forget_matrix
        from kapula_web.texts.services import teaching, trying
        from kapula_web.texts.topics import examples, forgetting
        from kapula_web.texts.topics import wordings as decided  # noqa: F401

        post_migrate.connect(ensure_index, sender=self, dispatch_uid="texts.index")
        AFTERWARDS.append(forget)
        GONE.extend([teaching.forget, forgetting.forget, examples.forget, trying.forget, forget_matrix])
