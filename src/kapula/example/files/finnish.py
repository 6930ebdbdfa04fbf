"""Values as Finnish programs print them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pyarrow as pa
import pyarrow.compute as pc

from kapula.example.world import World

HELSINKI = ZoneInfo("Europe/Helsinki")
DO_NOT_KNOW = "99"


def day(value: date | datetime) -> str:
    """31.12.2025, in Finnish time."""
    local = value.astimezone(HELSINKI) if isinstance(value, datetime) else value
    return f"{local.day}.{local.month}.{local.year}"


def number(value: float | None, decimals: int = 0) -> str:
    """A decimal comma; blank when there is no value."""
    return "" if value is None else f"{value:.{decimals}f}".replace(".", ",")


def labels(items: Iterable[Any]) -> dict[str | None, str]:
    """Code → Finnish name of teams, touchpoints or segments."""
    return {None: "", **{item.code: item.name.fi for item in items}}


def survey_rows(world: World, keep: pa.ChunkedArray) -> list[dict[str, Any]]:
    """The kept responses as dicts, each with its ``comment`` or an empty text."""
    comments = dict(zip(world.comments["external_id"].to_pylist(), world.comments["text"].to_pylist(), strict=True))
    rows = world.responses.filter(keep).to_pylist()
    return [{**row, "comment": comments.get(row["external_id"], "")} for row in rows]


def is_at(world: World, column: str, value: str) -> pa.ChunkedArray:
    return pc.equal(world.responses[column], value)
