"""Small data the tests of measures rest on: planted so that every expected figure can be counted by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.utils import timezone

from kapula_web.accounts.models import Organisation, Team
from kapula_web.insights.models import ModelMeasure
from kapula_web.ledger.changes import changed
from kapula_web.ledger.models import Question, Response, Source, Touchpoint

LAST = date(2026, 11, 15)
"""A Sunday: the last week of the data is whole."""


def a_model_measure(organisation: Organisation, *, archived: bool = False, **fields: Any) -> ModelMeasure:
    """The recommendation measure, or another by its fields."""
    given: dict[str, Any] = {
        "code": "recommend",
        "names": {"fi": "Suosittelu", "sv": "Rekommendation", "en": "Recommendation"},
        "definitions": {"fi": "Suosittelijat miinus arvostelijat."},
        "when_missed": {"fi": "Luetaan kymmenen avointa vastausta."},
        "area": "experience",
        "measure": "nps",
        "columns": ["nps"],
        "target": 30,
        "rhythm": "month",
        "headline": True,
        "archived_at": timezone.now() if archived else None,
    }
    return ModelMeasure.objects.create(organisation=organisation, **(given | fields))


def answers(organisation: Organisation, weeks: int = 12, fall_from: int | None = None) -> None:
    """Each week 40 answers at the phone (half 10, a quarter 8, a quarter 3 → NPS 25) and 20 at the chat (half 10, half 8 → NPS 50).

    From week ``fall_from`` on every phone answer is 3 (NPS −100). One answer a week comes from the invoice: too few to show.
    """
    source, _ = Source.objects.get_or_create(
        organisation=organisation, code="survey", defaults={"names": {"fi": "Kysely"}}
    )
    Question.objects.get_or_create(
        organisation=organisation, code="nps", defaults={"low": 0, "high": 10, "measure": "nps"}
    )
    team, _ = Team.objects.get_or_create(
        organisation=organisation, code="helpline", defaults={"name": "Puhelinpalvelu"}
    )
    places = {
        code: Touchpoint.objects.get_or_create(organisation=organisation, code=code, defaults={"names": {"fi": name}})[
            0
        ]
        for code, name in (("phone", "Puhelin"), ("chat", "Chat"), ("invoice", "Lasku"))
    }
    rows = []
    first = LAST - timedelta(days=7 * weeks - 1)
    for week in range(weeks):
        fallen = fall_from is not None and week >= fall_from
        phone = [3] * 40 if fallen else [10] * 20 + [8] * 10 + [3] * 10
        given = (
            [("phone", score) for score in phone]
            + [("chat", score) for score in [10] * 10 + [8] * 10]
            + [("invoice", 0)]
        )
        for number, (place, score) in enumerate(given):
            moment = datetime.combine(first + timedelta(days=7 * week + number % 5), time(12), UTC)
            rows.append(
                Response(
                    organisation=organisation, source=source, external_id=f"{week}-{number}", touchpoint=places[place],
                    team=team if place == "phone" else None, occurred_at=moment, received_at=moment, language="fi",
                    channel="email", answers={"nps": score},
                )
            )  # fmt: skip
    made = Response.objects.bulk_create(rows)
    changed(organisation=organisation, table="responses", first_id=made[0].pk, last_id=made[-1].pk)
