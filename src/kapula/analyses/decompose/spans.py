"""Days and stretches of days, as they are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from kapula.errors import KapulaError, ParameterError
from kapula.schema import PERIODS
from kapula.trends.labelled import require_no_finer
from kapula.trends.periods import period_end, period_start

Days = tuple[dt.date, dt.date]


@dataclass(frozen=True, slots=True)
class Named:
    """A period by its name: its first and last day, and which of PERIODS it is."""

    days: Days
    kind: str


def day_of(label: str, parameter: str) -> dt.date:
    """The first day of what a label names. Raises :class:`~kapula.errors.ParameterError` for one that names none."""
    return _required(str(label), parameter).days[0]


def single_day(label: str, parameter: str) -> dt.date:
    """The same for a label of one day only."""
    found = _required(label, parameter)
    if found.kind != "day":
        raise fault(parameter, label, f"{label!r} is no day.", "Write it as 2024-05-31 or 31.5.2024.")
    return found.days[0]


def span_of(given: Any, parameter: str, time: str, kind: str | None = None) -> Days:
    """First and last day of a label ("2024", "2024-Q3", "2024-05", "2024-W07", "2024-05-31", "31.5.2024") or of two joined by "/".

    ``kind``: the periods that the column ``time`` names, if it does: a label of shorter ones is refused, for it would cut them."""
    text = str(given)
    found = _two(text) or (_required(text, parameter),) * 2
    for one in found:
        if kind is not None:
            require_no_finer(one.kind, kind, time, parameter)
    return found[0].days[0], found[1].days[1]


def as_iso(text: str, family: str) -> str:
    """``text`` with its days that are written by a family of :data:`kapula.connectors.mapping.dates.FORMATS` in ISO form."""
    for parts in ([text], *map(list, _halves(text))):
        (days,) = _read_as(parts, [family])
        if any(days):
            return "/".join(one if day is None else day.isoformat() for one, day in zip(parts, days, strict=True))
    return text


def fault(parameter: str, value: Any, message: str, hint: str) -> ParameterError:
    return ParameterError(message, hint=hint, parameter=parameter, value=None if value is None else str(value))


def _required(label: str, parameter: str) -> Named:
    found = _named(label)
    if len(found) == 1:
        return found[0]
    if found:
        told = " or ".join(one.days[0].isoformat() for one in found)
        raise fault(parameter, label, f"{label!r} may be {told}.", "Write the year first: 2024-05-31.")
    hint = "Write it as 2024, 2024-Q3, 2024-05, 2024-W07, 2024-05-31, 31.5.2024 or 2024-01/2024-06."
    raise fault(parameter, label, f"{label!r} names no period.", hint)


def _two(text: str) -> tuple[Named, Named] | None:
    """Two labels joined by "/", which days may hold too."""
    if _named(text):
        return None
    found = [(_named(start), _named(end)) for start, end in _halves(text)]
    return next(((one[0], two[0]) for one, two in found if len(one) == len(two) == 1), None)


def _halves(text: str) -> list[tuple[str, str]]:
    return [(text[:place].strip(), text[place + 1 :].strip()) for place, mark in enumerate(text) if mark == "/"]


def _named(label: str) -> list[Named]:
    """What a label may name: an ISO period, or a day as files write them."""
    for period in PERIODS:
        try:
            return [Named((period_start(label, period), period_end(label, period)), period)]
        except KapulaError:
            continue
    return [Named((day, day), "day") for day in _written(label)]


def _written(label: str) -> list[dt.date]:
    """The days that a label may be, read as the columns of files are: several where nothing tells the day from the month."""
    from kapula.connectors.mapping.dates import FORMATS  # connectors import the measures' schema, so only when needed

    found = [days[0] for days in _read_as([label], FORMATS)] if any(map(str.isdigit, label)) else []
    return sorted({day for day in found if day is not None})


def _read_as(labels: Sequence[str], families: Sequence[str]) -> list[list[dt.date | None]]:
    """For each family, the day that each label is by it."""
    from kapula.connectors.mapping.engine import Engine

    engine, texts = Engine(), pa.array([label.strip() for label in labels], pa.string())
    try:
        found = [engine.timestamps(texts, family, None).to_pylist() for family in families]
    finally:
        engine.close()
    return [[None if moment is None else moment.date() for moment in moments] for moments in found]
