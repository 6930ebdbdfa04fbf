"""What taking a file in would change: seen before anything is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from kapula_web.accounts.models import Organisation
from kapula_web.insights.modelfile.entry import KEYS, Entry
from kapula_web.insights.modelfile.write import entries_of


@dataclass(frozen=True, slots=True)
class Change:
    """``kind``: added, changed, moved or archived. ``fields``: key → (before, after) of a changed measure."""

    kind: str
    code: str
    name: str
    fields: tuple[tuple[str, Any, Any], ...] = ()

    def to_dict(self) -> dict[str, Any]:
        fields = {key: {"from": before, "to": after} for key, before, after in self.fields}
        return {"kind": self.kind, "code": self.code, "name": self.name, "fields": fields}


def changes(organisation: Organisation, wanted: list[Entry]) -> list[Change]:
    """In the order of the file; measures that the file does not hold are archived and come last."""
    standing = {entry.code: entry for entry in entries_of(organisation)}
    found = [change for entry in wanted if (change := _change(standing.get(entry.code), entry))]
    kept = {entry.code for entry in wanted}
    return [*found, *(Change("archived", one.code, _name(one)) for one in standing.values() if one.code not in kept)]


def _change(before: Entry | None, after: Entry) -> Change | None:
    if before is None:
        return Change("added", after.code, _name(after))
    fields = [
        (key.name, before.values[key.name], after.values[key.name])
        for key in KEYS
        if before.values[key.name] != after.values[key.name]
    ]
    fields += [
        (name, getattr(before, name), getattr(after, name))
        for name in ("area", "parent")
        if getattr(before, name) != getattr(after, name)
    ]
    if fields:
        return Change("changed", after.code, _name(after), tuple(fields))
    return Change("moved", after.code, _name(after)) if before.position != after.position else None


def _name(entry: Entry) -> str:
    from kapula_web.kit.words import in_language

    return in_language(entry.values["name"] or {}) or entry.code
