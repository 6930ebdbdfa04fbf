"""People's own settings and their places in an organisation."""

from __future__ import annotations

from kapula_web.accounts.models import User


def choose_language(*, user: User, language: str) -> None:
    """The language the person is shown and written to in."""
    User.objects.filter(pk=user.pk).update(language=language)
    user.language = language
