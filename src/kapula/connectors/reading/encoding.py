"""The reading ladder: byte-order mark, then strict UTF-8, then Windows-1252. No statistical guessing.

One exception is told apart by counting, not guessing: a file whose non-ASCII bytes nearly all form valid UTF-8 sequences is
UTF-8 with damage, and only its stray bytes are read as Windows-1252 (note ``encoding_mixed``).
"""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from kapula.connectors.errors import EncodingError
from kapula.connectors.reading.kinds import nul_pattern
from kapula.connectors.source import Note

BOMS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
MIXED = "utf-8-mixed"
ALIASES = {"cp1252": "cp1252", "windows-1252": "cp1252", "latin-1": "cp1252", "iso-8859-1": "cp1252", "utf8": "utf-8"}


@dataclass(frozen=True, slots=True)
class Encoding:
    """``name``: a codec, or "utf-8-mixed". ``skip``: bytes of the mark. ``plain``: the bytes are UTF-8 as they stand."""

    name: str
    skip: int
    plain: bool
    notes: tuple[Note, ...] = ()


def _stray_byte(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.start + 1]
    return stray.decode("cp1252", "replace"), error.start + 1


codecs.register_error("kapula_stray", _stray_byte)


def decode(chunks: Iterable[bytes], name: str) -> Iterator[str]:
    """The text of the chunks. Raises UnicodeDecodeError."""
    decoder = (
        codecs.getincrementaldecoder("utf-8")("kapula_stray")
        if name == MIXED
        else codecs.getincrementaldecoder(name)("strict")
    )
    for chunk in chunks:
        yield decoder.decode(chunk)
    yield decoder.decode(b"", final=True)


def detect(chunks: Callable[[], Iterable[bytes]], head: bytes, file: str, *, declared: str | None = None) -> Encoding:
    """The encoding of the bytes that ``chunks()`` yields, and notes of what was found. Raises :class:`EncodingError`."""
    for mark, name in BOMS:
        if head.startswith(mark):
            if name == "utf-8" and not _is_valid(chunks(), "utf-8"):
                return Encoding(MIXED, len(mark), False, (("encoding_mixed", _strays(chunks())),))
            return Encoding(name, len(mark), name == "utf-8", (("encoding_bom", name),))
    if declared:
        return _declared(chunks, file, ALIASES.get(declared.lower(), declared.lower()))
    if nul := nul_pattern(head):
        return Encoding(nul, 0, False, (("encoding_utf16_without_bom", nul),))
    if _is_valid(chunks(), "utf-8"):
        return Encoding("utf-8", 0, True)
    if _is_damaged_utf8(chunks()):
        return Encoding(MIXED, 0, False, (("encoding_mixed", _strays(chunks())),))
    _require(chunks(), "cp1252", file)
    return Encoding("cp1252", 0, False, (("encoding_cp1252", ""),))


def _declared(chunks: Callable[[], Iterable[bytes]], file: str, name: str) -> Encoding:
    try:
        codecs.lookup(name)
    except LookupError as error:
        raise EncodingError(
            f"{name} is not an encoding.", hint="Use utf-8, cp1252 or utf-16.", file=file, encoding=name
        ) from error
    _require(chunks(), name, file)
    return Encoding(name, 0, name == "utf-8")


def _require(chunks: Iterable[bytes], name: str, file: str) -> None:
    offset = 0
    decoder = codecs.getincrementaldecoder(name)("strict")
    try:
        for chunk in chunks:
            decoder.decode(chunk)
            offset += len(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        byte = error.object[error.start]
        raise EncodingError(
            f"{file} is not text in {name}: byte 0x{byte:02x} near {offset + error.start}.",
            hint="Save it as UTF-8 in the program it comes from.",
            file=file,
            encoding=name,
            byte=f"0x{byte:02x}",
            offset=offset + error.start,
        ) from error


def _is_valid(chunks: Iterable[bytes], name: str) -> bool:
    try:
        for _ in decode(chunks, name):
            pass
    except UnicodeDecodeError:
        return False
    return True


def _is_damaged_utf8(chunks: Iterable[bytes]) -> bool:
    """More valid many-byte characters than stray bytes: Windows-1252 text forms such sequences by accident only."""
    valid, strays = _count(chunks)
    return valid > strays


def _strays(chunks: Iterable[bytes]) -> str:
    return str(_count(chunks)[1])


def _count(chunks: Iterable[bytes]) -> tuple[int, int]:
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    valid = strays = 0
    for chunk in chain(chunks, (b"",)):
        text = decoder.decode(chunk, final=not chunk)
        if text.isascii():
            continue
        for char in text:
            if "\udc80" <= char <= "\udcff":
                strays += 1
            elif char > "\x7f":
                valid += 1
    return valid, strays
