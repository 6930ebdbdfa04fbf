"""Names of themes: no two in use have one, in any language, or they could not be told apart on any page."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from kapula_web.accounts.models import Organisation
from kapula_web.texts.selectors import themes_of


class NameTakenError(Exception):
    """A theme in use has the name, in some language. ``theme``: what that one is called; ``name``: as :func:`alike` makes it."""

    def __init__(self, theme: str, name: str) -> None:
        super().__init__(f"The codebook has a theme called {theme!r}.")
        self.theme, self.name = theme, name


def alike(name: str) -> str:
    """The same for two names that people would take for one."""
    return " ".join(unicodedata.normalize("NFKC", name).split()).casefold()


def names_taken(organisation: Organisation, *, but: str = "") -> dict[str, str]:
    """Every name, in any language, of the themes in use ``but`` one: as ``alike`` makes it → as the theme is called."""
    themes = [theme for theme in themes_of(organisation) if theme.code != but]
    return {alike(name): theme.name for theme in themes for name in theme.names.values() if alike(name)}


def refuse_taken(organisation: Organisation, names: Mapping[str, str], *, but: str = "") -> None:
    """Raises :class:`NameTakenError` for a name of another theme than ``but``. It holds until the transaction ends where the codebook is
    locked (:func:`kapula_web.texts.services.codebook.locked`)."""
    taken = names_taken(organisation, but=but)
    for name in map(alike, names.values()):
        if name in taken:
            raise NameTakenError(taken[name], name)
