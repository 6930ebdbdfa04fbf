"""What there is: measures, sources and questions, as the organisation keeps them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import date
from typing import Final


@dataclass(frozen=True, slots=True)
class Item:
    """One row. ``kind`` and ``code`` always; the rest None where it is not known. ``created``, ``last_opened``, ``changed``: days;
    ``received``, ``rejected``, ``comments``: counts; ``measure``, ``low``, ``high``, ``wording``: of a question."""

    kind: str
    code: str
    owner: str | None = None
    created: date | None = None
    last_opened: date | None = None
    changed: date | None = None
    received: int | None = None
    rejected: int | None = None
    comments: int | None = None
    measure: str | None = None
    low: float | None = None
    high: float | None = None
    wording: str | None = None


NAMES: Final = tuple(one.name for one in fields(Item))


@dataclass(frozen=True, slots=True)
class Inventory:
    """The rows, and which columns were given: what is not given is not judged."""

    items: tuple[Item, ...]
    given: frozenset[str]

    def of(self, kind: str) -> tuple[Item, ...]:
        return tuple(one for one in self.items if one.kind == kind)

    def question(self, code: str) -> Item | None:
        return next((one for one in self.items if one.kind == "question" and one.code == code), None)


def words_of(text: str) -> frozenset[str]:
    """A wording as the set of its words, however they are written."""
    letters: Iterable[str] = (letter if letter.isalnum() else " " for letter in text.casefold())
    return frozenset("".join(letters).split())
