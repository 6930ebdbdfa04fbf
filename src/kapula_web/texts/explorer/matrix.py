"""The meanings of an organisation's comments as one matrix, memory-mapped from a file, so that nearness to all of them is one product.

The file is a cache of CommentEmbedding: a new one takes over the rows that stand and reads the others from SQL.
"""

from __future__ import annotations

import fcntl
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
from django.conf import settings
from django.db import connection

from kapula_web.texts.models import CommentEmbedding
from kapula_web.texts.vectors import DIRECTIONS

CHUNK: Final = 4_096
"""Rows made into floats at a time: they then stay in the processor's cache."""
FETCHED: Final = 900
"""Ids asked for at a time: SQLite takes a thousand parameters."""

LOCK: Final = "lock"

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows in order of ``ids``. A row's vector is ``steps`` · ``scales``: of unit length, but for a byte's rounding. ``versions``: which
    model's meanings they are; those of different models cannot be compared."""

    ids: Ids
    versions: npt.NDArray[Any]
    scales: npt.NDArray[np.float32]
    steps: npt.NDArray[np.int8]

    def nearness(self, vector: npt.NDArray[np.float32], rows: npt.NDArray[np.intp]) -> npt.NDArray[np.float32]:
        """The cosine of each of ``rows`` with the unit vector, to about ±0.01."""
        found = np.empty(len(rows), np.float32)
        for start in range(0, len(rows), CHUNK):
            part = rows[start : start + CHUNK]
            found[start : start + CHUNK] = self.steps[part].astype(np.float32) @ vector
        return found * self.scales[rows]


_kept: dict[int, tuple[str, str, Matrix]] = {}
_LOCK: Final = threading.Lock()


def matrix_of(organisation_id: int, data_version: str) -> Matrix:
    """The organisation's meanings as of a version of its data; looked up again only when the data has another version."""
    where = str(_file(organisation_id))
    with _LOCK:
        held = _kept.get(organisation_id)
        if held is not None and held[:2] == (data_version, where):
            return held[2]
        found = _current(organisation_id)
        _kept[organisation_id] = (data_version, where, found)
        return found


def remove(organisation_id: int) -> None:
    """Forget the matrix, on the disk too; the next question makes it anew. One that is being written is waited for: it may be of what was
    there before."""
    with _LOCK:
        _kept.pop(organisation_id, None)
    with _locked(organisation_id):
        for file in _file(organisation_id).parent.glob("*"):
            if file.name != LOCK:  # others wait for it
                file.unlink(missing_ok=True)


def _current(organisation_id: int) -> Matrix:
    with _locked(organisation_id):
        ids, versions = _in_the_database(organisation_id)
        held = _open(_file(organisation_id))
        if held is None or not np.array_equal(held.ids, ids) or not np.array_equal(held.versions, versions):
            _write(_file(organisation_id), _gathered(ids, versions, held))
            held = _open(_file(organisation_id))
    return held or _gathered(ids, versions, None)


def _in_the_database(organisation_id: int) -> tuple[Ids, npt.NDArray[Any]]:
    with connection.cursor() as cursor:
        table = CommentEmbedding._meta.db_table
        cursor.execute(
            f"SELECT comment_id, version FROM {table} WHERE organisation_id = %s ORDER BY comment_id", [organisation_id]
        )
        rows = cursor.fetchall()
    return np.array([row[0] for row in rows], np.int64), np.array([row[1] for row in rows], "U40")


def _gathered(ids: Ids, versions: npt.NDArray[Any], held: Matrix | None) -> Matrix:
    """Rows that ``held`` has as they are wanted, the others from SQL; a row that has gone meanwhile is all zeros, near nothing."""
    steps = np.zeros((len(ids), DIRECTIONS), np.int8)
    scales = np.zeros(len(ids), np.float32)
    missing = np.ones(len(ids), bool)
    if held is not None and len(held.ids) and len(ids):
        place = np.minimum(np.searchsorted(held.ids, ids), len(held.ids) - 1)
        same = (held.ids[place] == ids) & (held.versions[place] == versions)
        steps[same], scales[same], missing = held.steps[place[same]], held.scales[place[same]], ~same
    wanted = ids[missing]
    for start in range(0, len(wanted), FETCHED):
        part = CommentEmbedding.objects.filter(pk__in=wanted[start : start + FETCHED].tolist())
        for comment, vector, scale in part.values_list("pk", "vector", "scale"):
            row = int(np.searchsorted(ids, comment))
            steps[row], scales[row] = np.frombuffer(bytes(vector), np.int8), scale
    return Matrix(ids, versions, scales, steps)


def _file(organisation_id: int) -> Path:
    return Path(settings.DATA_DIR) / "meanings" / str(organisation_id) / "meanings.arrow"


@contextmanager
def _locked(organisation_id: int) -> Iterator[None]:
    """One writer at a time, over processes."""
    folder = _file(organisation_id).parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / LOCK).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _write(file: Path, matrix: Matrix) -> None:
    """The file appears whole; those who have the old one open go on reading it."""
    vectors = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(DIRECTIONS), len(matrix.ids), [None, pa.py_buffer(np.ascontiguousarray(matrix.steps))]
    )
    columns = {
        "id": pa.array(matrix.ids),
        "version": pa.array(matrix.versions.tolist(), pa.string()),
        "scale": pa.array(matrix.scales),
        "vector": vectors,
    }
    table = pa.table(columns)
    beside = file.with_name(f"{uuid.uuid4().hex}.new")
    with pa.OSFile(str(beside), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table, max_chunksize=max(len(matrix.ids), 1))
    beside.replace(file)


def _open(file: Path) -> Matrix | None:
    """The file's columns where they lie on the disk; None when there is none that can be read."""
    try:
        table = pa.ipc.open_file(pa.memory_map(str(file))).read_all()
    except (OSError, pa.ArrowInvalid):
        return None
    if not table.num_rows:
        return None
    vectors = table["vector"].chunk(0)
    steps = np.frombuffer(vectors.buffers()[1], np.int8, len(vectors) * DIRECTIONS).reshape(-1, DIRECTIONS)
    versions = np.array(table["version"].to_pylist(), "U40")
    return Matrix(table["id"].chunk(0).to_numpy(), versions, table["scale"].chunk(0).to_numpy(), steps)
