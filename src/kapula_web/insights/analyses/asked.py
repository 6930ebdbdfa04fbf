"""What a page asks, and of what: the organisation's data at one moment, a person's choices, the library's question."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from django.utils.translation import get_language

from kapula_web.accounts.models import Organisation
from kapula_web.insights.figures.engine import Desk
from kapula_web.insights.words.labels import Names

Report = Callable[[int, int], None]
"""Told (done, total) by a run; it stops the run by raising."""

T = TypeVar("T")

Chosen = Mapping[str, Any]
"""What a person chose: plain JSON, as the form's ``cleaned_data`` with dates as ISO text. It is the cache's key and part of the address."""


@dataclass(frozen=True, slots=True)
class Data:
    """What a page may ask about: the organisation's data at one moment, and the names people have for its codes. ``memo``: what has been
    read of it already (see :meth:`once`)."""

    organisation: Organisation
    desk: Desk
    names: Names
    today: date
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def once(self, key: Any, read: Callable[[], T]) -> T:
        """What ``read`` gives, read once for this look at the data in a language: names may change while the data does not."""
        place = (get_language(), key)
        if place not in self.memo:
            self.memo[place] = read()
        found: T = self.memo[place]
        return found


@dataclass(frozen=True, slots=True)
class Asked:
    """The library's question. ``table``: an Ibis table (joins included). ``keywords``: of ``kapula.<name>``. ``command``: the words of the
    shell command that gives the same, or empty when the table is a join that no file holds; then ``told`` says how it was joined."""

    table: Any
    keywords: Mapping[str, Any]
    command: tuple[str, ...] = ()
    told: str = ""
