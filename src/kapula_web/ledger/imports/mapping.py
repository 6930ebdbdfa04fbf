"""The plan of an import: suggested by the file, remembered by the source, corrected by a person."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from django.conf import settings

from kapula.connectors.contract import ColumnPlan, Peek, Plan
from kapula.connectors.naming import name_key
from kapula_web.ledger.imports.errors import WrongState
from kapula_web.ledger.models import Import, Source

SAMPLE_ROWS: Final = 20
KEPT_OPTIONS: Final = ("default_date", "perspective", "language", "timezone", "blank", "grain")
"""Options a person decides; the others (encoding, separator …) are each file's own."""

REPEATABLE: Final = frozenset({"ignore", "attribute", "score", "comment", "value"})


@dataclass(frozen=True, slots=True)
class Matching:
    """How a file's columns meet the source's remembered mapping. ``gone``: columns remembered that the file does not have."""

    known: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()


def suggested(peek: Peek, source: Source) -> tuple[Plan, Matching]:
    """The file's own suggestion, with the remembered mapping on top where the columns are the same."""
    zone = {"timezone": settings.TIME_ZONE}
    own = replace(peek.plan, options=zone | peek.plan.options)
    remembered = Plan.from_dict(source.plan) if source.plan else None
    if remembered is None or remembered.shape != own.shape:
        return own, Matching()
    by_key = {name_key(column.column): column for column in remembered.columns}
    known: list[str] = []
    new: list[str] = []
    columns: list[ColumnPlan] = []
    for column in own.columns:
        earlier = by_key.pop(name_key(column.column), None)
        columns.append(replace(earlier, column=column.column) if earlier else column)
        (known if earlier else new).append(column.column)
    if not known:
        return own, Matching()
    gone = tuple(column.column for column in by_key.values() if column.role != "ignore")
    options = own.options | {key: remembered.options[key] for key in KEPT_OPTIONS if key in remembered.options}
    plan = replace(own, columns=_without_clashes(columns, set(known)), options=options)
    return plan, Matching(tuple(known), tuple(new), gone)


def _without_clashes(columns: list[ColumnPlan], known: set[str]) -> tuple[ColumnPlan, ...]:
    """A new column gives way when the remembered mapping already has its role or its question's code."""
    roles = {c.role for c in columns if c.column in known and c.role not in REPEATABLE}
    questions = {c.question for c in columns if c.column in known and c.question}
    return tuple(
        c if c.column in known else _given_way(c, taken=c.role in roles or c.question in questions) for c in columns
    )


def _given_way(column: ColumnPlan, *, taken: bool) -> ColumnPlan:
    return replace(column, role="ignore") if taken else column


def peek_to_dict(peek: Peek, matching: Matching) -> dict[str, Any]:
    return {
        "connector": peek.connector,
        "columns": [asdict(column) for column in peek.columns],
        "rows": [list(row) for row in peek.rows[:SAMPLE_ROWS]],
        "total_rows": peek.total_rows,
        "notes": [list(note) for note in peek.notes],
        "matching": asdict(matching),
    }


def remap(*, run: Import, plan: Plan) -> Import:
    """Keep a corrected plan as a draft of this import."""
    if run.state not in (Import.State.MAPPING, Import.State.FAILED):
        raise WrongState(f"The import is {run.state}.", hint="Start a new one.", state=run.state)
    run.plan = plan.to_dict()
    run.save(update_fields=["plan"])
    return run
