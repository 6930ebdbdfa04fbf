"""One measure in the file: its keys, in their order, and what each may hold. docs/measurement-model.md tells the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Final

VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Key:
    """``kind``: a reader in values.py. ``field``: of ModelMeasure. ``default``: what a missing key means, and what is not written."""

    name: str
    kind: str
    field: str
    default: Any = None
    required: bool = False


KEYS: Final[tuple[Key, ...]] = (
    Key("code", "code", "code", required=True),
    Key("name", "words", "names", required=True),
    Key("definition", "words", "definitions", {}),
    Key("measure", "measure", "measure", required=True),
    Key("options", "options", "options", {}),
    Key("table", "table", "table", "responses"),
    Key("columns", "texts", "columns", required=True),
    Key("series", "text", "series", ""),
    Key("filters", "filters", "filters", {}),
    Key("weight", "text", "weight", ""),
    Key("cluster", "text", "cluster", ""),
    Key("target", "number", "target", None),
    Key("unit", "text", "unit_label", ""),
    Key("higher_is_better", "truth", "higher_is_better", None),
    Key("owner", "owner", "owner", None),
    Key("owner_role", "text", "owner_role", ""),
    Key("rhythm", "rhythm", "rhythm", "month"),
    Key("reviewed", "date", "reviewed_at", None),
    Key("when_missed", "words", "when_missed", {}),
    Key("period", "period", "period", "week"),
    Key("headline", "truth", "headline", False),
)
BY_NAME: Final = {key.name: key for key in KEYS}
CHILDREN: Final = "below"


@dataclass(frozen=True, slots=True)
class Entry:
    """A measure as the file says it. ``values``: key name → value; missing keys hold their defaults. ``parent``: the code above, or ""."""

    area: str
    position: int
    parent: str = ""
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return str(self.values["code"])
