"""From the model to the file. The same model always gives the same text."""

from __future__ import annotations

from datetime import date
from typing import Any

import yaml

from kapula_web.accounts.models import Organisation
from kapula_web.insights.modelfile.entry import CHILDREN, KEYS, VERSION, Entry
from kapula_web.insights.models import Area
from kapula_web.insights.selectors import Branch, live_measures, tree


def entries_of(organisation: Organisation) -> list[Entry]:
    """The measures in force as entries, parents before their children."""
    every = live_measures(organisation)
    found: list[Entry] = []
    for area in Area.values:
        _collect(tree(every, area), area, "", found)
    return found


def _collect(branches: tuple[Branch, ...], area: str, parent: str, found: list[Entry]) -> None:
    for branch in branches:
        values = {key.name: _plain(getattr(branch.measure, key.field)) for key in KEYS}
        values["filters"] = {name: one if isinstance(one, list) else [one] for name, one in values["filters"].items()}
        found.append(Entry(area, len(found), parent, values))
        _collect(branch.children, area, branch.measure.code, found)


def _plain(value: Any) -> Any:
    if hasattr(value, "user"):
        return value.user.email
    return int(value) if isinstance(value, float) and value.is_integer() else value


def write(entries: list[Entry]) -> str:
    """The file's text."""
    areas = {area: _nested(entries, area, "") for area in Area.values}
    head = {"kapula-model": VERSION, "areas": {area: found for area, found in areas.items() if found}}
    return yaml.dump(head, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False)


def _nested(entries: list[Entry], area: str, parent: str) -> list[dict[str, Any]]:
    return [_one(entries, entry) for entry in entries if entry.area == area and entry.parent == parent]


def _one(entries: list[Entry], entry: Entry) -> dict[str, Any]:
    written = {
        key.name: entry.values[key.name]
        for key in KEYS
        if key.required or entry.values[key.name] not in (key.default, None)
    }
    if below := _nested(entries, entry.area, entry.code):
        written[CHILDREN] = below
    return written


class _Dumper(yaml.SafeDumper):
    """Lists indented under their key, dates as dates, short lists of plain values on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, False)


def _list(dumper: yaml.SafeDumper, value: list[Any]) -> yaml.Node:
    plain = all(isinstance(one, str | int | float) for one in value)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", value, flow_style=plain)


_Dumper.add_representer(list, _list)
_Dumper.add_representer(date, yaml.representer.SafeRepresenter.represent_date)
