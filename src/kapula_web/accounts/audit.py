"""Writing the audit log. Services call this inside their own transaction."""

from __future__ import annotations

from typing import Any

from django.db.models import Model

from kapula_web.accounts.models import AuditEntry, Organisation, User


def record(
    *, organisation: Organisation, actor: User | None, action: str, about: Model | None = None, **details: Any
) -> AuditEntry:
    """``action`` is a code such as ``import.finished``; accounts/actions.py words each in the interface's languages."""
    return AuditEntry.objects.create(
        organisation=organisation,
        actor=actor,
        action=action,
        object_type=(about._meta.model_name or "") if about is not None else "",
        object_id=str(about.pk) if about is not None else "",
        details=details,
    )
