"""The one place where a comment loses its personal data: whatever shows, sends or writes out a comment takes its words from here.

Where the machine has read the comment, its finding is used; otherwise the comment is looked through on the spot, so that nothing
waits for the machine to be safe.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kapula_web.kit import codes
from kapula_web.ledger.models import Comment

Hidden = tuple[int, int, str]
"""Start, end and kind of what is not shown."""


def personal_of(comment: Comment) -> list[dict[str, Any]]:
    """[{type, start, end}] of ``comment``; give it with ``select_related("analysis")``."""
    analysis = getattr(comment, "analysis", None)
    return personal_in(comment.text, comment.language, analysis.pii if analysis is not None else None)


def personal_in(text: str, language: str, read: Sequence[Mapping[str, Any]] | None) -> list[dict[str, Any]]:
    """The same of a row: ``read`` is what the machine found, None when it has not read the comment."""
    if read is not None:
        return [dict(one) for one in read]
    from kapula.text.personal import find

    return [{"type": one.type, "start": one.start, "end": one.end} for one in find(text, language or "fi")]


def apart(personal: Sequence[Mapping[str, Any]], length: int) -> list[Hidden]:
    """In order, inside a text of ``length``, none over another: what overlaps is one, by the kind of the first."""
    found: list[Hidden] = []
    for one in sorted(personal, key=lambda one: (one["start"], -one["end"])):
        start, end = max(int(one["start"]), 0), min(int(one["end"]), length)
        if start >= end:
            continue
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end), found[-1][2])
        else:
            found.append((start, end, str(one["type"])))
    return found


def cover(kind: str) -> str:
    """ "[nimi]", in the language of the one who reads."""
    return f"[{codes.words('personal', kind)}]"


def covered(text: str, personal: Sequence[Mapping[str, Any]]) -> str:
    """The text with each piece of personal data as its kind: "Soitin, ja [nimi] auttoi"."""
    parts, at = [], 0
    for start, end, kind in apart(personal, len(text)):
        parts += [text[at:start], cover(kind)]
        at = end
    return "".join([*parts, text[at:]])


def blanked(text: str, personal: Sequence[Mapping[str, Any]]) -> str:
    """The text with spaces where something is covered, so that every other character keeps its place. This is what labels and meanings are
    read from: a theme or a search that found a comment by its covered words would tell them to whoever asks."""
    parts, at = [], 0
    for start, end, _ in apart(personal, len(text)):
        parts += [text[at:start], " " * (end - start)]
        at = end
    return "".join([*parts, text[at:]])


def masked(comment: Comment) -> str:
    """A comment's words as they may be shown to anyone and leave the house."""
    return covered(comment.text, personal_of(comment))
