"""Which Parquet parts make up the snapshot just now.

One small JSON file, replaced by a rename: a reader sees the old one or the new one.
"""

from __future__ import annotations

import fcntl
import json
import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Part:
    """One Parquet file: the rows of ``table`` whose ids lie in block ``block``."""

    table: str
    block: int
    file: str
    rows: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """``version`` grows by one at each swap and ``name`` is new each time, so that no two ever share both;
    ``layout`` is the code's own: when it changes, all is rebuilt."""

    version: int = 0
    name: str = ""
    layout: int = 0
    as_of: str = ""
    parts: tuple[Part, ...] = ()
    retired: tuple[str, ...] = field(default=())

    def files(self, table: str) -> list[str]:
        return [part.file for part in self.parts if part.table == table and part.rows]

    def rows(self, table: str) -> int:
        return sum(part.rows for part in self.parts if part.table == table)

    def with_parts(self, parts: list[Part], layout: int, as_of: str) -> Manifest:
        """The next version, in which ``parts`` stand in place of those of the same table and block."""
        replaced = {(part.table, part.block) for part in parts}
        kept = [part for part in self.parts if (part.table, part.block) not in replaced]
        retired = [part.file for part in self.parts if (part.table, part.block) in replaced]
        together = sorted((*kept, *(part for part in parts if part.rows)), key=lambda part: (part.table, part.block))
        return replace(
            self,
            version=self.version + 1,
            name=uuid.uuid4().hex[:8],
            layout=layout,
            as_of=as_of,
            parts=tuple(together),
            retired=tuple(retired),
        )


def folder(organisation_id: int) -> Path:
    return Path(settings.SNAPSHOT_DIR) / str(organisation_id)


def load(organisation_id: int) -> Manifest:
    path = folder(organisation_id) / "manifest.json"
    try:
        data = json.loads(path.read_text())
    except FileNotFoundError:
        return Manifest()
    data["parts"] = tuple(Part(**part) for part in data["parts"])
    data["retired"] = tuple(data["retired"])
    return Manifest(**data)


def save(organisation_id: int, manifest: Manifest) -> None:
    path = folder(organisation_id) / "manifest.json"
    beside = path.with_suffix(".new")
    with beside.open("w") as file:
        json.dump(asdict(manifest), file)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


@contextmanager
def locked(organisation_id: int) -> Iterator[Path]:
    """One writer at a time, over processes; freed by the system if the writer is killed."""
    home = folder(organisation_id)
    home.mkdir(parents=True, exist_ok=True)
    with (home / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield home
