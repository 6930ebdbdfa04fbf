"""Reading the comments that wait, a batch at a time, for as long as there is time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pyarrow as pa

from kapula.text.codebook import Codebook
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.changes import all_due
from kapula_web.texts.masking import blanked
from kapula_web.texts.models import CommentEmbedding
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import analyse
from kapula_web.texts.services.keep import keep
from kapula_web.texts.services.waiting import Waiting, batches, standing

BATCH: Final = 128


def read_waiting(
    organisation: Organisation, report: Callable[[int, int], None], may_go_on: Callable[[], bool]
) -> tuple[bool, int]:
    """Read until nothing waits or ``may_go_on`` says no: whether it came to the end, and how many were read.

    ``report`` may stop it at any batch. What was read is kept, so that a killed or stopped reading goes on where it was.
    """
    library, told = analyse.library_behind(), told_of(organisation)
    version = library.version(told)
    stands = standing(organisation, version)
    report(stands.done, stands.total)
    count = 0
    for batch in batches(organisation, version, BATCH):
        _read(organisation, batch, told, version, library)
        count += len(batch)
        report(min(stands.done + count, stands.total), stands.total)
        if not may_go_on():
            return False, count
    all_due(organisation=organisation)
    return True, count


def _read(
    organisation: Organisation, batch: list[Waiting], told: Codebook, version: str, library: analyse.Library
) -> None:
    texts = [one.text for one in batch]
    embedded_by = library.embedding_version()
    known = CommentEmbedding.objects.filter(comment__in=[one.comment for one in batch], version=embedded_by)
    read = _labels if known.count() == len(batch) else _labels_and_meanings
    table, vectors = _without_covered(texts, lambda some: read(library, some, told))
    keep(organisation=organisation, read=batch, table=table, version=version, vectors=vectors, embedded_by=embedded_by)


Told = tuple[Any, Any]
"""A table of kapula.text.contract, and the vectors or None."""


def _labels(library: analyse.Library, texts: list[str], told: Codebook) -> Told:
    return library.analyse(texts, told), None


def _labels_and_meanings(library: analyse.Library, texts: list[str], told: Codebook) -> Told:
    return library.read(texts, told)


def _without_covered(texts: list[str], read: Callable[[list[str]], Told]) -> Told:
    """``read`` of the texts; those in which something is covered are read once more without it, and only what is covered and the language
    stay as they were."""
    table, vectors = read(texts)
    rows = table.to_pylist()
    hidden = [place for place, row in enumerate(rows) if row["pii"]]
    if not hidden:
        return table, vectors
    again, meanings = read([blanked(texts[place], rows[place]["pii"]) for place in hidden])
    for place, row in zip(hidden, again.to_pylist(), strict=True):
        rows[place] = row | {name: rows[place][name] for name in ("pii", "language")}
    if vectors is not None:
        vectors = np.array(vectors)
        vectors[hidden] = meanings
    return pa.Table.from_pylist(rows, schema=table.schema), vectors
