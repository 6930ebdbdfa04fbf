"""Any text file as UTF-8 on disk, in bounded memory: as it stands when it already is, else re-encoded to a temporary file."""

from __future__ import annotations

import gzip
import tempfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from kapula.connectors.errors import BrokenFileError, EmptyFileError, TooLargeInsideError
from kapula.connectors.reading.encoding import Encoding, decode, detect
from kapula.connectors.reading.kinds import head_of, kind_of, nul_pattern
from kapula.connectors.reading.require import alien
from kapula.connectors.source import Note

CHUNK = 1 << 20
PEEK_BYTES = 8 << 20
UNPACKED_LIMIT = 16 << 30
RATIO_LIMIT = 200
RATIO_FROM = 64 << 20
_HINTS = {
    "zip": "It is an Excel workbook: name it .xlsx.",
    "ole": "It is an old Excel workbook: name it .xls.",
    "html": "It is a web page saved under another name: open it in Excel and save it as .xlsx.",
    "parquet": "Name it .parquet.",
    "spss": "Name it .sav.",
}


@dataclass(frozen=True, slots=True)
class Utf8File:
    """``path``: UTF-8 text from byte ``offset`` on. ``size``: its bytes. ``whole``: False when only the beginning was taken."""

    path: Path
    offset: int
    size: int
    whole: bool
    notes: tuple[Note, ...]


@contextmanager
def open_utf8(path: Path, *, encoding: str | None = None, limit: int | None = None) -> Iterator[Utf8File]:
    """The text of ``path`` (also gzipped) as UTF-8; of its first ``limit`` bytes, cut at a line, when a limit is given.

    Raises :class:`~kapula.errors.SourceError` subclasses: empty, not text, packed beyond reason, or in no known encoding.
    """
    packed = kind_of(head_of(path)) == "gzip"
    head = _text_head(path, packed)

    def chunks() -> Iterator[bytes]:
        return _chunks(path, packed, limit)

    found = detect(chunks, head, path.name, declared=encoding)
    as_it_stands = found.plain and not packed and limit is None and not _has_nul(chunks())
    if as_it_stands:
        yield Utf8File(path, found.skip, path.stat().st_size, True, found.notes)
        return
    with tempfile.TemporaryDirectory(prefix="kapula-") as folder:
        target = Path(folder) / "text.csv"
        try:
            taken = _write(target, chunks(), found)
        except UnicodeDecodeError as error:
            raise BrokenFileError(
                f"{path.name} begins as {found.name} but breaks off or changes further down: {error.reason}.",
                hint="It was cut on the way: fetch it again.",
                file=path.name,
                encoding=found.name,
                detail=error.reason,
            ) from error
        notes = (*found.notes, *((("gzip", ""),) if packed else ()))
        whole = limit is None or taken < limit
        yield Utf8File(target, 0, target.stat().st_size, whole, notes)


def _text_head(path: Path, packed: bool) -> bytes:
    head = next(_chunks(path, packed, CHUNK), b"")
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe;,"):
        raise EmptyFileError(f"{path.name} is empty.", hint="Export it again.", file=path.name)
    kind = kind_of(head[:65_536])
    if kind != "text":
        raise alien(path, "csv", kind, _HINTS.get(kind, "Export it as CSV or Excel."))
    return head


def _chunks(path: Path, packed: bool, limit: int | None) -> Iterator[bytes]:
    """The bytes, unpacked where need be, cut after the last line that fits in ``limit``."""
    taken, wide = 0, False
    for chunk in _unpacked(path) if packed else _plain(path):
        wide = wide or (taken == 0 and (chunk.startswith((b"\xff\xfe", b"\xfe\xff")) or nul_pattern(chunk) is not None))
        if limit is not None and taken + len(chunk) >= limit:
            cut = chunk[: limit - taken]
            # A cut inside a UTF-8 letter would look like damage; UTF-16 is cut between its even bytes instead.
            yield cut[: len(cut) & ~3] if wide else cut[: cut.rfind(b"\n") + 1] or cut
            return
        taken += len(chunk)
        yield chunk


def _plain(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk


def _unpacked(path: Path) -> Iterator[bytes]:
    packed_size = path.stat().st_size
    taken = 0
    try:
        with gzip.open(path, "rb") as file:
            while chunk := file.read(CHUNK):
                taken += len(chunk)
                if taken > UNPACKED_LIMIT or (taken > RATIO_FROM and taken > RATIO_LIMIT * packed_size):
                    raise TooLargeInsideError(
                        f"{path.name} unpacks to more than {taken} bytes from {packed_size}.",
                        hint="Unpack it yourself and import the text file if it is what you meant.",
                        file=path.name,
                        packed=packed_size,
                        unpacked=taken,
                        limit=UNPACKED_LIMIT,
                    )
                yield chunk
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BrokenFileError(
            f"{path.name} cannot be unpacked to its end: {error}.",
            hint="It was cut on the way: fetch it again.",
            file=path.name,
            detail=str(error),
        ) from error


def _has_nul(chunks: Iterator[bytes]) -> bool:
    return any(b"\x00" in chunk for chunk in chunks)


def _write(target: Path, chunks: Iterator[bytes], found: Encoding) -> int:
    taken = 0

    def after_mark() -> Iterator[bytes]:
        nonlocal taken
        for chunk in chunks:
            yield chunk[found.skip :] if taken == 0 else chunk
            taken += len(chunk)

    with open(target, "w", encoding="utf-8", newline="") as file:
        for text in decode(after_mark(), found.name):
            file.write(text.replace("\x00", ""))
    return taken
