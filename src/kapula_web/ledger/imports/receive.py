"""A file comes in: it is stored, looked at, and waits for a person to agree with how it will be read."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kapula import connectors
from kapula.errors import SourceError
from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation, User
from kapula_web.ledger.imports import files, mapping
from kapula_web.ledger.models import Import, Source


def receive(
    *, organisation: Organisation, source: Source, name: str, chunks: Iterable[bytes], actor: User | None
) -> Import:
    """Store the file and peek at it. Raises ``SourceError`` or ``ImportRefused``, and then nothing is stored."""
    stored = files.store(chunks, name=name, organisation_id=organisation.pk)
    try:
        found = connectors.peek(stored.path)
        plan, matching = mapping.suggested(found, source)
        with transaction.atomic():
            run = Import.objects.create(
                organisation=organisation,
                source=source,
                file_name=name[:255],
                stored_as=files.relative(stored.path),
                size=stored.size,
                checksum=stored.checksum,
                plan=plan.to_dict(),
                peek=mapping.peek_to_dict(found, matching),
                created_by=actor,
            )
            record(organisation=organisation, actor=actor, action="import.received", about=run, file=name)
    except BaseException as error:
        files.remove(stored.path)
        if isinstance(error, SourceError):
            error.context["file"] = name  # not the name the file was stored by
        raise
    return run


def source_for(*, organisation: Organisation, code: str, name: str = "", actor: User | None = None) -> Source:
    """The source of that code, made if it is new."""
    with transaction.atomic():
        source, made = Source.objects.get_or_create(
            organisation=organisation, code=code, defaults={"names": {organisation.language: name or code}}
        )
        if made:
            record(organisation=organisation, actor=actor, action="source.created", about=source, name=name or code)
    return source
