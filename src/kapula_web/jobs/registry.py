"""Kinds of background work. A module declares its kind once; everything else (queue, retries, progress, page) is shared.

@background("ledger.import", attempts=3)
def run(progress: Progress, *, import_id: int) -> dict[str, Any]: ...
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Protocol

from django.utils.functional import Promise


class Progress(Protocol):
    """Given to the work. ``report`` raises :class:`Cancelled` when a person has cancelled it."""

    def report(self, done: int, total: int) -> None: ...


Label = str | Promise | Callable[[Mapping[str, Any]], str]


class Cancelled(Exception):
    """The person who asked for the work no longer wants it."""


class Later(Exception):
    """Long work gives way to what else waits and goes on after it: it is queued again as it is, and this was no failed attempt."""


@dataclass(frozen=True, slots=True)
class Kind:
    """``attempts``: how many times in all; ``wait``: seconds before the second try, doubled for each later one. ``every``: seconds between
    scheduled runs, None for work that is only asked for. ``label``: what people call it, or how its arguments are told; work without
    one is not shown to them. ``priority``: −100…100, the greater the sooner."""

    name: str
    run: Callable[..., dict[str, Any]]
    attempts: int = 3
    wait: int = 10
    every: int | None = None
    label: Label = ""
    priority: int = 0

    def told(self, arguments: Mapping[str, Any]) -> str:
        """What people call this very piece of work."""
        return self.label(arguments) if callable(self.label) else str(self.label)


KINDS: Final[dict[str, Kind]] = {}


def background(
    name: str, *, label: Label = "", attempts: int = 3, wait: int = 10, every: int | None = None, priority: int = 0
) -> Callable[[Callable[..., dict[str, Any]]], Callable[..., dict[str, Any]]]:
    """Register ``run(progress, **arguments) -> result`` under ``name``; the result and the arguments are plain JSON."""

    def register(run: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
        if name in KINDS:
            raise ValueError(f"The kind of background work {name!r} is registered twice.")
        KINDS[name] = Kind(name, run, attempts, wait, every, label, priority)
        return run

    return register
