"""The scan behind the first page: every measure now, what surely moved in which group, and which groups surely differ.

All tests of a kind are one scan: moves over all measures × groups, contrasts over all measures × groups, each corrected by
Benjamini–Hochberg. The result is plain JSON, kept with a key of everything it rests on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, Final

from kapula.errors import KapulaError
from kapula.results import Difference
from kapula.statistics.differences import benjamini_hochberg
from kapula_web.accounts.models import Organisation
from kapula_web.insights.figures.engine import Desk
from kapula_web.insights.figures.reading import Reading, desk_of, read, usual_view
from kapula_web.insights.figures.stretches import Stretch
from kapula_web.insights.models import ModelMeasure, Scan
from kapula_web.insights.selectors import live_measures

DIMENSIONS: Final = ("touchpoint", "team", "segment")
LEVEL: Final = 0.05
CONTRAST_DAYS: Final = 91
"""Groups are held against each other over the latest quarter: long enough for small groups, recent enough to act on."""


def scan(organisation: Organisation, today: date) -> dict[str, Any]:
    """The kept scan when it still holds, else a new one."""
    measures, desk = live_measures(organisation), desk_of(organisation)
    key = scan_key(measures, desk, today)
    kept = Scan.objects.filter(organisation=organisation).first()
    if kept is not None and kept.key == key:
        return dict(kept.found)
    found = make_scan(measures, desk, today)
    Scan.objects.update_or_create(organisation=organisation, defaults={"key": key, "found": found})
    return found


def scan_key(measures: list[ModelMeasure], desk: Desk, today: date) -> str:
    """A digest of everything the scan rests on: data, model, minimum n, day."""
    model = [
        [one.code, one.measure, one.table, one.columns, one.filters, one.options, one.series, one.weight]
        for one in measures
    ]
    model += [[one.code, one.cluster, one.period, one.higher_is_better, one.is_seasonal] for one in measures]
    rests = [desk.snapshot.version, desk.minimum_n, today.isoformat(), model]
    return hashlib.sha256(json.dumps(rests, sort_keys=True).encode()).hexdigest()


def make_scan(measures: list[ModelMeasure], desk: Desk, today: date) -> dict[str, Any]:
    """Standings of all measures, moves and contrasts that stay sure after correction, the largest p last."""
    readings, standings = [], {}
    for one in measures:
        try:
            reading = read(one, one.organisation, usual_view(one), today, desk)
            standings[one.code] = _standing(reading)
            readings.append(reading)
        except KapulaError as error:
            standings[one.code] = {"error": error.to_dict()}
    moves = corrected([move for reading in readings for move in _moves(reading)])
    contrasts = corrected([one for reading in readings for one in _contrasts(reading)])
    return {
        "standings": standings,
        "moves": [one for one in moves if one["sure"]],
        "contrasts": [one for one in contrasts if one["sure"]],
        "tests": {"moves": _tests(moves), "contrasts": _tests(contrasts)},
    }


def corrected(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The same with q over the whole list; sure only when the interval excludes zero and q is at most 5 %."""
    qs = benjamini_hochberg([one["p"] for one in found])
    marked = [
        one | {"q": q, "sure": bool(one["sure"] and q is not None and q <= LEVEL)}
        for one, q in zip(found, qs, strict=True)
    ]
    return sorted(marked, key=lambda one: (one["q"] is None, one["q"] or 0.0, -abs(one["value"] or 0.0)))


def _tests(found: list[dict[str, Any]]) -> int:
    return sum(one["p"] is not None for one in found)


def _standing(reading: Reading) -> dict[str, Any]:
    row, series = reading.figure(), reading.series()
    change = reading.change()
    spark = [point.row.value for point in series.points][-52:] if series else []
    return {
        "row": row.to_dict() if row else None,
        "change": change.to_dict() if change else None,
        "last": reading.span.last.isoformat() if reading.span.last else None,
        "spark": spark,
    }


def _moves(reading: Reading) -> Iterator[dict[str, Any]]:
    """The measure as a whole and in each group: the latest stretch against the one before it."""
    pair = reading.stretches()
    whole = reading.change()
    if pair is None or whole is None:
        return
    yield _told(reading, "", whole)
    for dimension in _dimensions(reading):
        for one in reading.desk.differences(reading.recipe, dimension, *pair).rows:
            if one.by not in (None, ""):
                yield _told(reading, dimension, one)


def _contrasts(reading: Reading) -> Iterator[dict[str, Any]]:
    """Each group against the rest over the latest quarter."""
    if reading.span.last is None:
        return
    recent = Stretch(reading.span.last - timedelta(days=CONTRAST_DAYS - 1), reading.span.last)
    for dimension in _dimensions(reading):
        try:
            rows = reading.desk.contrasts(reading.recipe, dimension, recent).rows
        except KapulaError:  # a median has no rest to be held against
            continue
        for one in rows:
            yield _told(reading, dimension, one)


def _dimensions(reading: Reading) -> list[str]:
    return [name for name in DIMENSIONS if name in reading.dimensions]


def _told(reading: Reading, dimension: str, one: Difference) -> dict[str, Any]:
    """A difference with its measure and group; below the minimum n there is no value and no p."""
    return {"code": reading.measure.code, "dimension": dimension, "group": one.by, **one.to_dict()}
