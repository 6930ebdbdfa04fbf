"""``kapula.health``: what is wrong with the data itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from kapula.analyses.columns import checked
from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.health.checks import STEPS, of_inventory, of_rows
from kapula.analyses.health.columns import dated, series_of, settled
from kapula.analyses.health.days import heard
from kapula.analyses.health.generic import TRIVIAL
from kapula.analyses.health.reading import read
from kapula.analyses.health.results import HealthResult
from kapula.analyses.health.series import series as one_series
from kapula.analyses.health.twins import NEAR
from kapula.analyses.health.verdict import told
from kapula.errors import ParameterError
from kapula.tables import as_table

FEWEST: Final = 30
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2999, 12, 31)
"""Days that can be looked from: days are counted backwards and onwards from it, and the calendar has ends."""


def health(
    table: Any,
    *,
    questions: Sequence[str] | None = None,
    time: str | None = None,
    source: str | None = None,
    person: str | None = None,
    divisions: Sequence[str] | None = None,
    inventory: Any = None,
    series: Any = None,
    as_of: date | None = None,
    unopened_days: int = 90,
    log_since: date | None = None,
    level: float = 0.95,
    filters: Any = None,
    timezone: str = "UTC",
    seed: int = 1,
    progress: Progress = no_progress,
) -> HealthResult:
    """Stale, scattered, generic, duplicated and never-opened data, each finding with its evidence and what mends it.

    ``table``: responses, one row an answered questionnaire. ``questions``: its columns of numbers (default: those called ``answer_…``,
    else every column of numbers but ``id`` and ``weight``); ``time``, ``source``, ``person`` and ``divisions`` (columns to compare groups
    by) default to the canonical columns where the table has them. ``inventory``: what the organisation keeps of its measures, sources and
    questions, a row each with ``kind`` and ``code``, and what is known of :class:`kapula.analyses.health.inventory.Item`; ``series``:
    operational figures with ``measure``, ``period``, ``value``. ``as_of``: the day looked from (default: the table's last day).
    ``log_since``: from when openings are known. What there is no data for is not judged, and not counted in ``checked``.

    Rules: docs/analyses/health.md. ``seed`` is kept for one call for all analyses. Raises :class:`~kapula.errors.KapulaError`.
    """
    raw = as_table(table)
    asked = settled(raw, questions, time, source, person, divisions)
    _require(level, unopened_days)
    _require_day(as_of)
    kept_items = read(inventory)
    others = [name for name in (asked.time, asked.source, asked.person, *asked.divisions) if name]
    rows = dated(checked(raw, asked.questions, others=others, filters=filters), asked.time, timezone)
    progress(0, STEPS)
    settings = {
        **asdict(asked), "questions": list(asked.questions), "divisions": list(asked.divisions),
        "unopened_days": unopened_days, "log_since": log_since.isoformat() if log_since else None,
        "level": level, "timezone": timezone, "seed": seed, "near": NEAR, "trivial": TRIVIAL,
    }  # fmt: skip
    n, last = heard(rows, asked)
    day = as_of or last
    settings |= {"as_of": day.isoformat() if day else None}
    if n < FEWEST:
        return HealthResult(NOT_ENOUGH, n, FEWEST, (), {}, settings)
    parts = [
        *of_rows(rows, asked, kept_items, day, level, progress),
        *of_inventory(kept_items, day, unopened_days, log_since),
        ("duplicated", one_series(None if series is None else series_of(series), level)),
    ]
    progress(STEPS, STEPS)
    return told(parts, n, settings)


def _require(level: float, unopened_days: int) -> None:
    if not 0.5 <= level < 1 or unopened_days < 1:
        raise ParameterError(
            "The level is between 0.5 and 1, and unopened_days at least 1.", hint="0.95 and 90 are usual.",
            parameter="level", value=level,
        )  # fmt: skip


def _require_day(as_of: date | None) -> None:
    if as_of is not None and not EARLIEST <= as_of <= LATEST:
        allowed = f"{EARLIEST.isoformat()}…{LATEST.isoformat()}"
        raise ParameterError(
            "The day looked from lies at the end of the calendar.", hint=f"Give a day within {allowed}.",
            parameter="as_of", value=as_of.isoformat(), allowed=allowed,
        )  # fmt: skip
