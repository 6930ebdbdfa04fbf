"""Answers already computed: in the process's memory, and on disk for the other processes and the next start.

A key holds the data's version, so an answer is never older than the data. The disk holds aggregates only, in the installation's own data
folder: rows of people's answers must not be kept here. An organisation's older versions are removed when a newer one is written, and an
answer to data that is no longer the newest is not written once its version has been removed. What changes oftener than the data (a
reading, a correction) belongs in the rest of the key. When a person is erased, nothing is left.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import shutil
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from django.conf import settings

from kapula_web.ledger.erasure import AFTERWARDS
from kapula_web.ledger.selectors import Snapshot
from kapula_web.ledger.snapshot.manifest import load

MOST_IN_MEMORY: Final = 2048
MOST_ON_DISK: Final = 20_000
FORMAT: Final = "1"
"""Rises when what is kept changes its shape, so that no process reads another release's answers."""


class Remembered:
    """The most recently used answers, shared by the threads of a process. ``name``: the folder on disk. The first part of a key is the
    data's version, whose first part, before a full stop, is the organisation."""

    def __init__(self, name: str, most: int = MOST_IN_MEMORY) -> None:
        self.name, self.most = name, most
        self._kept: OrderedDict[tuple[Any, ...], Any] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        """The kept answer, or the computed one. Two threads may compute the same at once; either answer is right."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        answer = self._from_disk(key, compute)
        with self._lock:
            self._kept[key] = answer
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return answer

    def has(self, key: tuple[Any, ...]) -> bool:
        """Whether the answer is kept, here or on disk."""
        with self._lock:
            if key in self._kept:
                return True
        return self._file(key).exists()

    def clear(self) -> None:
        """Forget what is in memory."""
        with self._lock:
            self._kept.clear()

    def forget(self, organisation_id: int) -> None:
        """Nothing of the organisation's is kept, in memory or on disk."""
        owner = str(organisation_id)
        with self._lock:
            for key in [one for one in self._kept if _owner(str(one[0])) == owner]:
                del self._kept[key]
        shutil.rmtree(Path(settings.DATA_DIR) / self.name / owner, ignore_errors=True)

    def folder(self, version: str) -> Path:
        safe = hashlib.sha256(version.encode()).hexdigest()[:16]
        return Path(settings.DATA_DIR) / self.name / _owner(version) / f"{FORMAT}-{safe}"

    def _from_disk(self, key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
        file = self._file(key)
        try:
            return pickle.loads(file.read_bytes())
        except (OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError):
            answer = compute()
        _write(str(key[0]), file, answer)
        return answer

    def _file(self, key: tuple[Any, ...]) -> Path:
        return self.folder(str(key[0])) / hashlib.sha256(repr(key).encode()).hexdigest()


def _owner(version: str) -> str:
    return version.partition(".")[0]


def _is_past(version: str) -> bool:
    """Whether the ledger has a newer version than this one of the data. What is no version of a ledger's data is never past."""
    owner = _owner(version)
    return version.count(".") == 2 and owner.isdecimal() and Snapshot(int(owner), load(int(owner))).version != version


def _write(version: str, file: Path, answer: Any) -> None:
    """The answer appears whole or not at all. A full disk loses speed, not pages."""
    folder = file.parent
    try:
        if not folder.exists():
            if _is_past(version):  # it took long: the folders there are newer ones
                return
            for older in folder.parent.glob("*"):
                shutil.rmtree(older, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
        elif sum(1 for _ in folder.iterdir()) > MOST_ON_DISK:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, exist_ok=True)
        part = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}")
        part.write_bytes(pickle.dumps(answer, protocol=pickle.HIGHEST_PROTOCOL))
        part.replace(file)
    except OSError:
        return


ANSWERS: Final = Remembered("answers")
PICTURES: Final = Remembered("pictures", 512)
AFTERWARDS.append(ANSWERS.forget)
