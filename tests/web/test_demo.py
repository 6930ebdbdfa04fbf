"""The example organisation in the product: complete, loaded once, and open to each of its roles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from kapula_web.accounts.models import Membership, Organisation, Role, User
from kapula_web.demo.load import SLUG, load
from kapula_web.demo.people import PEOPLE
from kapula_web.insights.models import ModelMeasure
from kapula_web.ledger import selectors
from kapula_web.ledger.imports.find import sources_of
from kapula_web.ledger.models import Import, Question, QuestionVersion, Response


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[Organisation]:
    """Loaded once for this module and rolled back after it: it takes seconds."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield load(today=date(2026, 11, 20), responses=2_000)
        transaction.set_rollback(True)


@pytest.fixture
def example(loaded: Organisation, db: None) -> Organisation:
    return loaded


def test_the_ledger_and_the_snapshot_hold_the_whole_world(example: Organisation) -> None:
    assert Response.objects.filter(organisation=example).count() == 2_000
    assert selectors.responses(example).count().execute() == 2_000
    assert selectors.comments(example).count().execute() > 500
    assert selectors.outcomes(example).count().execute() > 10_000
    assert set(Import.objects.values_list("state", flat=True)) == {"done"}


def test_every_source_holds_what_its_system_keeps(example: Organisation) -> None:
    held = {row.source.code: {each.table for each in row.held} for row in sources_of(example)}
    surveys = ("touchpoint_survey", "relationship_survey", "staff_pulse", "mystery_audit")
    systems = ("phone_system", "digital_channels", "network_control")
    assert held == {
        **{code: {"responses"} for code in surveys},
        **{code: {"observations"} for code in systems},
        "customer_system": {"observations", "events", "outcomes"},
    }
    assert selectors.observations(example).count().execute() == 7_488  # docs/example.md


def test_questions_are_declared_with_their_rewording(example: Organisation) -> None:
    csat = Question.objects.get(organisation=example, code="csat")
    assert (csat.low, csat.high) == (1, 5)
    assert QuestionVersion.objects.filter(question=csat).count() == 2


def test_every_measure_of_the_model_names_columns_that_are_there(example: Organisation) -> None:
    from kapula import measures

    for wanted in ModelMeasure.objects.filter(organisation=example):
        assert measures.get(wanted.measure)
        assert set(wanted.columns) <= set(selectors.current(example).table(wanted.table).columns), wanted.code


def test_every_role_can_sign_in(example: Organisation) -> None:
    assert set(Membership.objects.values_list("role", flat=True)) == set(Role.values)
    assert all(User.objects.get(email=person.email).has_usable_password() for person in PEOPLE)


def test_loading_again_changes_nothing(example: Organisation) -> None:
    before = (Response.objects.count(), User.objects.count())
    assert load(today=date(2026, 12, 20), responses=2_000) == example
    assert (Response.objects.count(), User.objects.count()) == before
    assert Organisation.objects.get(slug=SLUG).is_example
