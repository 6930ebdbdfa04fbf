"""What an analysis is: one public function, a small example, and the codes it may answer with.

An analysis is a package ``kapula/analyses/<name>/`` that says ``register(Analysis(...))``. It is then ``kapula.<name>`` (when it
stands in ``kapula/__init__.py``), ``kapula <name>`` (one file of commands), a page and ``docs/analyses/<name>.md``; the shared contract in
``tests/library/test_analysis_contract.py`` holds for it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol

import pyarrow as pa

Progress = Callable[[int, int], None]
"""Told (done, total) now and then by a long run; what it raises stops the run."""

NOT_ENOUGH: Final = "not_enough"
"""The verdict of an analysis that had too little data to say anything: an answer, with ``needed_n``, and not an error."""


class Result(Protocol):
    """A frozen dataclass: figures with n and interval, a ``verdict`` code, ``warnings`` (codes of
    :data:`kapula.results.WARNING_CODES`) and ``method`` (settings and codes that repeat the run, or the method's name beside ``settings``).

    ``to_dict()`` is plain JSON without NaN and holds at least ``verdict``, ``n``, ``needed_n`` (None when there is enough), ``warnings``
    and ``method``.
    """

    @property
    def verdict(self) -> str: ...

    @property
    def warnings(self) -> tuple[str, ...]: ...

    def to_dict(self) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Example:
    """A made-up table and the keywords of a run that takes well under a second. ``command``: the arguments of ``kapula <name> FILE``
    that ask the same (``--json`` apart). ``figures``: the keywords that name columns of numbers; ``columns``: those that name any other
    column."""

    table: pa.Table
    keywords: Mapping[str, Any]
    command: tuple[str, ...]
    figures: tuple[str, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """``run(table, **keywords)`` takes any table of :func:`kapula.as_table` and the keyword ``progress``. ``verdicts``: code → what it
    means in English; the page words each in three languages. ``source``: the papers the method is from."""

    name: str
    run: Callable[..., Any]
    example: Callable[[], Example]
    verdicts: Mapping[str, str]
    source: str
    options: Mapping[str, Any] = field(default_factory=dict)


def no_progress(done: int, total: int) -> None:
    """Nobody is waiting to be told."""
