"""Taking a file in: all of it or nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from kapula_web.accounts.models import Membership, Organisation, User
from kapula_web.insights.modelfile.changes import Change, changes
from kapula_web.insights.modelfile.entry import KEYS, Entry
from kapula_web.insights.models import ModelMeasure
from kapula_web.insights.services import archive_measure, change_measure, create_measure, restore_measure


@transaction.atomic
def apply(*, organisation: Organisation, actor: User | None, entries: list[Entry]) -> list[Change]:
    """Make the model what the file says. Measures it does not hold are archived, not deleted; an archived one it holds comes back."""
    found = changes(organisation, entries)
    known = {
        one.code: one for one in ModelMeasure.objects.filter(organisation=organisation).select_related("organisation")
    }
    owners = {
        one.user.email: one for one in Membership.objects.filter(organisation=organisation).select_related("user")
    }
    for entry in entries:
        known[entry.code] = _take(organisation, actor, entry, known, owners)
    for change in found:
        if change.kind == "archived":
            archive_measure(measure=known[change.code], actor=actor)
    return found


def _take(
    organisation: Organisation,
    actor: User | None,
    entry: Entry,
    known: dict[str, ModelMeasure],
    owners: dict[str, Membership],
) -> ModelMeasure:
    fields: dict[str, Any] = {key.field: entry.values[key.name] for key in KEYS}
    fields["owner"] = owners[fields["owner"]] if fields["owner"] else None
    fields |= {"area": entry.area, "position": entry.position, "parent": known[entry.parent] if entry.parent else None}
    measure = known.get(entry.code)
    if measure is None:
        return create_measure(organisation=organisation, actor=actor, fields=fields)
    if measure.archived_at is not None:
        restore_measure(measure=measure, actor=actor)
    change_measure(measure=measure, actor=actor, fields=fields)
    return measure
