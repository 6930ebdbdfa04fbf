"""The demand that a file is of a kind."""

from __future__ import annotations

from pathlib import Path

from kapula.connectors.errors import NotThisFormatError, PackedError
from kapula.connectors.reading.kinds import head_of, is_workbook, kind_of

ARCHIVES = frozenset({"zip", "7z", "rar"})


def require_kind(path: Path, kind: str) -> None:
    """Raises :class:`NotThisFormatError` that says what the file looks like instead."""
    found = kind_of(head_of(path))
    if found != kind:
        raise alien(path, kind, found, "Name it by what it is, or export it again.")


def alien(path: Path, expected: str, found: str, hint: str) -> NotThisFormatError:
    """The error for a file of another kind than expected: for an archive, that it has to be unpacked."""
    if found in ARCHIVES and not is_workbook(path):
        message = f"{path.name} is a {found} archive."
        hint = "Unpack it and import the file inside."
        return PackedError(message, hint=hint, file=path.name, expected=expected, looks_like=found)
    message = f"{path.name} is not {expected}: it looks like {found}."
    return NotThisFormatError(message, hint=hint, file=path.name, expected=expected, looks_like=found)
