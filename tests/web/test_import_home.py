"""The data page: what each source holds, of which days, how fresh it is, and what waits for somebody."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from import_files import QUEUES, SURVEY, WITH_ERRORS, as_survey, imported

from kapula_web.accounts.models import Organisation, User
from kapula_web.ledger import freshness
from kapula_web.ledger.imports.find import sources_of
from kapula_web.ledger.imports.holdings import Holding, period_end
from kapula_web.ledger.imports.undo import undo
from kapula_web.ledger.models import Source

pytestmark = pytest.mark.django_db

EVENTS = "Tapahtuma-ID;Asiakas;Tapahtuma;Aikaleima\nE1;C1;osto;2026-03-01 10:00\nE2;C1;valitus;2026-04-02 11:30\n"
OUTCOMES = "Asiakasnumero;Kuukausi;Laskutus;Aktiivinen\nC1;2026-01;100,50;kyllä\nC1;2026-02;0;ei\n"
NOON = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> datetime:
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    return NOON


def page_of(client: Client, organisation: Organisation) -> str:
    """The page's words, on one line."""
    html = client.get(reverse("ledger:home", args=[organisation.slug])).content.decode()
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html))


def test_a_source_says_what_it_brought_and_of_which_days(aurinko: Organisation, anna: User) -> None:
    imported(aurinko, SURVEY, code="kysely")
    imported(aurinko, QUEUES, code="puhelin")
    imported(aurinko, EVENTS, code="rekisteri")
    run = imported(aurinko, OUTCOMES, code="rekisteri")
    held = {str(row.source): (row.held, row.span) for row in sources_of(aurinko)}
    march = date(2026, 3, 1)
    assert held["kysely"] == ([Holding("responses", 4, march, date(2026, 3, 4))], (march, date(2026, 3, 4)))
    # Weeks 10 and 11 of 2026: Monday 2 March to Sunday 15 March.
    assert held["puhelin"][1] == (date(2026, 3, 2), date(2026, 3, 15))
    assert [(each.table, each.count) for each in held["rekisteri"][0]] == [("events", 2), ("outcomes", 2)]
    assert held["rekisteri"][1] == (date(2026, 1, 1), date(2026, 4, 2))

    undo(run=run, actor=anna)
    (register,) = [row for row in sources_of(aurinko) if str(row.source) == "rekisteri"]
    assert [each.table for each in register.held] == ["events"]


def test_the_rows_of_another_organisation_are_not_counted(aurinko: Organisation, strand: Organisation) -> None:
    imported(aurinko, QUEUES, code="puhelin")
    imported(strand, QUEUES + "jonoaika;Puhelin;2026-W12;5,5;99\n", code="puhelin")
    assert [row.held[0].count for row in sources_of(aurinko)] == [2]


@pytest.mark.parametrize(
    ("start", "grain", "end"),
    [
        (date(2026, 3, 2), "day", date(2026, 3, 2)), (date(2026, 3, 2), "week", date(2026, 3, 8)),
        (date(2024, 2, 1), "month", date(2024, 2, 29)), (date(2026, 12, 1), "month", date(2026, 12, 31)),
        (date(2026, 10, 1), "quarter", date(2026, 12, 31)), (date(2026, 1, 1), "year", date(2026, 12, 31)),
    ],
)  # fmt: skip
def test_a_period_lasts_to_its_end(start: date, grain: str, end: date) -> None:
    assert period_end(start, grain) == end


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (0, "tänään"), (1, "eilen"), (2, "2 päivää sitten"), (13, "13 päivää sitten"), (21, "3 viikkoa sitten"),
        (59, "8 viikkoa sitten"), (60, "2 kuukautta sitten"), (400, "13 kuukautta sitten"), (800, "2 vuotta sitten"),
        (-1, "tänään"),
    ],
)  # fmt: skip
def test_age_in_words(days: int, words: str, now: datetime) -> None:
    with translation.override("fi"):
        assert freshness.ago(now - timedelta(days=days)) == words


def test_the_heading_is_the_answer_and_tells_what_is_old_and_what_waits(
    anna: User, signed_in: Callable[[User], Client], aurinko: Organisation
) -> None:
    client = signed_in(anna)
    imported(aurinko, QUEUES, code="puhelin")
    fresh = page_of(client, aurinko)
    assert "1 lähde, tuorein tänään" in fresh
    assert "2 havaintoa" in fresh
    assert "2.3.2026–15.3.2026" in fresh
    assert "vanhentunut" not in fresh
    assert "korjattavana" not in fresh

    imported(aurinko, WITH_ERRORS, code="kysely", plan=as_survey)
    # 125: an hour of summer time between may make it a calendar day less
    Source.objects.filter(code="puhelin").update(last_received_at=timezone.now() - timedelta(days=125))
    later = page_of(client, aurinko)
    assert "2 lähdettä, tuorein tänään; 1 on vanhentunut" in later
    assert "2 riviä odottaa korjausta." in later
    assert "2 riviä korjattavana" in later
    assert "4 kuukautta sitten vanhentunut" in later
