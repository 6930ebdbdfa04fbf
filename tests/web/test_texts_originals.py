"""Personal data in comments is covered wherever they are shown or taken out; the original is for few, and each look is logged."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from texts_data import Handmade, comments, reader

from kapula_web.accounts.models import AuditEntry, Organisation, Team, User
from kapula_web.jobs import services as jobs
from kapula_web.kit import codes
from kapula_web.ledger.models import Comment, Response
from kapula_web.texts.masking import apart, covered, masked
from kapula_web.texts.services import asking

__all__ = ["reader"]
SignedIn = Callable[[User], Client]

SAID = "Jonotin tunnin, Liisa Virtanen lupasi soittaa: 040 555 0199."
HIDDEN = "Jonotin tunnin, [nimi] lupasi soittaa: [puhelinnumero]."


@pytest.fixture
def comment(aurinko: Organisation) -> Comment:
    return comments(aurinko, [SAID])[0]


def original(comment: Comment) -> str:
    return reverse("texts:original", args=["aurinko", comment.pk])


class TestMasking:
    def test_a_comment_the_machine_has_not_read_is_looked_through(self, comment: Comment) -> None:
        assert masked(comment) == HIDDEN

    def test_what_the_machine_found_is_covered(self, aurinko: Organisation, comment: Comment, reader: Handmade) -> None:
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        comment.refresh_from_db()
        comment.analysis.pii = [{"type": "name", "start": 0, "end": 7}]
        assert masked(comment) == "[nimi] tunnin, Liisa Virtanen lupasi soittaa: 040 555 0199."

    def test_the_words_are_the_readers(self, comment: Comment) -> None:
        with translation.override("fi"):
            finnish = masked(comment)
        assert finnish == HIDDEN
        assert all(f"[{codes.words('personal', kind)}]" in finnish for kind in ("name", "phone"))

    def test_spans_out_of_place_do_no_harm(self) -> None:
        told = [
            {"type": "phone", "start": 3, "end": 99},
            {"type": "name", "start": -4, "end": 2},
            {"type": "name", "start": 1, "end": 3},
            {"type": "name", "start": 9, "end": 9},
        ]
        assert apart(told, 5) == [(0, 3, "name"), (3, 5, "phone")]
        assert covered("abcde", told) == "[nimi][puhelinnumero]"


class TestPagesAndFiles:
    @pytest.mark.parametrize(("name", "method"), [("texts:comments", "get"), ("texts:comments_table", "post")])
    def test_neither_the_explorer_nor_its_file_shows_who(
        self,
        name: str,
        method: str,
        aurinko: Organisation,
        comment: Comment,
        reader: Handmade,
        anna: User,
        signed_in: SignedIn,
    ) -> None:
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        type(comment.analysis).objects.filter(pk=comment.pk).update(
            pii=[{"type": "name", "start": 16, "end": 30}, {"type": "phone", "start": 47, "end": 59}]
        )
        answer = getattr(signed_in(anna), method)(reverse(name, args=["aurinko"]))
        page = b"".join(answer.streaming_content if answer.streaming else [answer.content]).decode()
        assert "lupasi soittaa" in page
        assert "Virtanen" not in page
        assert "555 0199" not in page


class TestTheOriginal:
    def test_opening_the_page_shows_covered_words_and_logs_nothing(
        self, comment: Comment, anna: User, signed_in: SignedIn
    ) -> None:
        page = signed_in(anna).get(original(comment)).content.decode()
        assert HIDDEN in page
        assert "Virtanen" not in page
        assert not AuditEntry.objects.filter(action="comment.original_seen").exists()

    def test_each_look_is_written_to_the_log_without_the_words(
        self, comment: Comment, anna: User, signed_in: SignedIn
    ) -> None:
        browser = signed_in(anna)
        for _ in range(2):
            answer = browser.post(original(comment))
            assert SAID in answer.content.decode()
            assert "no-store" in answer["Cache-Control"]
        looks = AuditEntry.objects.filter(action="comment.original_seen")
        assert [(one.actor, one.object_type, one.object_id) for one in looks] == [
            (anna, "comment", str(comment.pk))
        ] * 2
        assert all("Virtanen" not in str(one.details) for one in looks)

    def test_the_log_and_its_file_say_which_comment(
        self, comment: Comment, anna: User, olga: User, signed_in: SignedIn
    ) -> None:
        signed_in(anna).post(original(comment))
        told = f"kommentti {comment.pk}, lähde: survey, vastattu: 2.3.2026"
        assert told in signed_in(olga).get(reverse("audit_log", args=["aurinko"])).content.decode()
        file = signed_in(olga).get(reverse("audit_log_csv", args=["aurinko"]))
        assert f"Katsoi kommentin alkuperäisenä;{told}" in b"".join(file.streaming_content).decode()

    def test_a_comment_without_personal_data_is_not_said_to_be_covered(
        self, aurinko: Organisation, comment: Comment, anna: User, signed_in: SignedIn
    ) -> None:
        (plain,) = comments(aurinko, ["Jonotin tunnin"])
        text = signed_in(anna).get(original(plain)).content.decode()
        assert "Kommentissa ei ole havaittu henkilötietoja" in text
        assert "henkilötiedot on peitetty" not in text
        assert "Näytä alkuperäinen</button>" not in text
        assert "Kommentin henkilötiedot on peitetty" in signed_in(anna).get(original(comment)).content.decode()

    def test_a_team_lead_looks_at_their_own_teams_only(
        self, aurinko: Organisation, comment: Comment, leo: User, signed_in: SignedIn
    ) -> None:
        assert signed_in(leo).post(original(comment)).status_code == 404
        team = Team.objects.filter(memberships__user=leo).first() or Team.objects.create(
            organisation=aurinko, code="helpline", name="Puhelin"
        )
        team.memberships.add(leo.memberships.get(organisation=aurinko))
        Response.objects.filter(pk=comment.response_id).update(team=team)
        assert SAID in signed_in(leo).post(original(comment)).content.decode()

    def test_members_do_not_look(self, comment: Comment, mia: User, rauno: User, signed_in: SignedIn) -> None:
        for person in (mia, rauno):
            assert signed_in(person).post(original(comment)).status_code == 403
        assert not AuditEntry.objects.filter(action="comment.original_seen").exists()

    def test_what_staff_answered_anonymously_nobody_looks_at(
        self, comment: Comment, olga: User, signed_in: SignedIn
    ) -> None:
        Response.objects.filter(pk=comment.response_id).update(perspective=Response.Perspective.EMPLOYEE)
        assert signed_in(olga).post(original(comment)).status_code == 404

    def test_another_organisations_comment_is_not_found(
        self, comment: Comment, sten: User, signed_in: SignedIn
    ) -> None:
        assert signed_in(sten).post(original(comment)).status_code == 404
