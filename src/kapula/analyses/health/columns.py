"""Which columns are looked at: those asked for, else the canonical ones there are, with each row's day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from ibis.expr import types as ir

from kapula.analyses.columns import checked
from kapula.errors import ParameterError
from kapula.measures.engine.periods import period_start
from kapula.measures.engine.request import wrong_type
from kapula.schema import ANSWER_PREFIX, require
from kapula.tables import as_table, fetch
from kapula.trends.times import first_days, last_day, middle_day

DAY: Final = "kapula_day"
MONTH: Final = "month"
TIMES: Final = ("occurred_on", "occurred_at")
NO_QUESTION: Final = ("id", "weight")


@dataclass(frozen=True, slots=True)
class Asked:
    """The columns, settled: None or empty where there are none."""

    questions: tuple[str, ...]
    time: str | None
    source: str | None
    person: str | None
    divisions: tuple[str, ...]


def dated(table: ir.Table, time: str | None, timezone: str) -> ir.Table:
    """The table with each row's day and month, where it has a time. Of an answer that tells only its period the day is
    the last of it: nothing is called silent for longer than it surely is."""
    if time is None:
        return table
    named = first_days(table, time)
    if named is not None:
        return table.mutate(**{DAY: last_day(*named), MONTH: middle_day(*named).truncate("M")})
    kind = table[time].type()
    if not (kind.is_date() or kind.is_timestamp() or kind.is_string()):
        raise wrong_type(table, time, "a date, a timestamp or ISO text")
    column = table[time].try_cast("timestamp") if kind.is_string() else table[time]
    if kind.is_string():
        wrong = fetch(table.aggregate(n=(column.isnull() & table[time].notnull()).sum())).to_pylist()[0]["n"]
        if wrong:
            raise wrong_type(table, time, f"ISO dates ({wrong} rows hold other text)")
    day = period_start(column, "day", timezone).cast("date")
    return table.mutate(**{DAY: day, MONTH: day.truncate("M")})


def series_of(data: Any) -> ir.Table:
    """Operational figures, checked for the columns they must have."""
    table = as_table(data)
    require(table.columns, ["measure", "period", "value"])
    return checked(
        table, ["value"], others=[name for name in ("measure", "period", "team", "touchpoint") if name in table.columns]
    )


def settled(
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
