"""The columns' guesses made into one plan: single roles given once, batteries agreed, the shape and the dates decided."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from kapula.connectors.columns import words
from kapula.connectors.columns.long import long_shape
from kapula.connectors.columns.profile import Profile
from kapula.connectors.columns.scales import is_code
from kapula.connectors.columns.shapes import Shaped, shape_of
from kapula.connectors.columns.suggest import Guess, guess
from kapula.connectors.contract import ColumnPlan, Plan
from kapula.connectors.mapping.binding import MANY
from kapula.connectors.mapping.cells import BLANKS
from kapula.connectors.naming import code_of
from kapula.connectors.source import Note

CODED = frozenset({"score", "comment", "value", "attribute"})


def suggest(
    connector: str, profiles: Sequence[Profile], options: dict[str, Any], path: Path, head: pa.Table
) -> tuple[Plan, list[Note]]:
    """The plan for a file with these columns, and what a person should know about it."""
    guesses = [guess(profile, profiles) for profile in profiles]
    guesses = _agree_batteries(profiles, guesses)
    guesses = _give_once(guesses)
    notes = [note for item in guesses for note in item.notes if item.plan.role != "attribute"]
    plans = [item.plan for item in guesses]
    shaped: Shaped = long_shape(profiles, plans, head, str(options["decimal"])) or shape_of(profiles, plans)
    columns = _distinct_codes(shaped.columns)
    chosen = {**options, **shaped.options, "blank": list(BLANKS)}
    if not any(c.role in ("occurred_at", "received_at", "period") for c in columns):
        day, code = default_date(path)
        chosen["default_date"] = day
        notes.append((code, day))
    return Plan(connector, shaped.shape, columns, chosen), [*notes, *shaped.notes]


def default_date(path: Path) -> tuple[str, str]:
    """A date for a file that has none: the one in its name, else the day the file was last changed."""
    if match := re.search(
        r"(?<!\d)((?:19|20)\d\d)(?:[-_.]?(0[1-9]|1[0-2])(?:[-_.]?(0[1-9]|[12]\d|3[01]))?)?(?!\d)", path.stem
    ):
        return f"{match[1]}-{match[2] or '01'}-{match[3] or '01'}", "default_date_from_name"
    changed = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return changed.date().isoformat(), "default_date_from_file"


def _agree_batteries(profiles: Sequence[Profile], guesses: list[Guess]) -> list[Guess]:
    """Questions of one battery (Q7A, Q7B …) share the scale most of them show. A lone coded question is no score by values alone."""
    stems = [_stem(profile.name) for profile in profiles]
    scales: dict[str, Counter[tuple[float | None, float | None]]] = defaultdict(Counter)
    for stem, item in zip(stems, guesses, strict=True):
        if item.plan.role == "score":
            scales[stem][(item.plan.low, item.plan.high)] += 1
    result = []
    for stem, profile, item in zip(stems, profiles, guesses, strict=True):
        if item.plan.role != "score" or item.sure > 1:
            result.append(item)
            continue
        common, count = scales[stem].most_common(1)[0]
        alone = count < 3
        if alone or (item.plan.low, item.plan.high) != common:
            item = _to_attribute(profile, item) if alone else _rescaled(profile, item, common)
        result.append(item)
    return result


def _stem(name: str) -> str:
    """What the questions of a battery have in common: "Q7" of Q7A and Q7_ART, "k" of K1 … K15."""
    text = words.spaced(name).replace(" ", "")
    if ":" in text:
        return text.split(":")[0]
    if match := re.match(r"^([a-zåäö]+\d+)[a-zåäö]", text):
        return match[1]
    return re.sub(r"\d+$", "", text)


def _to_attribute(profile: Profile, item: Guess) -> Guess:
    plan = ColumnPlan(
        profile.name,
        "attribute",
        question=item.plan.question,
        wording=item.plan.wording,
        labels=dict(profile.field.labels),
    )
    return Guess(plan)


def _rescaled(profile: Profile, item: Guess, scale: tuple[float | None, float | None]) -> Guess:
    low, high = scale
    if low is None or high is None:
        return item
    outside = {int(value): n for value, n in sorted(profile.numbers.items()) if not low <= value <= high}
    if not all(is_code(value, int(low), int(high)) for value in outside):
        return _to_attribute(profile, item)
    plan = replace(item.plan, low=low, high=high, missing=(*map(str, outside), *profile.words))
    evidence = ", ".join(f"{code} ×{n}" for code, n in (*outside.items(), *profile.words.items()))
    notes = (("missing_suggested", f"{profile.name} ({low:g}–{high:g}): {evidence}"),) if evidence else ()
    return replace(item, plan=plan, notes=notes)


def _give_once(guesses: list[Guess]) -> list[Guess]:
    """A role that only one column may have goes to the surest, the first among equals; the others become attributes."""
    best: dict[str, int] = {}
    for i, item in enumerate(guesses):
        role = item.plan.role
        if role not in MANY and (role not in best or item.sure > guesses[best[role]].sure):
            best[role] = i
    return [
        item
        if item.plan.role in MANY or best[item.plan.role] == i
        else replace(item, plan=replace(item.plan, role="attribute"))
        for i, item in enumerate(guesses)
    ]


def _distinct_codes(columns: Sequence[ColumnPlan]) -> tuple[ColumnPlan, ...]:
    """Codes that two long wordings share are told apart: ``x``, ``x_2``."""
    taken: set[str] = set()
    result = []
    for column in columns:
        if column.role not in CODED:
            result.append(replace(column, question=None))
            continue
        base = column.question or code_of(column.column)
        code, turn = base, 1
        while code in taken:
            turn += 1
            code = f"{base[:56]}_{turn}"
        taken.add(code)
        result.append(replace(column, question=code))
    return tuple(result)
