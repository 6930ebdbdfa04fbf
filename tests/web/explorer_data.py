"""Comments of the explorer's tests, read by the reader made by hand (texts_data)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from texts_data import Handmade, comments

from kapula_web.accounts.models import Organisation, Team
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Comment, Question, Response, Touchpoint
from kapula_web.texts.explorer.index import catch_up
from kapula_web.texts.models import CommentAnalysis
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services.keep import keep
from kapula_web.texts.services.waiting import batches


def written(
    organisation: Organisation, texts: Sequence[str], *, personal: Any = None, **of_answer: Any
) -> list[Comment]:
    """Comments in the ledger, read, and in the index. ``of_answer``: fields of their responses. ``personal``: what is found in each."""
    Question.objects.get_or_create(
        organisation=organisation,
        code="nps",
        defaults={"low": 0, "high": 10, "measure": "nps", "names": {"fi": "Suosittelu"}},
    )
    made = comments(organisation, texts, customer=of_answer.pop("customer", ""))
    if of_answer:
        Response.objects.filter(pk__in=[one.response_id for one in made]).update(**of_answer)
    read(organisation)
    if personal:
        CommentAnalysis.objects.filter(pk__in=[one.pk for one in made]).update(pii=personal)
    changed(organisation=organisation, table="responses", first_id=made[0].response_id, last_id=made[-1].response_id)
    catch_up()
    return made


def read(organisation: Organisation) -> None:
    reader, told = Handmade(), told_of(organisation)
    version = reader.version(told)
    for batch in batches(organisation, version, 500):
        texts = [one.text for one in batch]
        keep(
            organisation=organisation, read=batch, table=reader.analyse(texts, told), version=version,
            vectors=reader.embed(texts), embedded_by=reader.model,
        )  # fmt: skip


def team(organisation: Organisation, code: str) -> Team:
    return Team.objects.get_or_create(organisation=organisation, code=code, defaults={"name": code.title()})[0]


def touchpoint(organisation: Organisation, code: str) -> Touchpoint:
    return Touchpoint.objects.get_or_create(
        organisation=organisation, code=code, defaults={"names": {"fi": code.title()}}
    )[0]
