"""Letting go: of a stored file, of a draft that was never taken in, of a source's remembered mapping."""

from __future__ import annotations

from django.db import transaction

from kapula_web.accounts.audit import record
from kapula_web.accounts.models import User
from kapula_web.ledger.imports import files
from kapula_web.ledger.imports.errors import FileGone, WrongState
from kapula_web.ledger.models import Import, Source

_BUSY = (Import.State.QUEUED, Import.State.RUNNING)


def delete_file(*, run: Import, actor: User | None) -> None:
    """Delete the uploaded file; what was read from it stays in the ledger."""
    if run.state in _BUSY:
        raise WrongState("The file is being read.", hint="Wait until the import is ready.", state=run.state)
    with transaction.atomic():
        _unlink_after(run)
        Import.objects.filter(pk=run.pk).update(stored_as="")
        record(organisation=run.organisation, actor=actor, action="import.file_deleted", about=run, file=run.file_name)


def discard(*, run: Import, actor: User | None) -> None:
    """Throw away an import that was never taken in, with its file."""
    if run.state not in (Import.State.MAPPING, Import.State.FAILED):
        raise WrongState(f"The import is {run.state}.", hint="A finished import is undone instead.", state=run.state)
    with transaction.atomic():
        record(organisation=run.organisation, actor=actor, action="import.discarded", about=run, file=run.file_name)
        _unlink_after(run)
        run.delete()


def forget_mapping(*, source: Source, actor: User | None) -> None:
    """The next file of the source is looked at afresh."""
    with transaction.atomic():
        Source.objects.filter(pk=source.pk).update(plan={}, connector="")
        record(organisation=source.organisation, actor=actor, action="source.mapping_forgotten", about=source)


def _unlink_after(run: Import) -> None:
    try:
        path = files.path_of(run)
    except FileGone:
        return
    transaction.on_commit(lambda: files.remove(path))
