"""Onko asiakas huomannut? What people mended: where the machine's errors are measured, the answer is of what the machine said."""

from __future__ import annotations

from typing import Any

import pytest
from test_analysis_spoken import TestNoticed as Planted

from kapula.tables import fetch
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.analyses.noticed.page import NoticedPage
from kapula_web.insights.analyses.questions import data_of
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Comment, Response
from kapula_web.texts.models import CommentTheme, Correction
from kapula_web.texts.topics.data import error_rates, machines_own

pytestmark = pytest.mark.django_db
THEME = "staff_attitude"


def mentions(organisation: Organisation) -> int:
    chosen: dict[str, Any] = {"theme": THEME, "period": "month", **Planted.BEGAN}
    asked = NoticedPage().ask(data_of(organisation), chosen)
    return sum(fetch(asked.table)["mention"].to_pylist())


def mended(organisation: Organisation, user: User, drawn: bool) -> tuple[int, int]:
    """A person looks at 60 comments and mends 10 that the machine named and 4 it did not. How many the machine and people say there are."""
    Planted().comments(organisation)
    said = set(CommentTheme.objects.filter(code=THEME).values_list("analysis_id", flat=True))
    everyone = list(Comment.objects.order_by("pk"))
    named, unnamed = ([one for one in everyone if (one.pk in said) is kind][:30] for kind in (True, False))
    wrong = {one.pk for one in [*named[:10], *unnamed[:4]]}
    for one in [*named, *unnamed]:
        there, half = one.pk in said, "named" if one.pk in said else "unnamed"
        Correction.objects.create(
            organisation=organisation, comment=one, code=THEME, present=there is not (one.pk in wrong), made_by=user,
            made_at="2026-11-03T00:00Z", held_out=True, drawn=half if drawn else "", drawn_share=0.2,
        )  # fmt: skip
    CommentTheme.objects.filter(code=THEME, analysis_id__in=[one.pk for one in named[:10]]).delete()
    CommentTheme.objects.bulk_create(
        CommentTheme(analysis_id=one.pk, organisation=organisation, code=THEME, sentiment="neutral")
        for one in unnamed[:4]
    )
    rows = Response.objects.order_by("pk").values_list("pk", flat=True)
    changed(organisation=organisation, table="responses", first_id=rows[0], last_id=rows[len(rows) - 1])
    return len(said), len(said) - 10 + 4


def test_where_the_errors_are_measured_it_is_what_the_machine_said(aurinko: Organisation, anna: User) -> None:
    machine, people = mended(aurinko, anna, drawn=True)
    assert error_rates(aurinko)[THEME].usable
    assert mentions(aurinko) == machine != people
    assert machines_own(aurinko, "price_value") is None


def test_where_they_are_not_what_people_said_holds(aurinko: Organisation, anna: User) -> None:
    _machine, people = mended(aurinko, anna, drawn=False)
    assert machines_own(aurinko, THEME) is None
    assert mentions(aurinko) == people
