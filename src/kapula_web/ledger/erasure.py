"""Erasing a person: from SQL, from what imports kept, from the snapshot; with a receipt of what was removed and which figures changed.

Files a person uploaded are kept as they came and cannot be edited row by row: those of the imports that brought the person's rows
are deleted whole (the rows of others are in the ledger; only re-reading the file is no longer possible).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from kapula.errors import KapulaError
from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation, User
from kapula_web.ledger import snapshot
from kapula_web.ledger.changes import changed
from kapula_web.ledger.comments import forget_gone, lock_comments
from kapula_web.ledger.models import Comment, Event, Import, Outcome, RejectedRow, Response, RowVersion

_TABLES: Final[dict[str, type[Response | Event | Outcome]]] = {
    "responses": Response,
    "events": Event,
    "outcomes": Outcome,
}

AFTERWARDS: Final[list[Callable[[int], None]]] = []
"""What keeps something of answers or comments outside the tables (an index, a matrix, figures) and forgets it for good, given the
organisation's id. An app adds its own when Django starts. What tables keep goes in the transaction itself (comments.GONE)."""


class UnknownCustomerError(KapulaError):
    """Nothing in the ledger bears that customer code. Context: customer."""

    code = "unknown_customer"


@dataclass(frozen=True, slots=True)
class Receipt:
    """Rows removed from each table, and the days, touchpoints and questions whose figures may have changed."""

    removed: dict[str, int]
    first_day: str | None
    last_day: str | None
    touchpoints: tuple[str, ...]
    questions: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        return asdict(self)


def erase_customer(*, organisation: Organisation, customer: str, actor: User | None) -> Receipt:
    """Remove every trace of ``customer`` (the code data knows them by). Raises :class:`UnknownCustomerError`.

    The audit log keeps that an erasure was done, by whom and how many rows, and not whose: the code itself is personal data.
    """
    if not customer.strip():
        raise UnknownCustomerError("No customer was named.", hint="Give the customer's code.", customer=customer)
    with transaction.atomic():
        receipt, files = _erase(organisation, customer)
        details: dict[str, Any] = dict(receipt.removed)
        record(organisation=organisation, actor=actor, action="customer.erased", **details)
    for file in files:
        file.unlink(missing_ok=True)
    # Twice: the first refresh writes new parts, and purging removes the old ones readers might have been opening.
    snapshot.refresh(organisation.pk, purge=True)
    for forget in AFTERWARDS:
        forget(organisation.pk)
    return receipt


def _erase(organisation: Organisation, customer: str) -> tuple[Receipt, list[Path]]:
    found = {
        name: model._default_manager.filter(organisation=organisation, customer=customer)
        for name, model in _TABLES.items()
    }
    if not any(rows.exists() for rows in found.values()):
        raise UnknownCustomerError(
            f"Nobody is called {customer!r} in the ledger.", hint="Check the code, letter by letter.", customer=customer
        )
    responses = Response.objects.filter(organisation=organisation, customer=customer)
    touched = _touched(responses)
    imports = Import.objects.filter(pk__in=_imports(found)).exclude(stored_as="")
    files = [Path(settings.IMPORT_DIR) / stored for stored in imports.values_list("stored_as", flat=True)]
    imports.update(stored_as="")
    for rows in found.values():  # before what is kept of them: the order of locks is told in kapula_web.ledger.comments
        list(rows.select_for_update().order_by("pk").values_list("pk", flat=True))
    removed = {"comments": Comment.objects.filter(response__in=responses).count()}
    removed["kept_versions"] = _forget_versions(found)
    removed["rejected_rows"] = _forget_rejected(organisation, customer)
    for name, rows in found.items():
        removed[name] = _remove(organisation, name, rows)
    forget_gone(organisation.pk)
    return Receipt(removed, *touched), files


def _touched(responses: QuerySet[Any]) -> tuple[str | None, str | None, tuple[str, ...], tuple[str, ...]]:
    rows = list(responses.values_list("occurred_at", "touchpoint__code", "answers"))
    days = sorted(timezone.localdate(row[0]).isoformat() for row in rows)
    questions = {code for row in rows for code in row[2]}
    touchpoints = {row[1] for row in rows if row[1]}
    return days[0] if days else None, days[-1] if days else None, tuple(sorted(touchpoints)), tuple(sorted(questions))


def _imports(found: dict[str, QuerySet[Any]]) -> set[int]:
    runs = {run for rows in found.values() for run in rows.values_list("import_run_id", flat=True)}
    return {run for run in runs if run is not None}


def _forget_versions(found: dict[str, QuerySet[Any]]) -> int:
    wanted = Q(pk__in=[])
    for table, rows in found.items():
        wanted |= Q(table=table, row__in=list(rows.values_list("pk", flat=True)))
    return RowVersion.objects.filter(wanted).delete()[0]


def _forget_rejected(organisation: Organisation, customer: str) -> int:
    """Rejected rows are kept as raw text; one goes when any of its fields is the customer's code."""
    rows = RejectedRow.objects.filter(import_run__organisation=organisation).only("pk", "raw").iterator(2_000)
    theirs = [row.pk for row in rows if customer in {str(value).strip() for value in row.raw.values()}]
    return RejectedRow.objects.filter(pk__in=theirs).delete()[0]


def _remove(organisation: Organisation, table: str, rows: QuerySet[Any, Any]) -> int:
    ids = list(rows.values_list("pk", flat=True))
    for one in ids:
        changed(organisation=organisation, table=table, first_id=one)
    model: type[Model] = rows.model
    if model is Response:
        comments = Comment.objects.filter(response_id__in=ids)
        lock_comments(comments)
        comments.delete()
    rows.delete()
    return len(ids)
