"""A look at a workbook's zip directory before anything is unpacked: is it a workbook, is it whole, is it a bomb?"""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path

from kapula.connectors.errors import BrokenFileError, ProtectedError, TooLargeInsideError
from kapula.connectors.reading.kinds import head_of, is_workbook, kind_of
from kapula.connectors.reading.require import alien

UNPACKED_LIMIT = 4 << 30
RATIO_LIMIT = 300
RATIO_FROM = 100 << 20
DEFLATE_LIMIT = 1032
"""Sheets of repeated numbers pack well: 300:1 is beyond any of them, and small files may have any ratio.
Deflate packs no better than 1,032:1, so a file that small cannot hold more than ``RATIO_FROM`` whatever its directory says."""


def check_workbook(path: Path) -> str:
    """ "xlsx" or "xls". Raises :class:`~kapula.errors.SourceError` subclasses for all that is not a sound workbook."""
    head = head_of(path)
    kind = kind_of(head)
    if kind == "ole":
        if "EncryptedPackage".encode("utf-16-le") in _beginning(path):
            raise ProtectedError(f"{path.name} is locked by a password.", hint="Save it without one.", file=path.name)
        return "xls"
    if kind != "zip":
        raise alien(path, "excel", kind, "Open it in Excel and save it as .xlsx, or name it by what it is.")
    _check_zip(path)
    return "xlsx"


def _check_zip(path: Path) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except zipfile.BadZipFile as error:
        raise _damaged(path, str(error)) from error
    unpacked = sum(member.file_size for member in members)
    packed = max(1, path.stat().st_size)
    if unpacked > UNPACKED_LIMIT or (unpacked > RATIO_FROM and unpacked > RATIO_LIMIT * packed):
        raise TooLargeInsideError(
            f"{path.name} would unpack from {packed} to {unpacked} bytes.",
            hint="Save the sheet as CSV if it is what you meant.",
            file=path.name,
            packed=packed,
            unpacked=unpacked,
            limit=UNPACKED_LIMIT,
        )
    if packed * DEFLATE_LIMIT > RATIO_FROM:
        _check_sizes(path)
    if not is_workbook(path):
        raise alien(path, "excel", "zip", "")


def _check_sizes(path: Path) -> None:
    """A directory may lie of the sizes. Each member is unpacked to nowhere, up to the size it claims: its checksum then tells."""
    try:
        with zipfile.ZipFile(path) as archive:
            false = archive.testzip()
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise _damaged(path, str(error)) from error
    except RuntimeError as error:  # a member is encrypted
        raise ProtectedError(
            f"{path.name} is locked by a password.", hint="Save it without one.", file=path.name
        ) from error
    if false:
        raise _damaged(path, f"{false} is not what the directory says")


def _damaged(path: Path, detail: str) -> BrokenFileError:
    message = f"{path.name} is cut short or damaged: {detail}."
    return BrokenFileError(message, hint="Save or fetch it again.", file=path.name, detail=detail)


def _beginning(path: Path) -> bytes:
    with open(path, "rb") as file:
        return file.read(1 << 20)
