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
    folder = Path(settings.IMPORT_DIR) / str(organisation_id)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{uuid.uuid4().hex}{_suffix(name)}"
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
        path.unlink(missing_ok=True)
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


def _suffix(name: str) -> str:
    """Connectors recognise some formats by the file's ending; nothing else of a stranger's name reaches the disk."""
    found = re.search(r"((?:\.[a-z0-9]{1,8})?\.[a-z0-9]{1,8})$", name.lower())
    return found[1] if found else ""
