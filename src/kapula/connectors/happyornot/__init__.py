"""Smiley terminals' raw exports (HappyOrNot and its like): one row a press, a smiley 1–4 or its words, a unit and a time."""

from __future__ import annotations

import re
from dataclasses import replace

import pyarrow as pa

from kapula.connectors.columns.words import spaced
from kapula.connectors.registry import register
from kapula.connectors.source import Field
from kapula.connectors.tabular import TabularConnector

SMILEYS = (
    ("very unhappy", "unhappy", "happy", "very happy"),
    ("very negative", "negative", "positive", "very positive"),
    ("erittäin tyytymätön", "tyytymätön", "tyytyväinen", "erittäin tyytyväinen"),
    ("hyvin tyytymätön", "tyytymätön", "tyytyväinen", "hyvin tyytyväinen"),
    ("mycket missnöjd", "missnöjd", "nöjd", "mycket nöjd"),
)  # fmt: skip
"""The worst smiley is 1, the best 4, as in numeric exports."""

_SMILEY = re.compile(
    r"smiley|hymiö|hymynaama|^(response|feedback|vastaus|palaute|button|painike|svar|answer)( ?(value|index|type))?$|^smiley ?index$"
)
_UNIT = re.compile(
    r"experience ?point|measurement ?point|mittauspiste|^unit( ?name)?$|yksikkö|^location( ?name)?$|sijainti|toimipiste|mätpunkt|\benhet"
)
_SURVEY = re.compile(r"^(survey|kysely|undersökning)( ?(name|nimi|namn))?$|^(folder|kansio)$")
_WHEN = re.compile(r"date|time|aika|pvm|päivä|datum|tid")
_COMMENT = re.compile(r"open|avoin|öppe?[nt]|comment|kommen|text")
_FOLLOW = re.compile(r"follow.?up|jatkokysymys|följdfråga|reason|syy")


class HappyOrNotConnector(TabularConnector):
    """Options: those of the file's own format."""

    name = "happyornot"

    def signs(self, names: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> float:
        """A smiley column whose cells are smileys, a unit or a survey, and a time."""
        keys = [spaced(name) for name in names]
        place = next((i for i, key in enumerate(keys) if _SMILEY.search(key)), None)
        if place is None or not any(_UNIT.search(key) or _SURVEY.search(key) for key in keys):
            return 0.0
        cells = {row[place].strip().casefold() for row in rows if len(row) > place and row[place].strip()}
        smileys = _words(cells) is not None or (
            cells <= {"1", "2", "3", "4"} and bool(re.search("smiley|hymiö|hymynaama", keys[place]))
        )
        return 0.9 if cells and smileys and any(_WHEN.search(key) for key in keys) else 0.0

    def know(self, fields: tuple[Field, ...], head: pa.Table) -> tuple[Field, ...]:
        taken: set[str] = set()
        return tuple(_known(field, head[field.name], taken) for field in fields)


def _words(cells: set[str]) -> tuple[str, ...] | None:
    return next((scale for scale in SMILEYS if cells and cells <= set(scale)), None)


def _known(field: Field, column: pa.ChunkedArray, taken: set[str]) -> Field:
    key = spaced(field.name)
    if _SMILEY.search(key):
        spoken = {text.strip() for text in column.to_pylist() if text and text.strip()}
        scale = _words({text.casefold() for text in spoken})
        as_found = {text.casefold(): text for text in spoken}
        labels = {str(i): as_found.get(word, word) for i, word in enumerate(scale or (), 1)}
        return replace(field, role="score", options={"low": 1.0, "high": 4.0, "question": "smiley", "labels": labels})
    for role, pattern in (("touchpoint", _UNIT), ("attribute", _SURVEY), ("attribute", _FOLLOW), ("comment", _COMMENT)):
        if pattern.search(key) and (role == "attribute" or role not in taken):
            taken.add(role)
            return replace(field, role=role)
    return field


register(HappyOrNotConnector())
