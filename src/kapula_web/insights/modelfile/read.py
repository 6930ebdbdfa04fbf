"""From the file to entries. Every mistake is told at once, each with its line."""

from __future__ import annotations

from typing import Any

import yaml

from kapula_web.accounts.models import Organisation
from kapula_web.insights.errors import ModelFileError
from kapula_web.insights.figures.recipe import declared
from kapula_web.insights.modelfile.entry import BY_NAME, CHILDREN, KEYS, VERSION, Entry
from kapula_web.insights.modelfile.values import READERS, Fault, plain
from kapula_web.insights.models import Area

MOST_CHARACTERS = 2_000_000


def read(text: str, organisation: Organisation) -> list[Entry]:
    """The file's measures, parents before their children. Raises :class:`ModelFileError`."""
    return _Reader(organisation).read(text)


class _Reader:
    def __init__(self, organisation: Organisation) -> None:
        self.problems: list[dict[str, Any]] = []
        self.entries: list[Entry] = []
        self.codes: set[str] = set()
        self.emails = set(organisation.memberships.values_list("user__email", flat=True))

    def read(self, text: str) -> list[Entry]:
        root = self._compose(text)
        pairs = self._pairs(root, ("kapula-model", "areas"))
        version = pairs.get("kapula-model")
        if version is None or plain(version) != VERSION:
            self._problem("version", version or root)
        if "areas" in pairs:
            for area, node in self._pairs(pairs["areas"], tuple(Area.values)).items():
                self._measures(node, area, "")
        elif version is not None:
            self._problem("missing_key", root, key="areas")
        if self.problems:
            raise ModelFileError(sorted(self.problems, key=lambda one: one["line"]))
        return self.entries

    def _compose(self, text: str) -> yaml.Node:
        try:
            node = yaml.compose(text[:MOST_CHARACTERS], Loader=yaml.SafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            raise ModelFileError(
                [
                    {
                        "line": mark.line + 1 if mark else 1,
                        "code": "not_yaml",
                        "key": str(getattr(error, "problem", "") or ""),
                    }
                ]
            ) from error
        if not isinstance(node, yaml.MappingNode):
            raise ModelFileError([{"line": 1, "code": "version"}])
        return node

    def _measures(self, node: yaml.Node, area: str, parent: str) -> None:
        if not isinstance(node, yaml.SequenceNode):
            self._problem("not_a_list", node, key=area)
            return
        for one in node.value:
            self._measure(one, area, parent)

    def _measure(self, node: yaml.Node, area: str, parent: str) -> None:
        pairs = self._pairs(node, (*BY_NAME, CHILDREN))
        values = {key.name: key.default for key in KEYS}
        for key in KEYS:
            if key.name in pairs:
                values[key.name] = self._value(key.kind, key.name, pairs[key.name], key.default)
            elif key.required and isinstance(node, yaml.MappingNode):
                self._problem("missing_key", node, key=key.name)
        self._check(values, pairs)
        code = values["code"] or ""
        self.entries.append(Entry(area, len(self.entries), parent, values))
        if CHILDREN in pairs:
            self._measures(pairs[CHILDREN], area, code)

    def _check(self, values: dict[str, Any], pairs: dict[str, yaml.Node]) -> None:
        """What one value asks of another."""
        code, owner = values["code"], values["owner"]
        if code in self.codes:
            self._problem("same_code", pairs["code"], value=code)
        self.codes.add(code)
        if owner is not None and owner not in self.emails:
            self._problem("unknown_owner", pairs["owner"], value=owner)
        if values["measure"] and values["columns"]:
            measure = declared(values["measure"])
            least = sum(not role.endswith("?") for role in measure.columns)
            if not least <= len(values["columns"]) <= len(measure.columns):
                self._problem("column_count", pairs["columns"], key="columns", allowed=list(measure.roles))

    def _value(self, kind: str, name: str, node: yaml.Node, default: Any) -> Any:
        try:
            return READERS[kind](node)
        except Fault as fault:
            value = fault.node.value if isinstance(fault.node, yaml.ScalarNode) else None
            self._problem(fault.code, fault.node, key=name, value=value, allowed=list(fault.allowed))
            return default

    def _pairs(self, node: yaml.Node, allowed: tuple[str, ...]) -> dict[str, yaml.Node]:
        """A mapping's values by key; unknown and repeated keys are problems."""
        if not isinstance(node, yaml.MappingNode):
            self._problem("not_a_mapping", node)
            return {}
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            if key.value not in allowed:
                self._problem("unknown_key", key, key=str(key.value), allowed=list(allowed))
            elif key.value in found:
                self._problem("same_code", key, key=key.value)
            else:
                found[key.value] = value
        return found

    def _problem(self, code: str, node: yaml.Node, **particulars: Any) -> None:
        self.problems.append({"line": node.start_mark.line + 1, "code": code, **particulars})
