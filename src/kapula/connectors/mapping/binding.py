"""A plan bound to a file's columns: each planned column found whatever its case and spaces, and the plan checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kapula.connectors.contract import ROLES, SHAPES, ColumnPlan, Plan
from kapula.connectors.errors import MissingColumnError, PlanError
from kapula.connectors.mapping.cell import Reading
from kapula.connectors.mapping.cells import BLANKS
from kapula.connectors.naming import find, nearest

MANY = frozenset({"ignore", "attribute", "score", "comment", "value"})
OPTIONAL = frozenset({"ignore", "attribute"})
"""Roles a later file of the same source may lack without harm."""


@dataclass(frozen=True, slots=True)
class Bound:
    """``columns``: the file's, in order. ``plans``: the planned columns under the file's own names, without the ignored ones."""

    columns: tuple[str, ...]
    plans: tuple[ColumnPlan, ...]
    reading: Reading
    options: dict[str, object]

    def one(self, role: str) -> ColumnPlan | None:
        return next((plan for plan in self.plans if plan.role == role), None)

    def all(self, role: str) -> tuple[ColumnPlan, ...]:
        return tuple(plan for plan in self.plans if plan.role == role)


def bind(plan: Plan, columns: Sequence[str], file: str) -> Bound:
    """Raises :class:`MissingColumnError` and :class:`PlanError`."""
    _check(plan)
    found = []
    for column in plan.columns:
        if column.role == "ignore":
            continue
        name = find(column.column, columns)
        if name is not None:
            found.append(replace(column, column=name))
        elif column.role not in OPTIONAL:
            raise _missing(column.column, columns, file)
    options = plan.options
    zone = options.get("timezone")
    reading = Reading(
        decimal="," if options.get("decimal") == "," else ".",
        blanks=tuple(map(str, options.get("blank", BLANKS))),
        timezone=str(zone) if zone else None,
    )
    return Bound(tuple(columns), tuple(found), reading, dict(options))


def _missing(name: str, columns: Sequence[str], file: str) -> MissingColumnError:
    near = nearest(name, columns)
    hint = f"Did you mean {near!r}?" if near else f"The file has: {', '.join(columns[:20])}."
    return MissingColumnError(
        f"{file} has no column {name!r}.",
        hint=hint,
        file=file,
        column=name,
        columns=list(columns[:50]),
        suggestion=near,
    )


def _check(plan: Plan) -> None:
    if plan.shape not in SHAPES:
        raise PlanError(f"{plan.shape!r} is not a shape.", hint=f"One of {', '.join(SHAPES)}.", shape=plan.shape)
    by_role: dict[str, list[str]] = {}
    for column in plan.columns:
        if column.role not in ROLES:
            raise PlanError(
                f"{column.role!r} is not a role.",
                hint=f"One of {', '.join(ROLES)}.",
                role=column.role,
                columns=[column.column],
            )
        by_role.setdefault(column.role, []).append(column.column)
    for role, names in by_role.items():
        if role not in MANY and len(names) > 1:
            raise PlanError(
                f"Only one column may be {role}: {', '.join(names)}.", hint="Keep one.", role=role, columns=names
            )
    codes = [column.question for column in plan.columns if column.role in ("score", "comment", "value")]
    twice = sorted({code for code in codes if code and codes.count(code) > 1})
    if twice:
        raise PlanError(
            f"Two columns have the question code {twice[0]!r}.",
            hint="Give each its own code.",
            role="score",
            columns=twice,
        )
