"""The demand that a file is of a kind."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from kapula.connectors.errors import NotThisFormatError, PackedError, UnknownSheetError
from kapula.connectors.reading.kinds import head_of, is_workbook, kind_of
from kapula.errors import SourceError

ARCHIVES = frozenset({"zip", "7z", "rar"})
WORKBOOKS: Final = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
HINT_OF_TEXT: Final = "Name it .csv if it is a table of text, or export the workbook again."


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


def require_sheets(path: Path, sheet: str | None) -> None:
    """Raises :class:`UnknownSheetError` when a sheet is asked of a file that has none."""
    if sheet is None:
        return
    kind = kind_of(head_of(path))
    if kind == "ole" or (kind == "zip" and is_workbook(path)):
        return
    what, hint = f"it is a file of kind {kind}", "Leave the sheet out, or name the workbook."
    if kind == "text":
        what = "it is a text file, not a workbook"
        hint = f"Leave the sheet out. {HINT_OF_TEXT}" if path.suffix.lower() in WORKBOOKS else hint
    raise UnknownSheetError(
        f"{path.name} has no sheet {sheet!r}: {what}.",
        hint=hint, file=path.name, sheet=sheet, sheets=[], suggestion=None,
    )  # fmt: skip


def is_text_named_workbook(path: Path) -> bool:
    """Whether the file is text though its name is a workbook's. A table in it is read as from any text file."""
    return path.suffix.lower() in WORKBOOKS and kind_of(head_of(path)) == "text"


@contextmanager
def readable_as_named(path: Path) -> Iterator[None]:
    """When a text file that is named as a workbook cannot be read, that is the error: what it says of rows and fields misleads.
    Raises :class:`NotThisFormatError`."""
    try:
        yield
    except SourceError as error:
        if not is_text_named_workbook(path):
            raise
        raise NotThisFormatError(
            f"{path.name} is a text file, not a workbook, and cannot be read as a table. {error.message}",
            hint=HINT_OF_TEXT, file=path.name, expected="excel", looks_like="text",
        ) from error  # fmt: skip
