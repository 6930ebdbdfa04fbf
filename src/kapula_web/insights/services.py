"""Changes to the measurement model. Each is one transaction with its line in the audit log, and each can be taken back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.models import ModelMeasure


@transaction.atomic
def create_measure(*, organisation: Organisation, actor: User | None, fields: Mapping[str, Any]) -> ModelMeasure:
    """A new measure, last in its area. ``fields``: those of the model."""
    created = ModelMeasure(organisation=organisation, **fields)
    if "position" not in fields:
        created.position = _last_position(organisation, created.area) + 1
    created.save()
    record(organisation=organisation, actor=actor, action="model.created", about=created, measure=created.name)
    return created


@transaction.atomic
def change_measure(*, measure: ModelMeasure, actor: User | None, fields: Mapping[str, Any]) -> list[str]:
    """Change the fields that differ; the log keeps what was. Returns their names."""
    before = {name: _kept(getattr(measure, name)) for name in fields}
    changed = [name for name, value in fields.items() if _kept(value) != before[name]]
    if not changed:
        return []
    for name in changed:
        setattr(measure, name, fields[name])
    measure.save(update_fields=changed)
    details = {name: {"from": before[name], "to": _kept(fields[name])} for name in changed}
    record(
        organisation=measure.organisation,
        actor=actor,
        action="model.changed",
        about=measure,
        measure=measure.name,
        **{name: value for name, value in details.items() if name != "measure"},
    )
    return changed


@transaction.atomic
def move_measure(*, measure: ModelMeasure, actor: User | None, steps: int) -> None:
    """Up (negative) or down among the measures of its area and parent."""
    siblings = list(
        ModelMeasure.objects.filter(
            organisation=measure.organisation, area=measure.area, parent=measure.parent, archived_at=None
        )
    )
    place = siblings.index(measure)
    wanted = min(max(place + steps, 0), len(siblings) - 1)
    if wanted == place:
        return
    siblings.insert(wanted, siblings.pop(place))
    for position, one in enumerate(siblings):
        one.position = position
    ModelMeasure.objects.bulk_update(siblings, ["position"])
    record(organisation=measure.organisation, actor=actor, action="model.moved", about=measure, measure=measure.name)


@transaction.atomic
def archive_measure(*, measure: ModelMeasure, actor: User | None) -> None:
    """Out of the model, but not out of the world: its children move up a step, and it can be taken back."""
    measure.archived_at = timezone.now()
    measure.save(update_fields=["archived_at"])
    measure.children.update(parent=measure.parent)
    record(organisation=measure.organisation, actor=actor, action="model.archived", about=measure, measure=measure.name)


@transaction.atomic
def restore_measure(*, measure: ModelMeasure, actor: User | None) -> None:
    measure.archived_at = None
    measure.save(update_fields=["archived_at"])
    record(organisation=measure.organisation, actor=actor, action="model.restored", about=measure, measure=measure.name)


@transaction.atomic
def review_measure(*, measure: ModelMeasure, actor: User | None, on: date) -> date | None:
    """Someone has looked at it. Returns the day of the review before, so that a slip can be taken back."""
    before = measure.reviewed_at
    measure.reviewed_at = on
    measure.save(update_fields=["reviewed_at"])
    record(organisation=measure.organisation, actor=actor, action="model.reviewed", about=measure, measure=measure.name)
    return before


def _last_position(organisation: Organisation, area: str) -> int:
    found = ModelMeasure.objects.filter(organisation=organisation, area=area).aggregate(last=Max("position"))["last"]
    return -1 if found is None else int(found)


def _kept(value: Any) -> Any:
    """A value as the log keeps it: plain JSON."""
    if isinstance(value, ModelMeasure):
        return value.code
    if hasattr(value, "pk"):
        return str(value)
    return value.isoformat() if isinstance(value, date) else value
