"""Loading the example organisation, and keeping the password its people share."""

from __future__ import annotations

import os
import secrets
from datetime import date, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from kapula.example import World, build
from kapula.example import model as example
from kapula.example.questions import Question as Asked
from kapula.example.words import Words
from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Organisation, Team
from kapula_web.demo.aims import aim_at
from kapula_web.demo.names import name_values
from kapula_web.demo.people import invite_all
from kapula_web.demo.rows import take_in
from kapula_web.insights.models import ModelMeasure
from kapula_web.ledger import snapshot
from kapula_web.ledger.models import AttributeName, Question, QuestionVersion, Source, Touchpoint

SLUG = "aurinkokivi"
HEADLINES = ("touchpoint_nps", "effort", "solved_at_once")
"""The measures that stand on the first page."""


def load(*, today: date | None = None, responses: int = 60_000) -> Organisation:
    """Load Aurinkokivi Energia, or return it as it is when it is there already. Its last day is the Sunday before ``today``."""
    if found := Organisation.objects.filter(slug=SLUG, is_example=True).first():
        return found
    today = today or timezone.localdate()
    world = build(end=today - timedelta(days=today.isoweekday()), responses=responses)
    with transaction.atomic():
        organisation = Organisation.objects.create(name=world.organisation.name, slug=SLUG, is_example=True)
        _declare(organisation, world.organisation, world.start)
        owner = invite_all(organisation, password())
        take_in(world, organisation, owner)
        name_values(organisation, world.organisation)
        _lead_by(organisation, world)
        aim_at(organisation)
        record(organisation=organisation, actor=owner, action="example.loaded", about=organisation, seed=world.seed)
    snapshot.refresh(organisation.pk)
    return organisation


def password() -> str:
    """The example people's password: made once for this installation, kept where only its owner reads it."""
    path = Path(settings.DATA_DIR) / "example_password"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
            file.write(f"kapula-{secrets.token_hex(4)}")
    return path.read_text().strip()


def _words(words: Words) -> dict[str, str]:
    return {"fi": words.fi, "sv": words.sv, "en": words.en}


def _declare(organisation: Organisation, told: example.Organisation, start: date) -> None:
    Team.objects.bulk_create(Team(organisation=organisation, code=t.code, name=t.name.fi) for t in told.teams)
    Touchpoint.objects.bulk_create(
        Touchpoint(organisation=organisation, code=t.code, names=_words(t.name)) for t in told.touchpoints
    )
    Source.objects.bulk_create(
        Source(organisation=organisation, code=s.code, names=_words(s.name)) for s in told.sources
    )
    AttributeName.objects.bulk_create(AttributeName(organisation=organisation, name=name) for name in told.attributes)
    for question in told.questions:
        _question(organisation, question, told, start)
    Question.objects.bulk_create(
        Question(organisation=organisation, code=code, names=_words(words), wording=_words(words), is_comment=True)
        for code, words in told.comment_questions.items()
    )


def _question(organisation: Organisation, question: Asked, told: example.Organisation, start: date) -> None:
    made = Question.objects.create(
        organisation=organisation, code=question.code, names=_words(question.name), wording=_words(question.wording),
        low=question.low, high=question.high, missing=list(question.missing), measure=question.measure,
    )  # fmt: skip
    earlier = [change for change in told.rewordings if change.question == question.code]
    since = start
    for change in earlier:
        _version(made, since, change.wording)
        since = change.until
    _version(made, since, question.wording)


def _version(question: Question, since: date, wording: Words) -> None:
    QuestionVersion.objects.create(
        question=question, valid_from=since, wording=_words(wording), low=question.low, high=question.high
    )


def _lead_by(organisation: Organisation, world: World) -> None:
    for position, told in enumerate(world.organisation.measures):
        columns = {role: name for role, name in told.columns.items() if role != "weight"}
        observed = told.table == "observations"
        ModelMeasure.objects.create(
            organisation=organisation, code=told.code, names=_words(told.name), definitions=_words(told.definition),
            area=told.area, position=position, measure=told.measure, table=told.table,
            columns=["value"] if observed else list(columns.values()), series=columns["value"] if observed else "",
            filters={name: [value] for name, value in told.filters.items()}, weight=told.columns.get("weight", ""),
            target=told.target, owner_role=told.owner.fi, rhythm=told.review, when_missed=_words(told.if_missed),
            higher_is_better=told.higher_is_better, headline=told.code in HEADLINES, unit_label=_UNITS.get(told.code, ""),
            reviewed_at=world.end, period=_PERIODS.get(told.review, "month"),
        )  # fmt: skip


_UNITS = {"phone_queue": "s", "revenue_per_firm": "€"}
_PERIODS = {"week": "week", "month": "week", "quarter": "quarter", "half_year": "quarter", "year": "quarter"}
"""The period a measure is drawn by, for the rhythm it is looked at."""
