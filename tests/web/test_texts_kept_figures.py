"""Figures of comments that are kept: never anybody's rows, never staff's words, and never older than what they are made of."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from texts_data import Handmade, comments, reader
from topics_data import PARKING, QUEUE, said

from kapula_web.accounts.models import Membership, Organisation, Team, User
from kapula_web.insights.figures.cache import ANSWERS
from kapula_web.ledger.erasure import erase_customer
from kapula_web.ledger.models import Comment, Response
from kapula_web.ledger.selectors import data_version
from kapula_web.texts.figures import read_count, spoken
from kapula_web.texts.models import Correction
from kapula_web.texts.services.codebook import codebook_of
from kapula_web.texts.services.correct import correct, take_back
from kapula_web.texts.topics import page as topics
from kapula_web.texts.topics.page import Asked, context

__all__ = ["reader"]
pytestmark = pytest.mark.usefixtures("reader")
SignedIn = Callable[[User], Client]


@pytest.fixture
def kept(settings: Any) -> Path:
    ANSWERS.clear()
    return Path(settings.DATA_DIR) / "answers"


def text(client: Client, organisation: Organisation, name: str, *args: str) -> str:
    response = client.get(reverse(name, args=[organisation.slug, *args]))
    return response.content.decode().replace("\xa0", " ")


def shown(organisation: Organisation, by: str = "") -> dict[str, Any]:
    return context(Membership.objects.filter(organisation=organisation, role="owner").get(), Asked(by))


def files(folder: Path) -> list[Path]:
    return [one for one in folder.rglob("*") if one.is_file()]


def belongs_to(responses: list[Comment], **of_answer: Any) -> None:
    Response.objects.filter(pk__in=[one.response_id for one in responses]).update(**of_answer)


class TestWhatIsKept:
    def test_no_customers_code_is_on_the_disk(self, aurinko: Organisation, olga: User, kept: Path) -> None:
        belongs_to(said(aurinko, [*QUEUE, *PARKING]), customer="CUST-LIISA-77")
        for by in ("", "team", "score"):
            assert shown(aurinko, by)["told"]
        assert files(kept)
        assert not [one for one in files(kept) if b"CUST-LIISA-77" in one.read_bytes()]

    def test_what_was_computed_is_not_computed_again_and_its_rows_are_not_read(
        self, aurinko: Organisation, olga: User, kept: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        said(aurinko, [*QUEUE, *PARKING])
        first = shown(aurinko)
        ANSWERS.clear()  # another process: only the disk knows
        monkeypatch.setattr(topics, "labelled", _refuse)
        assert shown(aurinko)["table"] == first["table"]

    def test_erasing_a_customer_clears_the_organisations_and_nobody_elses(
        self, aurinko: Organisation, strand: Organisation, olga: User, kept: Path
    ) -> None:
        made = said(aurinko, [*QUEUE, *PARKING])
        belongs_to(made[:1], customer="K-1")
        shown(aurinko)
        mine, theirs = (data_version(aurinko), "x"), (data_version(strand), "x")
        for key in (mine, theirs):
            ANSWERS.get(key, lambda: 1)
        erase_customer(organisation=aurinko, customer="K-1", actor=olga)
        assert not files(kept / str(aurinko.pk))
        assert (ANSWERS.has(mine), ANSWERS.has(theirs)) == (False, True)
        assert files(kept / str(strand.pk))

    def test_figures_computed_ahead_stay_when_a_comment_is_read_or_corrected(
        self, aurinko: Organisation, olga: User, kept: Path
    ) -> None:
        made = said(aurinko, [*QUEUE, *PARKING])
        ahead = (data_version(aurinko), "computed ahead")
        ANSWERS.get(ahead, lambda: 1)
        shown(aurinko)
        theme = codebook_of(aurinko).themes.get(code="waiting_time")
        correct(comment=made[0], theme=theme, present=False, sentiment=None, actor=olga)
        shown(aurinko)
        assert data_version(aurinko) == ahead[0]
        ANSWERS.clear()
        assert ANSWERS.has(ahead)


class TestNeverOlder:
    def test_a_raised_minimum_n_withholds_at_once(self, aurinko: Organisation, olga: User, kept: Path) -> None:
        made = said(aurinko, [*QUEUE, *PARKING])
        belongs_to(made, team=Team.objects.create(organisation=aurinko, code="t1", name="Yksi"))
        assert "–" not in cells(aurinko)
        aurinko.minimum_n = len(made) + 5
        aurinko.save()
        assert cells(aurinko) == {"–"}

    def test_an_older_correction_taken_back_counts(
        self, aurinko: Organisation, olga: User, kept: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made = said(aurinko, [*QUEUE, *PARKING])
        theme = codebook_of(aurinko).themes.get(code="waiting_time")
        before = waiting(aurinko)
        for one in made[:2]:
            correct(comment=one, theme=theme, present=False, sentiment=None, actor=olga)
        corrected = waiting(aurinko)
        take_back(comment=made[0], theme=theme, actor=olga)
        assert Correction.objects.get().comment == made[1]
        assert len({before, corrected, waiting(aurinko)}) == 3

    def test_an_answer_that_becomes_staffs_no_longer_counts(
        self, aurinko: Organisation, olga: User, kept: Path
    ) -> None:
        made = said(aurinko, [*QUEUE, *PARKING])
        before = shown(aurinko)["evidence"]
        belongs_to(made[:1], perspective=Response.Perspective.EMPLOYEE)
        assert f"{len(made)} luettua" in before
        assert f"{len(made) - 1} luettua" in shown(aurinko)["evidence"]


class TestStaff:
    """Forty customers of the queue, and three of the staff of the price."""

    @pytest.fixture
    def both(self, aurinko: Organisation) -> Organisation:
        made = said(aurinko, ["Jonotin tunnin, huono"] * 40 + ["Hinta on hyvä"] * 3)
        belongs_to(made[-3:], perspective=Response.Perspective.EMPLOYEE)
        return aurinko

    def test_nothing_on_the_codebooks_pages_tells_of_them(
        self, both: Organisation, rauno: User, signed_in: SignedIn
    ) -> None:
        assert read_count(both) == 40
        assert set(spoken(both)) == {"waiting_time"}
        client = signed_in(rauno)
        page = text(client, both, "texts:codebook")
        assert "Luettuja kommentteja 40." in page
        assert "Odotusaika: 100 %" in page
        assert "mainitaan 0,0 %:ssa" in text(client, both, "texts:theme", "price_value")

    def test_how_many_are_still_to_be_read_does_not_tell_either(
        self, both: Organisation, reader: Handmade, rauno: User, signed_in: SignedIn
    ) -> None:
        comments(both, ["Jono"] * 2)
        found = re.findall(r"luettu vasta (\d+)/(\d+)", text(signed_in(rauno), both, "texts:topics"))
        assert found == [("40", "42")]


def waiting(organisation: Organisation) -> str:
    return str({row[0]: row for row in shown(organisation)["table"].rows}["Odotusaika"][1])


def cells(organisation: Organisation) -> set[str]:
    """The shares of the one team there is."""
    return {str(row[1]) for row in shown(organisation, "team")["groups"].rows}


def _refuse(organisation: Organisation) -> Any:
    raise AssertionError("read again")
