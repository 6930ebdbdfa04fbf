"""The matrix of meanings on the disk holds nothing of comments that are gone, whoever asks meanwhile."""

from __future__ import annotations

import fcntl
import threading
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.conf import settings
from explorer_data import written
from texts_data import Handmade, reader

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.comments import remove_comments
from kapula_web.texts.explorer import matrix

__all__ = ["reader"]


def file(organisation: Organisation) -> Path:
    return Path(settings.DATA_DIR) / "meanings" / str(organisation.pk) / "meanings.arrow"


def test_it_goes_when_comments_have_gone_however_they_went(
    aurinko: Organisation, reader: Handmade, django_capture_on_commit_callbacks: Any
) -> None:
    made = written(aurinko, ["Jonotin tunnin", "Hinta on kallis"])
    matrix.matrix_of(aurinko.pk, "one")
    assert file(aurinko).exists()
    with django_capture_on_commit_callbacks(execute=True):
        remove_comments("id = %(one)s", organisation_id=aurinko.pk, one=made[0].pk)
        assert file(aurinko).exists()  # until it is so for everybody
    assert not file(aurinko).exists()
    assert matrix.matrix_of(aurinko.pk, "one").ids.tolist() == [made[1].pk]


def test_what_there_is_is_read_and_written_under_the_lock_that_a_removal_waits_for(
    aurinko: Organisation, reader: Handmade, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else what another process read before an erasure would be written after it."""
    written(aurinko, ["Jonotin tunnin", "Hinta on kallis"])
    seen: list[str] = []

    def watched(name: str) -> Any:
        original = getattr(matrix, name)

        def run(*given: Any) -> Any:
            with (file(aurinko).parent / matrix.LOCK).open("w") as lock, pytest.raises(BlockingIOError):
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            seen.append(name)
            return original(*given)

        return run

    for name in ("_in_the_database", "_write"):
        monkeypatch.setattr(matrix, name, watched(name))
    assert len(matrix.matrix_of(aurinko.pk, "one").ids) == 2
    assert seen == ["_in_the_database", "_write"]


def test_a_removal_waits_and_leaves_the_lock_for_others_who_wait(aurinko: Organisation, reader: Handmade) -> None:
    written(aurinko, ["Jonotin tunnin"])
    with matrix._locked(aurinko.pk):
        removal = threading.Thread(target=matrix.remove, args=[aurinko.pk])
        removal.start()
        matrix._write(file(aurinko), matrix._gathered(np.array([], np.int64), np.array([], "U40"), None))
    removal.join()
    assert [one.name for one in file(aurinko).parent.iterdir()] == [matrix.LOCK]
