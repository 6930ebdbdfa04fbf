"""What a file tells the ledger of beside its rows: questions with their scale and wording, attributes, teams, touchpoints.

A scale or a wording that differs from the one in force on the file's first day is a new version of the question: a break of
comparability that trends draw.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from kapula.connectors.contract import ColumnPlan, Plan
from kapula.connectors.naming import code_of
from kapula_web.accounts.models import Organisation, Team
from kapula_web.ledger.imports.dialect import fetch
from kapula_web.ledger.imports.shape import Codes
from kapula_web.ledger.models import AttributeName, Import, Question, QuestionVersion, Response, Touchpoint


@dataclass(frozen=True, slots=True)
class Declared:
    """A question as a file declares it."""

    code: str
    name: str
    wording: str
    low: float | None
    high: float | None
    missing: tuple[str, ...]
    is_comment: bool

    @classmethod
    def of(cls, column: ColumnPlan) -> Declared:
        code = column.question or code_of(column.column)
        wording = (column.wording or "").strip()
        comment = column.role == "comment"
        return cls(code, column.column, wording, column.low, column.high, tuple(column.missing), comment)


def declared_by(plan: Plan, seen: Iterable[str], comments: Iterable[str]) -> list[Declared]:
    """The plan's questions, and those that only the rows of a long file named."""
    named = {d.code: d for d in map(Declared.of, (*plan.role("score"), *plan.role("comment")))}
    for codes, is_comment in ((seen, False), (comments, True)):
        for code in sorted(set(codes)):
            named.setdefault(code, Declared(code, code, "", None, None, (), is_comment))
    return list(named.values())


def known_codes(organisation: Organisation) -> dict[str, Codes]:
    """The ledger's spelling of each team and touchpoint."""
    teams = Team.objects.filter(organisation=organisation).values_list("code", flat=True)
    touchpoints = Touchpoint.objects.filter(organisation=organisation).values_list("code", flat=True)
    return {
        "team": Codes({code.casefold(): code for code in teams}),
        "touchpoint": Codes({code.casefold(): code for code in touchpoints}),
    }


def declare_units(organisation: Organisation, staged: Iterable[str]) -> None:
    """Create the teams and touchpoints that the staged rows name and the ledger does not have. ``staged``: the columns there are."""
    if "team" in staged:
        have = set(Team.objects.filter(organisation=organisation).values_list("code", flat=True))
        new = [code for code in _distinct("team") if code not in have]
        Team.objects.bulk_create(Team(organisation=organisation, code=code, name=code) for code in new)
    if "touchpoint" in staged:
        have = set(Touchpoint.objects.filter(organisation=organisation).values_list("code", flat=True))
        new = [code for code in _distinct("touchpoint") if code not in have]
        Touchpoint.objects.bulk_create(
            Touchpoint(organisation=organisation, code=code, names={organisation.language: code}) for code in new
        )


def declare_attributes(organisation: Organisation, names: Iterable[str]) -> None:
    AttributeName.objects.bulk_create(
        (AttributeName(organisation=organisation, name=name) for name in sorted(names)), ignore_conflicts=True
    )


def declare_questions(run: Import, declared: Iterable[Declared], first: date, last: date) -> None:
    """``first`` and ``last``: the days of the file's earliest and latest row."""
    organisation = run.organisation
    known = {q.code: q for q in Question.objects.filter(organisation=organisation).prefetch_related("versions")}
    for said in declared:
        if said.code in known:
            _declare_again(run, known[said.code], said, first, last)
        else:
            _declare_new(run, said, first)


def _declare_new(run: Import, said: Declared, first: date) -> None:
    language = run.organisation.language
    question = Question.objects.create(
        organisation=run.organisation,
        code=said.code,
        names={language: said.name},
        wording={language: said.wording} if said.wording else {},
        low=said.low,
        high=said.high,
        missing=list(said.missing),
        is_comment=said.is_comment,
    )
    QuestionVersion.objects.create(
        question=question, valid_from=first, wording=question.wording, low=said.low, high=said.high, import_run=run
    )


def _declare_again(run: Import, question: Question, said: Declared, first: date, last: date) -> None:
    question.missing = sorted({*question.missing, *said.missing})
    versions = sorted(question.versions.all(), key=lambda version: version.valid_from)
    in_force = next((v for v in reversed(versions) if v.valid_from <= first), versions[0] if versions else None)
    if in_force is not None and not _differs(in_force, said, run.organisation.language):
        if in_force.valid_from > first:
            in_force.valid_from = first
            in_force.save(update_fields=["valid_from"])
        question.save(update_fields=["missing"])
        return
    wording = {run.organisation.language: said.wording} if said.wording else {}
    QuestionVersion.objects.create(
        question=question, valid_from=first, wording=wording, low=said.low, high=said.high, import_run=run
    )
    _resume(run, question, in_force, last)
    refresh(question)


def _differs(version: QuestionVersion, said: Declared, language: str) -> bool:
    """A file that says nothing of the wording or the scale does not change it."""
    wording = bool(said.wording) and version.wording.get(language, said.wording) != said.wording
    scale = said.low is not None and (version.low, version.high) != (said.low, said.high)
    return wording or scale


def _resume(run: Import, question: Question, before: QuestionVersion | None, last: date) -> None:
    """An older file came in after a newer one: from its last day on, what was in force goes on."""
    later = Response.objects.filter(organisation=run.organisation, occurred_at__date__gt=last).exclude(import_run=run)
    follows = question.versions.filter(valid_from__gt=last).exists()
    if before is None or follows or not later.exists():
        return
    QuestionVersion.objects.create(
        question=question,
        valid_from=last + timedelta(days=1),
        wording=before.wording,
        low=before.low,
        high=before.high,
        import_run=run,
    )


def refresh(question: Question) -> None:
    """The question's own scale and wording are those of its latest version."""
    latest = question.versions.order_by("valid_from", "pk").last()
    if latest is not None:
        question.low, question.high = latest.low, latest.high
        question.wording = latest.wording or question.wording
    question.save(update_fields=["low", "high", "wording", "missing"])


def _distinct(column: str) -> list[str]:
    rows = fetch(f"SELECT DISTINCT {column} FROM stage_rows WHERE {column} IS NOT NULL AND {column} <> ''")
    return sorted(str(row[0]) for row in rows)
