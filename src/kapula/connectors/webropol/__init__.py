"""Webropol-like exports: question texts as headers, matrix rows as "Question: Row", a choice a column, a respondent's number."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import replace

import pyarrow as pa

from kapula.connectors.naming import name_key
from kapula.connectors.registry import register
from kapula.connectors.source import Field
from kapula.connectors.tabular import TabularConnector

_NUMBER = re.compile(
    r"^(vastaajan (numero|id|tunnus)|vastaajanumero|vastaaja|respondent(en)?s? ?(number|nummer|id)|svarandens nummer)$"
)
_TIME = re.compile(
    r"^(vastausaika|vastattu|vastauksen (lähetysaika|ajankohta)|lähetysaika|answer(ed)? ?time|response time|submitted|svarstid)$"
)
_STARTED = re.compile(r"^(aloitusaika|avattu|start(ed)? ?time|starttid)$")
_MATRIX = re.compile(r"^(?P<question>.{4,}?)\s*[:–-]\s+(?P<row>\S.*)$")


class WebropolConnector(TabularConnector):
    """Options: those of the file's own format."""

    name = "webropol"

    def signs(self, names: tuple[str, ...], rows: tuple[tuple[str, ...], ...]) -> float:
        """A respondent's number and a time of answering under their usual names, and questions asked in words."""
        keys = [name_key(name) for name in names]
        number = any(_NUMBER.match(key) for key in keys)
        time = any(_TIME.match(key) for key in keys)
        asked = sum(1 for key in keys if key.endswith("?") or _MATRIX.match(key))
        return 0.85 if (number and (time or asked)) or (time and asked >= 2) else 0.0

    def know(self, fields: tuple[Field, ...], head: pa.Table) -> tuple[Field, ...]:
        choices = _choices(fields, head)
        return tuple(_known(field, field.name in choices) for field in fields)


def _known(field: Field, choice: bool) -> Field:
    key = name_key(field.name)
    if _NUMBER.match(key) or key == "id":
        return replace(field, role="external_id")
    if _TIME.match(key):
        return replace(field, role="occurred_at")
    if _STARTED.match(key):
        return replace(field, role="ignore")
    if choice:
        return replace(field, role="attribute", label=field.name)
    return replace(field, label=field.name) if _MATRIX.match(field.name) or key.endswith("?") else field


def _choices(fields: tuple[Field, ...], head: pa.Table) -> set[str]:
    """Columns of a multiple choice: under one question, each is either blank or one and the same mark."""
    groups: dict[str, list[str]] = defaultdict(list)
    for field in fields:
        if match := _MATRIX.match(field.name):
            groups[match["question"]].append(field.name)
    found: set[str] = set()
    for names in groups.values():
        if len(names) > 1 and all(_is_mark(head[name]) for name in names):
            found.update(names)
    return found


def _is_mark(column: pa.ChunkedArray) -> bool:
    cells = {text.strip() for text in column.to_pylist() if text and text.strip()}
    return len(cells - {"0"}) <= 1 and (len(cells) < 2 or "0" in cells)


register(WebropolConnector())
