"""The handwritten comments of the example organisation, Aurinkokivi Energia.

Customers' and employees' open answers in Finnish, Swedish and English, written for Kapula by its authors. Every
person, agent and company in them is invented. One file per touchpoint (Finnish) or language (Swedish, English):
tab-separated UTF-8 without quoting, columns ``language touchpoint mood theme segment text``.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources

from kapula.text.labels import THEMES as THEMES

COLUMNS = ("language", "touchpoint", "mood", "theme", "segment", "text")
LANGUAGES = ("fi", "sv", "en")
TOUCHPOINTS = (
    "phone",
    "chat",
    "app",
    "invoice",
    "moving",
    "outage",
    "field_visit",
    "sales",
    "website",
    "district_heating",
    "solar",
    "ev_charging",
    "contract",
    "key_account",
    "relationship",
    "staff",
)
SEGMENTS = ("home", "firm", "any", "staff")
NO_THEME = "none"


@dataclass(frozen=True, slots=True)
class ExampleComment:
    """One open answer, with the labels its writer meant.

    ``mood`` runs from −2 (very negative) to 2 (very positive); a comment that both praises and blames, and empty
    talk, are 0. ``themes`` holds codes of the default codebook and is empty for empty talk. ``segment`` says who may
    have written it: ``home``, ``firm``, ``any`` (either) or ``staff``.
    """

    language: str
    touchpoint: str
    mood: int
    themes: tuple[str, ...]
    segment: str
    text: str


@cache
def load() -> tuple[ExampleComment, ...]:
    """Every comment, in the order of file name and line; the same tuple on every call."""
    sheets = sorted(
        (entry for entry in resources.files(__name__).iterdir() if entry.name.endswith(".tsv")),
        key=lambda entry: entry.name,
    )
    return tuple(comment for sheet in sheets for comment in _read(sheet.name, sheet.read_text(encoding="utf-8")))


def _read(name: str, content: str) -> list[ExampleComment]:
    # Not str.splitlines: it would also cut at characters that may stand inside a comment.
    header, *lines = content.rstrip("\n").split("\n")
    if tuple(header.split("\t")) != COLUMNS:
        raise ValueError(f"{name}: the header must be {' '.join(COLUMNS)}, separated by tabs.")
    return [_comment(name, number, line) for number, line in enumerate(lines, start=2)]


def _comment(name: str, number: int, line: str) -> ExampleComment:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise ValueError(f"{name}, line {number}: {len(cells)} columns instead of {len(COLUMNS)}.")
    language, touchpoint, mood, theme, segment, text = cells
    themes = () if theme == NO_THEME else tuple(theme.split(","))
    return ExampleComment(language, touchpoint, int(mood), themes, segment, text)
