"""A comment as a page shows it: personal data covered, the words that show a theme marked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from kapula_web.kit import codes


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text. ``mark``: it shows the theme; ``covered``: it stands in place of personal data."""

    text: str
    mark: bool = False
    covered: bool = False


def pieces(text: str, personal: Sequence[Mapping[str, Any]], spans: Iterable[Sequence[int]] = ()) -> list[Piece]:
    """``personal``: [{type, start, end}]; ``spans``: [start, end) of the text's characters."""
    hidden = _apart(personal, len(text))
    marked = [(max(int(span[0]), 0), min(int(span[1]), len(text))) for span in spans]
    edges = {0, len(text)}
    for start, end in [(one["start"], one["end"]) for one in hidden] + marked:
        edges |= {start, end}
    found: list[Piece] = []
    ends = sorted(edges)
    for start, end in pairwise(ends):
        mark = any(first <= start and end <= last for first, last in marked)
        cover = next((one for one in hidden if one["start"] <= start and end <= one["end"]), None)
        if cover is None:
            found.append(Piece(text[start:end], mark))
        elif cover["start"] == start:
            found.append(Piece(f"[{codes.words('personal', cover['type'])}]", mark, covered=True))
    return found


def covered(text: str, personal: Sequence[Mapping[str, Any]]) -> str:
    """The text with each piece of personal data as its kind: "Soitin, ja [nimi] auttoi"."""
    return "".join(piece.text for piece in pieces(text, personal))


def _apart(personal: Sequence[Mapping[str, Any]], length: int) -> list[dict[str, Any]]:
    """In order, inside the text, none over another: what overlaps is one, by the name of the first."""
    found: list[dict[str, Any]] = []
    for one in sorted(personal, key=lambda one: (one["start"], -one["end"])):
        start, end = max(int(one["start"]), 0), min(int(one["end"]), length)
        if start >= end:
            continue
        if found and start < found[-1]["end"]:
            found[-1]["end"] = max(found[-1]["end"], end)
        else:
            found.append({"type": one["type"], "start": start, "end": end})
    return found
