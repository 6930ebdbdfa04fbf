"""The shape of a file: what one of its rows is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kapula.connectors.columns import words
from kapula.connectors.columns.profile import Profile
from kapula.connectors.contract import ColumnPlan
from kapula.connectors.mapping.periods import grain_of
from kapula.connectors.source import Note


@dataclass(frozen=True, slots=True)
class Shaped:
    shape: str
    columns: tuple[ColumnPlan, ...]
    options: dict[str, Any] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()


def shape_of(profiles: Sequence[Profile], plans: Sequence[ColumnPlan]) -> Shaped:
    """The first shape whose signs are all there; wide when none is."""
    for recognise in (_observations, _outcomes, _events):
        found = recognise(profiles, plans)
        if found is not None:
            return found
    return Shaped("wide", tuple(plans))


def _observations(profiles: Sequence[Profile], plans: Sequence[ColumnPlan]) -> Shaped | None:
    """A period and figures for it, and nobody who answered."""
    if any(plan.role in ("score", "comment", "customer", "external_id") for plan in plans):
        return None
    period = _period(profiles)
    if period is None:
        return None
    figures = [
        p for p in profiles if p is not period and p.kind == "number" and "n" not in _named(p) and not _is_place(p)
        and (words.OPERATIONAL.search(words.spaced(p.name)) or "value" in _named(p))
    ]  # fmt: skip
    counts = [p for p in profiles if p.kind == "number" and "n" in _named(p) and p is not period]
    if not figures:  # a count alone is the figure itself
        figures, counts = counts[:1], []
    if not figures:
        return None
    roles = {period.name: "period", **{p.name: "value" for p in figures}, **{p.name: "n" for p in counts[:1]}}
    measures = [p for p in profiles if p.kind == "text" and "measure" in _named(p)]
    roles.update({p.name: "measure" for p in measures[:1]})
    keep = ("team", "touchpoint", "period", "value", "n", "measure")
    spelling = period.period_format or period.date_format
    columns = []
    for plan in plans:
        role = roles.get(plan.column, plan.role)
        changed = replace(plan, role=role if role in keep else "ignore", low=None, high=None)
        columns.append(replace(changed, date_format=spelling) if role == "period" else changed)
    return Shaped("observations", tuple(columns), {"grain": grain_of(spelling) or _grain(period)})


def _named(profile: Profile) -> list[str]:
    return words.roles_named(profile.name)


def _is_place(profile: Profile) -> bool:
    return bool({"team", "touchpoint", "channel", "segment"} & set(_named(profile)))


def _period(profiles: Sequence[Profile]) -> Profile | None:
    spelled = [p for p in profiles if p.period_format and "period" in _named(p)]
    dated = [p for p in profiles if p.kind == "date"]
    named = [p for p in profiles if p.period_format and p.kind == "text"]
    return next(iter([*spelled, *dated, *named]), None)


def _grain(profile: Profile) -> str:
    """The grain of dates: all firsts of a month, all seven days apart … else days."""
    from kapula.connectors.columns.grain import grain_of_dates

    return grain_of_dates(profile)


def _outcomes(profiles: Sequence[Profile], plans: Sequence[ColumnPlan]) -> Shaped | None:
    """A customer with revenue or with staying and leaving, and no answers."""
    if any(plan.role in ("score", "comment") for plan in plans):
        return None
    owner = [plan for plan in plans if plan.role in ("customer", "account")]
    if not owner:
        return None
    revenue = next((p for p in profiles if p.kind == "number" and "revenue" in _named(p)), None)
    active = next((p for p in profiles if len(p.values) == 2 and "active" in _named(p)), None)
    if revenue is None and active is None:
        return None
    roles = {revenue.name: "revenue"} if revenue else {}
    if active:
        roles[active.name] = "active"
    period = _period([p for p in profiles if p.kind == "date" or "period" in _named(p)])
    options: dict[str, Any] = {"grain": "month"}
    notes: list[Note] = []
    if active and _means_left(active):
        options["active_means"] = "left"
        notes.append(("active_inverted", active.name))
    columns = []
    for plan in plans:
        role = "period" if period and plan.column == period.name else roles.get(plan.column, plan.role)
        role = role if role in ("customer", "account", "revenue", "active", "period", "ignore") else "attribute"
        columns.append(
            replace(plan, role=role, low=None, high=None, date_format=_spelling(period) if role == "period" else None)
        )
    if period:
        options["grain"] = grain_of(_spelling(period)) or _grain(period)
    return Shaped("outcomes", tuple(columns), options, tuple(notes))


def _means_left(profile: Profile) -> bool:
    """The column says who left, not who stayed."""
    text = words.spaced(profile.name)
    return any(word in text for word in ("churn", "poistu", "päättyn", "left", "lost", "avslut"))


def _spelling(profile: Profile | None) -> str | None:
    return (profile.period_format or profile.date_format) if profile else None


def _events(profiles: Sequence[Profile], plans: Sequence[ColumnPlan]) -> Shaped | None:
    """Somebody did something at some time."""
    if any(plan.role in ("score", "comment") for plan in plans):
        return None
    kind = next((p for p in profiles if p.kind == "text" and "kind" in _named(p) and len(p.values) <= 200), None)
    when = any(plan.role == "occurred_at" for plan in plans)
    who = any(plan.role in ("customer", "account") for plan in plans)
    if kind is None or not when or not who:
        return None
    keep = ("customer", "account", "touchpoint", "occurred_at", "external_id", "attribute", "ignore")
    columns = [
        replace(plan, role="kind" if plan.column == kind.name else plan.role if plan.role in keep else "attribute")
        for plan in plans
    ]
    return Shaped("events", tuple(columns))
