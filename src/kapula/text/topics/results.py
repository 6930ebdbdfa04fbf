"""The answer of :func:`kapula.text.topics.discover`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kapula.errors import ParameterError
from kapula.results import plain
from kapula.text.codebook.codebook import Theme


@dataclass(frozen=True, slots=True)
class Phrase:
    """One to three words as customers most often write them; ``stems`` is what its forms share. ``z``: how surely it belongs to the theme
    rather than to all other comments. ``n`` of the theme's comments hold it, and ``outside`` of the others."""

    text: str
    stems: tuple[str, ...]
    z: float
    n: int
    outside: int

    def to_dict(self) -> dict[str, Any]:
        return {"text": self.text, "stems": list(self.stems), "z": plain(self.z), "n": self.n, "outside": self.outside}


@dataclass(frozen=True, slots=True)
class KnownTheme:
    """What is kept of a theme so that it is known again. ``centroid``: 384 numbers, in the centred space of the run that found it."""

    id: str
    centroid: tuple[float, ...]
    stems: tuple[str, ...] = ()

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> KnownTheme:
        """From a theme of an earlier answer's ``to_dict()``. Raises :class:`ParameterError`."""
        try:
            stems = {stem for phrase in told.get("phrases", ()) for stem in phrase["stems"]} | set(
                told.get("stems", ())
            )
            return cls(str(told["id"]), tuple(float(one) for one in told["centroid"]), tuple(sorted(stems)))
        except (KeyError, TypeError, ValueError) as error:
            raise ParameterError(
                "A known theme needs id and centroid.",
                hint="Give the themes of an earlier answer.",
                parameter="known",
                value=str(error),
            ) from error


@dataclass(frozen=True, slots=True)
class DiscoveredTheme:
    """``comments``: places of its comments in what was given, the most central first. ``stability``: how much of it stayed together over
    the repeats (Jaccard). ``coherence``: NPMI of its words. ``status``: born, continuing, or split (of ``split_from``). ``similarity``: to
    the known theme whose id it carries on. ``share``: of the comments that the codebook misses."""

    id: str
    phrases: tuple[Phrase, ...]
    n: int
    share: float
    stability: float
    coherence: float | None
    quotes: tuple[str, ...]
    comments: tuple[int, ...]
    centroid: tuple[float, ...]
    status: str
    similarity: float | None = None
    split_from: str | None = None
    months: Mapping[str, int] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Its three most telling phrases."""
        return " · ".join(phrase.text for phrase in self.phrases[:3])

    @property
    def known(self) -> KnownTheme:
        stems = {stem for phrase in self.phrases for stem in phrase.stems}
        return KnownTheme(self.id, self.centroid, tuple(sorted(stems)))

    def to_codebook_theme(self, code: str | None = None, language: str = "fi", name: str | None = None) -> Theme:
        """A theme of a codebook with this one's name, and its phrases and quotes as examples."""
        title = name or self.phrases[0].text
        made = code or re.sub(r"[^a-z0-9]+", "_", _ascii(title)).strip("_")[:60]
        examples = dict.fromkeys([*(phrase.text for phrase in self.phrases), *self.quotes])
        return Theme(made if re.match("[a-z]", made) else f"t_{made}"[:60], {language: title}, {}, tuple(examples))

    def to_dict(self) -> dict[str, Any]:
        return {
            "id": self.id,
            "name": self.name,
            "phrases": [phrase.to_dict() for phrase in self.phrases],
            "n": self.n,
            "share": plain(self.share),
            "stability": plain(self.stability),
            "coherence": plain(self.coherence),
            "quotes": list(self.quotes),
            "comments": list(self.comments),
            "centroid": [round(one, 5) for one in self.centroid],
            "status": self.status,
            "similarity": plain(self.similarity),
            "split_from": self.split_from,
            "months": dict(self.months),
        }


@dataclass(frozen=True, slots=True)
class Discovery:
    """``n``: comments given; ``missed``: of those, without a theme (as distinct texts that speak of something: ``distinct``); ``general``:
    missed, but of nothing in particular ("kaikki ok"); ``unplaced``: missed, and in no theme. ``merged``: known id → the id that took it
    in; ``faded``: known ids that are spoken of no more."""

    verdict: str
    n: int
    needed_n: int | None
    missed: int
    distinct: int
    general: int
    unplaced: int
    themes: tuple[DiscoveredTheme, ...]
    merged: Mapping[str, str] = field(default_factory=dict)
    faded: tuple[str, ...] = ()
    method: Mapping[str, Any] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        return {
            "verdict": self.verdict,
            "n": self.n,
            "needed_n": self.needed_n,
            "missed": self.missed,
            "distinct": self.distinct,
            "general": self.general,
            "unplaced": self.unplaced,
            "themes": [theme.to_dict() for theme in self.themes],
            "merged": dict(self.merged),
            "faded": list(self.faded),
            "method": dict(self.method),
            "warnings": list(self.warnings),
        }


def _ascii(text: str) -> str:
    return text.lower().translate(str.maketrans("åäöéü", "aaoeu"))
