"""The uploaded files themselves: kept by a name of our own until someone deletes them."""

from __future__ import annotations

import hashlib
import re
import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from kapula_web.ledger.imports.errors import FileGone, FileTooLarge
from kapula_web.ledger.models import Import


@dataclass(frozen=True, slots=True)
class Stored:
    path: Path
    size: int
    checksum: str


def store(chunks: Iterable[bytes], *, name: str, organisation_id: int) -> Stored:
    """Write the chunks as they come; nothing is left behind when the file is too large or the connection breaks."""
    folder = Path(settings.IMPORT_DIR) / str(organisation_id) / uuid.uuid4().hex
    folder.mkdir(parents=True)
    path = folder / safe_name(name)
    limit, size, digest = settings.IMPORT_MAX_BYTES, 0, hashlib.sha256()
    try:
        with path.open("xb") as file:
            for chunk in chunks:
                size += len(chunk)
                if size > limit:
                    raise FileTooLarge(
                        f"{name} is larger than {limit:,} bytes.",
                        hint="Split it, or raise KAPULA_IMPORT_MAX_MB.",
                        file=name,
                        limit=limit,
                    )
                digest.update(chunk)
                file.write(chunk)
    except BaseException:
        remove(path)
        raise
    return Stored(path, size, digest.hexdigest())


def path_of(run: Import) -> Path:
    """The import's file. Raises :class:`FileGone`."""
    path = Path(settings.IMPORT_DIR) / run.stored_as
    if not run.stored_as or not path.is_file():
        raise FileGone(f"{run.file_name} is no longer kept.", hint="Import the file again.", file=run.file_name)
    return path


def relative(path: Path) -> str:
    return str(path.relative_to(settings.IMPORT_DIR))


def remove(path: Path) -> None:
    """Delete a stored file and the folder that was its own."""
    path.unlink(missing_ok=True)
    if path.parent.is_dir() and not any(path.parent.iterdir()):
        path.parent.rmdir()


def safe_name(name: str) -> str:
    """The file's own name, for its ending and its year tell something, without anything that could lead out of its folder."""
    return re.sub(r"[^\w. -]+", "_", name.replace("\\", "/").split("/")[-1]).lstrip(". ")[-120:] or "file"
