"""What the explorer keeps beside the ledger, brought up to date and forgotten."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kapula_web.jobs.registry import Progress, background
from kapula_web.texts.explorer import index, matrix


@background("texts.index", attempts=1, every=20)
def catch_up(progress: Progress) -> dict[str, Any]:
    """Words of new comments are read soon after they came; there is nothing to do when none did."""
    return {"comments": index.catch_up(progress.report)}


def forget_matrix(organisation_id: int) -> None:
    """Comments have gone: when that is so for everybody, the matrix on the disk goes, for it holds their meanings."""
    transaction.on_commit(lambda: matrix.remove(organisation_id), robust=True)


def forget(organisation_id: int) -> None:
    """A person was erased: nothing of theirs stays in the index's segments or in the matrix on the disk."""
    index.forget()
    matrix.remove(organisation_id)
