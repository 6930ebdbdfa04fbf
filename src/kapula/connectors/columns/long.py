"""Long files: a question column, an answer column, and what each question is by its own answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pyarrow as pa

from kapula.connectors.columns import words
from kapula.connectors.columns.profile import Profile, profiles
from kapula.connectors.columns.shapes import Shaped
from kapula.connectors.columns.suggest import guess
from kapula.connectors.contract import ColumnPlan
from kapula.connectors.mapping.long import declared
from kapula.connectors.naming import code_of
from kapula.connectors.source import Field, Note

MOST_QUESTIONS = 300


def long_shape(found: Sequence[Profile], plans: Sequence[ColumnPlan], head: pa.Table, decimal: str) -> Shaped | None:
    """The long shape when the names say so and questions repeat; otherwise None."""
    question = next((p for p in found if "question" in words.roles_named(p.name) and _repeats(p)), None)
    answer = next((p for p in found if p is not question and "answer" in words.roles_named(p.name)), None)
    if question is None or answer is None or _is_series(question, found):
        return None
    who = next((p for p in found if "external_id" in words.roles_named(p.name)), None)
    roles = {question.name: "question", answer.name: "answer", **({who.name: "external_id"} if who else {})}
    columns = []
    for plan in plans:
        role = roles.get(plan.column, "ignore" if plan.role in ("score", "comment", "external_id") else plan.role)
        columns.append(replace(plan, role=role, low=None, high=None, missing=(), labels={}))
    questions, notes = _questions(head, question.name, answer.name, decimal)
    return Shaped("long", tuple(columns), {"questions": questions}, tuple(notes))


def _is_series(question: Profile, found: Sequence[Profile]) -> bool:
    """A measure and a period, and nobody who answered: figures of operations, not answers to questions."""
    somebody = {"external_id", "customer", "account"}  # by name: in a long file a respondent's number repeats
    answered = any(somebody.intersection(words.roles_named(p.name)) for p in found)
    periods = any("period" in words.roles_named(p.name) and (p.period_format or p.kind == "date") for p in found)
    return "measure" in words.roles_named(question.name) and periods and not answered


def _repeats(profile: Profile) -> bool:
    return profile.kind == "text" and len(profile.values) <= min(MOST_QUESTIONS, max(2, 0.75 * profile.filled))


def _questions(head: pa.Table, question: str, answer: str, decimal: str) -> tuple[list[dict[str, object]], list[Note]]:
    """Each question guessed by its answers, as if it were a column."""
    answers: dict[str, list[str | None]] = {}
    for asked, said in zip(head[question].to_pylist(), head[answer].to_pylist(), strict=True):
        if asked and asked.strip():
            answers.setdefault(asked.strip(), []).append(said)
    longest = max(map(len, answers.values()), default=0)
    table = pa.table(
        {name: pa.array([*said, *[None] * (longest - len(said))], pa.string()) for name, said in answers.items()}
    )
    found, _ = profiles(table, [Field(name) for name in answers], decimal)
    result, notes = [], []
    taken: set[str] = set()
    for profile in found:
        item = guess(profile, found)
        role = item.plan.role if item.plan.role in ("score", "comment", "ignore") else "attribute"
        code = _free(code_of(profile.name), taken)
        result.append(declared(profile.name, replace(item.plan, role=role, question=code)))
        notes += [note for note in item.notes if role == "score"]
    return result, notes


def _free(code: str, taken: set[str]) -> str:
    turn, free = 1, code
    while free in taken:
        turn += 1
        free = f"{code[:56]}_{turn}"
    taken.add(free)
    return free
