"""What a file is, told from its first bytes: to name the true kind when a name lies (an .xlsx saved as .csv)."""

from __future__ import annotations

import zipfile
from pathlib import Path

from kapula.connectors.errors import EmptyFileError, UnreadableError

HEAD = 65_536

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (b"PAR1", "parquet"),
    (b"$FL2", "spss"),
    (b"$FL3", "spss"),
    (b"\x1f\x8b", "gzip"),
    (b"%PDF", "pdf"),
    (b"SQLite format 3", "sqlite"),
    (b"\x89PNG", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF8", "image"),
    (b"{\\rtf", "rtf"),
    (b"7z\xbc\xaf", "7z"),
    (b"Rar!", "rar"),
)
_BOMS = (b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")


def head_of(path: Path, size: int = HEAD) -> bytes:
    """The first bytes. Raises :class:`UnreadableError`, and :class:`EmptyFileError` when there are none."""
    try:
        with open(path, "rb") as file:
            head = file.read(size)
    except OSError as error:
        raise UnreadableError(
            f"{path.name} cannot be opened: {error.strerror}.", hint="Check the path and the rights.", file=path.name
        ) from error
    if not head:
        raise EmptyFileError(f"{path.name} is empty.", hint="Export it again.", file=path.name)
    return head


def kind_of(head: bytes) -> str:
    """ "text", "html", "xml", "json", "binary", or the name of a known format."""
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    if head.startswith(_BOMS):
        return "text"
    start = head.lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<table", b"<body", b"<head", b"<meta", b"<div")):
        return "html"
    if start.startswith(b"<?xml"):
        return "html" if b"<html" in head.lower()[:2000] else "xml"
    if start.startswith((b"[{", b'{"')):
        return "json"
    return "binary" if _is_binary(head) else "text"


def is_workbook(path: Path) -> bool:
    """Whether a zip holds a workbook, by its directory; a directory that cannot be read leaves it to the name."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, OSError):
        return path.suffix.lower() in (".xlsx", ".xlsm", ".xlsb", ".ods")
    return bool(names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def nul_pattern(head: bytes) -> str | None:
    """UTF-16 without its mark betrays itself by NULs at every other place: then its name, otherwise None."""
    even, odd = head[0::2], head[1::2]
    if len(head) < 8:
        return None
    if odd.count(0) > 0.4 * len(odd) and even.count(0) < 0.05 * len(even):
        return "utf-16-le"
    if even.count(0) > 0.4 * len(even) and odd.count(0) < 0.05 * len(odd):
        return "utf-16-be"
    return None


def _is_binary(head: bytes) -> bool:
    if nul_pattern(head):
        return False
    control = sum(head.count(byte) for byte in range(32) if byte not in (9, 10, 12, 13, 26))
    return control > max(8, 0.02 * len(head))
