"""What an answer is made of: a sentence, then parts with words, pictures and tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

MOST_WORDS: Final = 8
"""Links below a picture: more would be a wall."""


class Linked(str):
    """A cell's text that leads somewhere: to the comments behind a figure. ``href`` is followed by those who may read comments, and
    for others the text stands alone."""

    href: str

    def __new__(cls, text: str, href: str) -> Linked:
        made = super().__new__(cls, text)
        made.href = href
        return made


@dataclass(frozen=True, slots=True)
class Table:
    """``head``: (label, "r" for numbers or ""); ``rows``: texts as people read them, some of them :class:`Linked`;
    ``raw``: the same as numbers for downloads."""

    caption: str
    head: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str]]
    raw: Sequence[Sequence[Any]] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """``code``: its name in addresses, of letters, digits and hyphens. ``spec(width=…, height=…, scheme=…)`` gives the Vega-Lite
    specification, without a title: the frame puts ``title`` and ``subtitle`` around it, or into it when the picture leaves the page.
    ``title`` says the finding, ``subtitle`` measure, period and n, ``summary`` the same in words for everyone. ``wide``, ``narrow``:
    (width, height) on the page and on a phone. ``live``: the specification has tooltips and may be drawn anew in the browser.
    ``behind``: what its marks are of, some of it :class:`Linked`; the heads of the table's rows when not given. ``latest``: the rows are
    periods, of which the last are asked about most."""

    code: str
    title: str
    subtitle: str
    summary: str
    spec: Callable[..., dict[str, Any]]
    table: Table | None = None
    wide: tuple[int, int] = (1040, 340)
    narrow: tuple[int, int] = (360, 320)
    live: bool = False
    behind: Sequence[str] = ()
    latest: bool = False

    @property
    def words(self) -> list[Linked]:
        """What leads from its marks to comments of their own; a few of them, the table has the rest."""
        heads = (
            [row[0] for row in self.table.rows if row] if self.table is not None and not self.behind else self.behind
        )
        linked = [one for one in heads if isinstance(one, Linked) and one.href]
        shared = Counter(one.href for one in linked)
        own = [one for one in linked if shared[one.href] == 1]
        return own[: -MOST_WORDS - 1 : -1] if self.latest else own[:MOST_WORDS]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of the page after the answer: a heading, words, a picture or a table, or a template of the page's own with its context."""

    heading: str = ""
    words: str = ""
    picture: Picture | None = None
    table: Table | None = None
    template: str = ""
    context: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Shown:
    """``answer``: one plain sentence with its uncertainty in it. ``evidence``: when, how many, how sure. ``notes``: what a reader must
    know, in words. ``method``: (term, text) of "Näin laskettiin"; the frame adds the data's version and the command. ``links``: (words,
    address) of where to go from here."""

    answer: str
    evidence: str
    parts: Sequence[Part] = ()
    notes: Sequence[str] = ()
    method: Sequence[tuple[str, str]] = ()
    links: Sequence[tuple[str, str]] = ()
