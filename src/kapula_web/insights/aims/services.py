"""Changes to the aims: each one transaction with its line in the audit log, and each can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.aims.models import ExperienceAim


@transaction.atomic
def create_aim(*, organisation: Organisation, actor: User | None, fields: Mapping[str, Any]) -> ExperienceAim:
    """A new aim; its code is made of its name unless given."""
    given = {"code": _new_code(organisation, str(fields["names"].get("fi", ""))), **fields}
    created = ExperienceAim.objects.create(organisation=organisation, **given)
    record(organisation=organisation, actor=actor, action="aim.created", about=created, aim=created.name)
    return created


@transaction.atomic
def change_aim(*, aim: ExperienceAim, actor: User | None, fields: Mapping[str, Any]) -> list[str]:
    """Change the fields that differ; the log keeps what was. Returns their names."""
    before = {name: getattr(aim, name) for name in fields}
    changed = [name for name, value in fields.items() if value != before[name]]
    if not changed:
        return []
    for name in changed:
        setattr(aim, name, fields[name])
    aim.save(update_fields=changed)
    details = {name: {"from": before[name], "to": fields[name]} for name in changed}
    record(organisation=aim.organisation, actor=actor, action="aim.changed", about=aim, aim=aim.name, **details)
    return changed


@transaction.atomic
def archive_aim(*, aim: ExperienceAim, actor: User | None) -> None:
    aim.archived_at = timezone.now()
    aim.save(update_fields=["archived_at"])
    record(organisation=aim.organisation, actor=actor, action="aim.archived", about=aim, aim=aim.name)


@transaction.atomic
def restore_aim(*, aim: ExperienceAim, actor: User | None) -> None:
    aim.archived_at = None
    aim.save(update_fields=["archived_at"])
    record(organisation=aim.organisation, actor=actor, action="aim.restored", about=aim, aim=aim.name)


def _new_code(organisation: Organisation, name: str) -> str:
    """A code of the name that nothing else of the organisation has."""
    base = slugify(name)[:60].replace("-", "_") or "aim"
    taken = set(ExperienceAim.objects.filter(organisation=organisation).values_list("code", flat=True))
    return next(code for code in (base, *(f"{base}_{number}" for number in range(2, 10_000))) if code not in taken)
