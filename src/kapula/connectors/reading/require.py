"""The demand that a file is of a kind."""

from __future__ import annotations

from pathlib import Path

from kapula.connectors.errors import NotThisFormatError
from kapula.connectors.reading.kinds import head_of, kind_of


def require_kind(path: Path, kind: str) -> None:
    """Raises :class:`NotThisFormatError` that says what the file looks like instead."""
    found = kind_of(head_of(path))
    if found != kind:
        raise NotThisFormatError(
            f"{path.name} is not {kind}: it looks like {found}.", hint="Name it by what it is, or export it again.",
            file=path.name, expected=kind, looks_like=found,
        )  # fmt: skip
