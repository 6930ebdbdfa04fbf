"""SPSS files (.sav, .zsav) with their labels and their user-missing values, read by pyreadstat in chunks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kapula.connectors.base import TableConnector
from kapula.connectors.errors import EmptyFileError
from kapula.connectors.reading.kinds import head_of, kind_of
from kapula.connectors.reading.require import require_kind
from kapula.connectors.registry import register
from kapula.connectors.spss.sav_source import SavSource


class SpssConnector(TableConnector):
    """Variable labels become wordings, value labels labels, user-missing values missing codes. Options: ``default_date``."""

    name = "spss"
    suffixes = (".sav", ".zsav")

    def recognise(self, path: Path) -> float:
        try:
            kind = kind_of(head_of(path))
        except EmptyFileError:
            return 0.2 if path.suffix.lower() in self.suffixes else 0.0
        return 0.9 if kind == "spss" else 0.3 if path.suffix.lower() in self.suffixes else 0.0

    @contextmanager
    def open(self, path: Path, options: dict[str, Any], *, peek: bool = False) -> Iterator[SavSource]:
        require_kind(path, "spss")
        yield SavSource(path, options)


register(SpssConnector())
