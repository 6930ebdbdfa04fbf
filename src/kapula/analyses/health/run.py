"""``kapula.health``: what is wrong with the data itself."""

from __future__ import annotations

import functools
import operator
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from ibis.expr import types as ir

from kapula.analyses.columns import checked
from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.health import kept, sources, twins
from kapula.analyses.health import questions as asking
from kapula.analyses.health.freshness import stale
from kapula.analyses.health.inventory import Inventory, read
from kapula.analyses.health.results import Finding, HealthResult, in_order
from kapula.errors import ParameterError
from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import wrong_type
from kapula.schema import ANSWER_PREFIX, require
from kapula.tables import as_table, fetch

FEWEST: Final = 30
DAY: Final = "kapula_day"
MONTH: Final = "month"
TIMES: Final = ("occurred_on", "occurred_at")
NO_QUESTION: Final = ("id", "weight")
STEPS: Final = 8
Part = tuple[str, tuple[list[Finding], int]]


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns, settled: None or empty where there are none."""

    questions: tuple[str, ...]
    time: str | None
    source: str | None
    person: str | None
    divisions: tuple[str, ...]


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
    else every
    column of numbers but ``id`` and ``weight``); ``time``, ``source``, ``person`` and ``divisions`` (columns to compare groups by)
    default to the
    canonical columns where the table has them. ``inventory``: what the organisation keeps of its measures, sources and questions, a
    row each
    with ``kind`` and ``code``, and what is known of :class:`kapula.analyses.health.inventory.Item`; ``series``: operational figures with
    ``measure``, ``period``, ``value``. ``as_of``: the day looked from (default: the table's last day). What there is no data for is
    not judged,
    and not counted in ``checked``. ``log_since``: from when openings are known.

    Rules: docs/analyses/health.md. ``seed`` is kept for one call for all analyses. Raises :class:`~kapula.errors.KapulaError`.
    """
    raw = as_table(table)
    asked = _settled(raw, questions, time, source, person, divisions)
    _require(level, unopened_days)
    kept_items = read(inventory)
    others = [name for name in (asked.time, asked.source, asked.person, *asked.divisions) if name]
    rows = _dated(checked(raw, asked.questions, others=others, filters=filters), asked.time, timezone)
    progress(0, STEPS)
    settings = {
        **asdict(asked), "questions": list(asked.questions), "divisions": list(asked.divisions),
        "unopened_days": unopened_days, "log_since": log_since.isoformat() if log_since else None,
        "level": level, "timezone": timezone, "seed": seed, "near": twins.NEAR, "trivial": asking.TRIVIAL,
    }  # fmt: skip
    n, last = _heard(rows, asked)
    day = as_of or last
    settings |= {
        "questions": list(asked.questions),
        "divisions": list(asked.divisions),
        "as_of": day.isoformat() if day else None,
    }
    if n < FEWEST:
        return HealthResult(NOT_ENOUGH, n, FEWEST, (), {}, settings)
    parts = [
        *_of_rows(rows, asked, kept_items, day, level, progress),
        *_of_inventory(kept_items, day, unopened_days, log_since),
        ("duplicated", twins.series(None if series is None else _series(series), level)),
    ]
    progress(STEPS, STEPS)
    return _told(parts, n, settings)


def _require(level: float, unopened_days: int) -> None:
    if not 0.5 <= level < 1 or unopened_days < 1:
        raise ParameterError(
            "The level is between 0.5 and 1, and unopened_days at least 1.", hint="0.95 and 90 are usual.",
            parameter="level", value=level,
        )  # fmt: skip


def _heard(rows: ir.Table, asked: Asked) -> tuple[int, date | None]:
    """How many rows have an answer, and the last day of one."""
    heard = rows.filter(functools.reduce(operator.or_, (rows[name].notnull() for name in asked.questions)))
    wanted = {"n": heard.count(), **({"last": heard[DAY].max()} if asked.time else {})}
    head = fetch(heard.aggregate(**wanted)).to_pylist()[0]
    return int(head["n"]), head.get("last")


def _told(parts: Sequence[Part], n: int, settings: dict[str, Any]) -> HealthResult:
    findings = in_order([one for _, (found, _) in parts for one in found])
    looked: dict[str, int] = {}
    for kind, (_, judged) in parts:
        if judged:
            looked[kind] = looked.get(kind, 0) + judged
    same = any(one.kind == "constant" and one.evidence.get("share") == 1 for one in findings)
    verdict = "findings" if findings else "healthy"
    return HealthResult(verdict, n, None, findings, looked, settings, ("zero_variance",) if same else ())


def _of_rows(
    rows: ir.Table, asked: Asked, inventory: Inventory, day: date | None, level: float, progress: Progress
) -> list[Part]:
    """What the answers themselves tell."""
    places = [name for name in asked.divisions if name in ("touchpoint", "team")]
    groups = list(
        dict.fromkeys([*([asked.source] if asked.source else []), *(name for name in places if name == "touchpoint")])
    )
    dated = DAY if asked.time else None
    found = asking.asked(rows, asked.questions, groups, dated)
    progress(1, STEPS)
    pairs = twins.correlations(rows, asked.questions)
    progress(3, STEPS)
    divisions = [*asked.divisions, *([MONTH] if asked.time else [])]
    parts: list[Part] = [
        ("unanswered", asking.unanswered(found, inventory)),
        ("off_scale", asking.off_scale(found, rows, inventory)),
        ("constant", asking.constant(found)),
        ("generic", asking.generic(rows, found, divisions, twins.related(pairs, level), level)),
    ]
    progress(5, STEPS)
    keys = [name for name in (asked.time, *places) if name]
    parts += [
        ("generic", sources.lonely(rows, asked.questions, asked.source, asked.divisions, inventory)),
        ("duplicated", twins.questions(pairs, level)),
        ("duplicated", twins.rows(rows, asked.questions, keys, asked.person, asked.source)),
    ]
    progress(6, STEPS)
    if day is not None and dated:
        parts.append(("stale", stale(_seen(rows, asked), day, level)))
        parts.append(("identity", sources.anonymous(rows, asked.person, asked.source, dated, day, level)))
    progress(7, STEPS)
    return parts


def _of_inventory(inventory: Inventory, day: date | None, unopened_days: int, log_since: date | None) -> list[Part]:
    parts: list[Part] = [
        ("scattered", kept.scattered(inventory)),
        ("identity", kept.refused(inventory)),
        ("no_owner", kept.no_owner(inventory)),
    ]
    if day is not None:
        parts.append(("break", kept.broken(inventory, day)))
        parts.append(("never_opened", kept.never_opened(inventory, day, unopened_days, log_since)))
    return parts


def _seen(rows: ir.Table, asked: Asked) -> dict[tuple[str, str], list[date]]:
    """(subject, code) → days with data: every source and every question; a question of a stale source is told with its source."""
    seen: dict[tuple[str, str], list[date]] = {}
    if asked.source:
        found = fetch(
            rows.filter(rows[asked.source].notnull(), rows[DAY].notnull()).select(asked.source, DAY).distinct()
        )
        for row in found.to_pylist():
            seen.setdefault(("source", str(row[asked.source])), []).append(row[DAY])
    counts = {f"n{place}": rows[name].count() for place, name in enumerate(asked.questions)}
    daily = fetch(rows.filter(rows[DAY].notnull()).group_by(DAY).aggregate(**counts)).to_pylist()
    for place, name in enumerate(asked.questions):
        days = [row[DAY] for row in daily if row[f"n{place}"]]
        if days and not any(_as_old(days, dates) for dates in seen.values()):
            seen[("question", name)] = days
    return seen


def _as_old(days: Sequence[date], dates: Sequence[date]) -> bool:
    """Whether a source fell silent on the same day as a question: then it is the source that did."""
    return max(days) == max(dates)


def _dated(table: ir.Table, time: str | None, timezone: str) -> ir.Table:
    if time is None:
        return table
    kind = table[time].type()
    if not (kind.is_date() or kind.is_timestamp() or kind.is_string()):
        raise wrong_type(table, time, "a date, a timestamp or ISO text")
    column = table[time].try_cast("timestamp") if kind.is_string() else table[time]
    day = period_start(column, "day", timezone).cast("date")
    return table.mutate(**{DAY: day, MONTH: day.truncate("M")})


def _series(data: Any) -> ir.Table:
    table = as_table(data)
    require(table.columns, ["measure", "period", "value"])
    return checked(
        table, ["value"], others=[name for name in ("measure", "period", "team", "touchpoint") if name in table.columns]
    )


def _settled(
    table: ir.Table, questions: Sequence[str] | None, time: str | None, source: str | None, person: str | None,
    divisions: Sequence[str] | None,
) -> Asked:  # fmt: skip
    """The columns asked for, or the canonical ones there are."""
    columns = table.columns
    usual_time = next((name for name in TIMES if name in columns), None)
    time, source, person = (
        given or usual for given, usual in
        ((time, usual_time), (source, _there(columns, "source")), (person, _there(columns, "customer")))
    )  # fmt: skip
    usual = [name for name in ("touchpoint", "team", "segment", "channel") if name in columns]
    chosen = tuple(usual if divisions is None else divisions)
    require(columns, [name for name in (time, source, person, *chosen) if name])
    if questions is None:
        numeric = [name for name in columns if table.schema()[name].is_numeric() or table.schema()[name].is_boolean()]
        prefixed = [name for name in numeric if name.startswith(ANSWER_PREFIX)]
        taken = {time, source, person, *chosen, *NO_QUESTION}
        questions = prefixed or [name for name in numeric if name not in taken]
    if not questions:
        raise ParameterError(
            "There is no column of numbers to look at.", hint="Name them in questions.", parameter="questions", value=[]
        )
    return Asked(tuple(questions), time, source, person, chosen)


def _there(columns: Sequence[str], name: str) -> str | None:
    return name if name in columns else None
