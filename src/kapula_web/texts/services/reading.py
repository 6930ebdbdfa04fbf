"""Reading the comments that wait, a batch at a time, for as long as there is time."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from kapula.text.codebook import Codebook
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.changes import all_due
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
    if known.count() == len(batch):
        table, vectors = library.analyse(texts, told), None
    else:
        table, vectors = library.read(texts, told)
    keep(organisation=organisation, read=batch, table=table, version=version, vectors=vectors, embedded_by=embedded_by)
