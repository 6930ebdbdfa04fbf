"""Comments of several teams that have been read, made by hand: what is said of them is what is put there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from kapula_web.accounts.models import Organisation, Team
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Comment, Question, Response, Source, Touchpoint
from kapula_web.texts.models import CommentAnalysis, CommentTheme

START = datetime(2026, 1, 1, 12, tzinfo=UTC)


def questions(organisation: Organisation, *asked: tuple[str, str, float, float]) -> None:
    for code, name, low, high in asked:
        Question.objects.create(
            organisation=organisation, code=code, names={"fi": name}, low=low, high=high, measure="mean"
        )


def teams(organisation: Organisation, count: int) -> list[Team]:
    return [Team.objects.create(organisation=organisation, name=f"Tiimi {k}", code=f"t{k}") for k in range(count)]


def place(organisation: Organisation, code: str, name: str) -> Touchpoint:
    return Touchpoint.objects.create(organisation=organisation, code=code, names={"fi": name})


def answered(organisation: Organisation, rows: Sequence[dict[str, Any]], source: str = "survey") -> list[Response]:
    """A response for each row: ``day`` counted from the start, and the response's own fields."""
    found, _ = Source.objects.get_or_create(organisation=organisation, code=source, defaults={"names": {"fi": source}})
    first = Response.objects.count()
    made = Response.objects.bulk_create(
        Response(
            organisation=organisation, source=found, external_id=f"{source}-{first + number}",
            occurred_at=START + timedelta(days=row["day"], seconds=number % 80_000), received_at=START, language="fi",
            channel="email", **{name: value for name, value in row.items() if name != "day"},
        )
        for number, row in enumerate(rows)
    )  # fmt: skip
    changed(organisation=organisation, table="responses", first_id=made[0].pk, last_id=made[-1].pk)
    return made


def read(organisation: Organisation, responses: Sequence[Response], said: Sequence[dict[str, Any]]) -> None:
    """A comment of each response, read as ``said``: themes, intensity, resolved."""
    comments = Comment.objects.bulk_create(Comment(response=one, question="why", text="Sanottu.") for one in responses)
    analyses = [
        CommentAnalysis(
            comment=comment, organisation=organisation, version="hand", language="fi", sentiment="neutral", probability=0.9,
            abstained=False, intensity=one.get("intensity", 0), emotion="none", dimensions=[], resolved=one.get("resolved"),
            themes=[{"code": code, "spans": [[0, 3]], "sentiment": "neutral"} for code in one["themes"]],
            churn_risk=False, urgent=False, suggestion=False, empathy=None, pii=[], analysed_at=timezone.now(),
        )
        for comment, one in zip(comments, said, strict=True)
    ]  # fmt: skip
    CommentAnalysis.objects.bulk_create(analyses)
    CommentTheme.objects.bulk_create(
        CommentTheme(analysis=analysis, organisation=organisation, code=code, sentiment="neutral")
        for analysis, one in zip(analyses, said, strict=True)
        for code in one["themes"]
    )
    changed(organisation=organisation, table="responses", first_id=responses[0].pk, last_id=responses[-1].pk)
