"""An error of the library or of a service, in the words of the interface."""

from __future__ import annotations

from django.utils.translation import gettext as _

from kapula.errors import KapulaError
from kapula_web.kit import codes


def worded_error(error: KapulaError) -> str:
    """What is wrong, where, and what to do, in the active language."""
    return worded(error.code, error.context)


def worded(code: str, context: dict[str, object]) -> str:
    """The same for an error kept as ``to_dict()`` (a failed import or job)."""
    return (
        codes.words("error", code, context)
        if codes.has_words("error", code)
        else _("Jokin meni vikaan. Yritä uudelleen.")
    )
