"""What people say of a comment's themes holds at once, is kept, and teaches."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from texts_data import Handmade, comments, reader

from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.jobs import services as jobs
from kapula_web.jobs.models import Job
from kapula_web.ledger.models import Comment
from kapula_web.texts.models import CommentTheme, Correction, TaughtHead
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import asking
from kapula_web.texts.services.codebook import codebook_of
from kapula_web.texts.services.correct import correct, is_held_out, take_back
from kapula_web.texts.services.teaching import TEACH, accuracy, teach, teach_later

__all__ = ["reader"]
SignedIn = Callable[[User], Client]


@pytest.fixture
def said(aurinko: Organisation, reader: Handmade) -> list[Comment]:
    made = comments(aurinko, ["Jonotin tunnin, huono", "Seisoin kauan kassalla", "Ystävällinen palvelu"])
    asking.ask_if_needed(aurinko)
    jobs.run_due()
    return made


def mentions(comment: Comment) -> list[tuple[str, str, bool]]:
    return list(CommentTheme.objects.filter(analysis=comment.pk).values_list("code", "sentiment", "corrected"))


def put(browser: Client, comment: Comment, code: str, present: str, sentiment: str = "", **more: str) -> int:
    address = reverse("texts:correct", args=["aurinko", comment.pk, code])
    return browser.post(address, {"present": present, "sentiment": sentiment, **more}).status_code


class TestCorrecting:
    def test_a_theme_the_machine_missed_is_counted_at_once(
        self, said: list[Comment], leo: User, anna: User, signed_in: SignedIn
    ) -> None:
        assert put(signed_in(anna), said[1], "waiting_time", "1", "negative") == 302
        assert mentions(said[1]) == [("waiting_time", "negative", True)]
        entry = AuditEntry.objects.get(action="comment.theme_corrected")
        assert (entry.actor, entry.object_id, entry.details) == (
            anna,
            str(said[1].pk),
            {"theme": "Odotusaika", "present": True},
        )
        assert "Seisoin" not in str(entry.details)

    def test_a_theme_the_machine_made_up_goes_and_comes_back(
        self, said: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        browser = signed_in(anna)
        put(browser, said[0], "waiting_time", "0")
        assert mentions(said[0]) == []
        browser.post(reverse("texts:correction_undo", args=["aurinko", said[0].pk, "waiting_time"]))
        assert mentions(said[0]) == [("waiting_time", "negative", False)]
        assert not Correction.objects.exists()
        assert AuditEntry.objects.filter(action="comment.correction_undone").count() == 1

    def test_another_tone_is_a_correction_too(self, said: list[Comment], anna: User, signed_in: SignedIn) -> None:
        put(signed_in(anna), said[0], "waiting_time", "1", "mixed")
        assert mentions(said[0]) == [("waiting_time", "mixed", True)]

    def test_the_latest_word_holds(self, said: list[Comment], anna: User, signed_in: SignedIn) -> None:
        browser = signed_in(anna)
        put(browser, said[0], "price_value", "1", "neutral")
        put(browser, said[0], "price_value", "0")
        assert mentions(said[0]) == [("waiting_time", "negative", False)]
        assert Correction.objects.count() == 1

    def test_it_holds_when_the_comment_is_read_again(
        self, aurinko: Organisation, said: list[Comment], reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        put(signed_in(anna), said[0], "waiting_time", "0")
        reader.model = "hand-2"
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        assert mentions(said[0]) == []

    @pytest.mark.parametrize(("present", "sentiment"), [("2", ""), ("", ""), ("1", "great")])
    def test_what_is_no_answer_is_refused(
        self, present: str, sentiment: str, said: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        assert put(signed_in(anna), said[0], "waiting_time", present, sentiment) == 400
        assert not Correction.objects.exists()

    def test_in_place_the_row_comes_back_with_the_way_to_undo(
        self, said: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        address = reverse("texts:correct", args=["aurinko", said[0].pk, "waiting_time"])
        answer = signed_in(anna).post(address, {"present": "0", "row": "1"}, headers={"HX-Request": "true"})
        text = answer.content.decode()
        assert "ei puhu tästä" in text
        assert "Peru korjaus" in text
        assert text.startswith("<li")

    def test_the_way_back_does_not_lead_out_of_the_house(
        self, said: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        address = reverse("texts:correct", args=["aurinko", said[0].pk, "waiting_time"])
        answer = signed_in(anna).post(address, {"present": "0", "next": "https://elsewhere.example/"})
        assert answer["Location"] == reverse("texts:theme", args=["aurinko", "waiting_time"])

    def test_a_comment_of_another_organisation_is_not_found(
        self, strand: Organisation, said: list[Comment], sten: User, signed_in: SignedIn
    ) -> None:
        address = reverse("texts:correct", args=["strand", said[0].pk, "waiting_time"])
        assert signed_in(sten).post(address, {"present": "0"}).status_code == 404

    def test_every_theme_of_a_comment_can_be_judged(self, said: list[Comment], anna: User, signed_in: SignedIn) -> None:
        text = signed_in(anna).get(reverse("texts:labels", args=["aurinko", said[0].pk])).content.decode()
        assert text.count("Ei puhu tästä") == 14
        assert text.index("Odotusaika") < text.index("Kohtelu")

    def test_half_of_those_to_check_are_named_by_the_machine(
        self, aurinko: Organisation, said: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        address = reverse("texts:theme", args=["aurinko", "waiting_time"])
        text = signed_in(anna).get(address, {"list": "check"}).content.decode()
        assert text.index("tunnin") < text.index("Seisoin")
        put(signed_in(anna), said[0], "waiting_time", "1", "negative")
        assert "tunnin" not in signed_in(anna).get(address, {"list": "check"}).content.decode()
        assert "tunnin" in signed_in(anna).get(address, {"list": "corrected"}).content.decode()

    def test_what_was_drawn_by_chance_is_told_from_what_a_person_came_upon(
        self, aurinko: Organisation, said: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        """Only the former says how often the machine errs. One of the three comments is named."""
        address = reverse("texts:theme", args=["aurinko", "waiting_time"])
        assert 'name="list" value="check"' in signed_in(anna).get(address, {"list": "check"}).content.decode()
        put(signed_in(anna), said[0], "waiting_time", "1", row="1", list="check")
        put(signed_in(anna), said[1], "waiting_time", "1", row="1", list="named")
        put(signed_in(anna), said[2], "waiting_time", "0", row="1", list="check")
        put(signed_in(anna), said[0], "waiting_time", "0")  # thought better of it: as it was drawn, it stays
        told = Correction.objects.filter(organisation=aurinko).order_by("comment_id")
        assert [(one.present, one.drawn, one.drawn_share) for one in told] == [
            (False, "named", pytest.approx(1 / 3)),
            (True, "", None),
            (False, "unnamed", 0.0),
        ]

    def test_an_answer_cannot_say_that_it_was_drawn_when_it_was_not(
        self, aurinko: Organisation, said: list[Comment], anna: User, signed_in: SignedIn
    ) -> None:
        put(signed_in(anna), said[0], "waiting_time", "1", list="named")
        put(signed_in(anna), said[0], "waiting_time", "1", list="check")  # judged already: not on the list any more
        assert Correction.objects.get(organisation=aurinko).drawn == ""


class TestHeldOut:
    def test_a_third_is_held_out_by_the_words(self) -> None:
        found = [is_held_out(f"kommentti numero {number}") for number in range(3_000)]
        assert 930 < sum(found) < 1_070

    def test_the_same_words_are_always_on_the_same_side(self) -> None:
        assert is_held_out("Jonotin  TUNNIN ") == is_held_out("jonotin tunnin")


class TestAccuracy:
    def test_f1_and_its_interval_by_hand(self) -> None:
        """3 hits, 1 miss, 1 false alarm: F1 = 6/8. J = 3/5, Wilson 0.2307–0.8824 (Wilson 1927), carried by 2J/(1+J)."""
        found = accuracy([True, True, True, True, False, False], [True, True, True, False, True, False])
        assert (found.f1, found.low, found.high) == pytest.approx((0.75, 0.3749, 0.9375), abs=1e-4)

    def test_no_theme_and_none_seen_has_no_f1_and_no_mistake(self) -> None:
        found = accuracy([False, False], [False, False])
        assert (found.f1, found.rank) == (None, 1.0)

    def test_without_a_single_hit_it_is_nought_and_still_has_an_interval(self) -> None:
        found = accuracy([True] * 4, [False] * 4)
        assert found.f1 == 0.0
        assert found.high is not None
        assert 0.5 < found.high < 0.7


def corrected(organisation: Organisation, learned: int, tried: int) -> None:
    """Comments of standing at the till, which the machine does not know, half of them so; judged by a person."""
    texts: list[str] = []
    number = 0
    wanted = {False: learned, True: tried}
    while sum(wanted.values()):
        number += 1
        text = f"seisoin kassalla kauan {number}" if number % 2 else f"kaunis sää tänään {number}"
        if wanted[is_held_out(text)]:
            wanted[is_held_out(text)] -= 1
            texts.append(text)
    made = comments(organisation, texts)
    asking.ask_if_needed(organisation)
    jobs.run_due()
    theme = codebook_of(organisation).themes.get(code="waiting_time")
    for comment in made:
        correct(comment=comment, theme=theme, present="kassalla" in comment.text, sentiment=None, actor=None)


@pytest.mark.django_db
class TestTeaching:
    def test_corrections_teach_and_it_is_measured_on_those_held_out(
        self, aurinko: Organisation, reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        corrected(aurinko, learned=16, tried=8)
        job = Job.objects.get(kind=TEACH)
        assert job.run_after is not None
        assert job.run_after > timezone.now()
        jobs.run(job.pk, clock=lambda: job.run_after)  # type: ignore[arg-type, return-value]
        taught = TaughtHead.objects.get()
        assert (taught.n, taught.held_out, taught.used) == (16, 8, True)
        assert (taught.f1_before, taught.f1_after) == (0.0, 1.0)
        text = signed_in(anna).get(reverse("texts:theme", args=["aurinko", "waiting_time"])).content.decode()
        assert "Opittu 24 korjauksesta: osuvuus 0,00 → 1,00 (" in text
        assert AuditEntry.objects.get(action="codebook.taught").details["used"] is True

    def test_what_was_learned_is_used_from_then_on(self, aurinko: Organisation, reader: Handmade) -> None:
        corrected(aurinko, learned=16, tried=8)
        before = asking.version_of(aurinko)
        teach(aurinko, "waiting_time")
        assert asking.version_of(aurinko) != before
        (new,) = comments(aurinko, ["seisoin kassalla"])
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        assert [code for code, _, _ in mentions(new)] == ["waiting_time"]

    def test_what_does_worse_is_not_used(
        self, aurinko: Organisation, reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        corrected(aurinko, learned=12, tried=0)
        reader.taught_bias = -9.0
        theme = codebook_of(aurinko).themes.get(code="waiting_time")
        known = comments(aurinko, [f"jono {n}" for n in range(20)])
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        for comment in known:
            if is_held_out(comment.text):
                correct(comment=comment, theme=theme, present=True, sentiment=None, actor=None)
        taught = teach(aurinko, "waiting_time")
        assert taught is not None
        assert (taught.f1_before, taught.f1_after, taught.used) == (1.0, 0.0, False)
        assert told_of(aurinko).heads == {}
        text = signed_in(anna).get(reverse("texts:theme", args=["aurinko", "waiting_time"])).content.decode()
        assert "Se ei parantunut, joten opittua ei käytetä." in text

    def test_nine_corrections_teach_nothing_and_the_page_says_how_many_are_lacking(
        self, aurinko: Organisation, reader: Handmade, anna: User, signed_in: SignedIn
    ) -> None:
        corrected(aurinko, learned=9, tried=4)
        assert not Job.objects.filter(kind=TEACH).exists()
        assert teach(aurinko, "waiting_time") is None
        text = signed_in(anna).get(reverse("texts:theme", args=["aurinko", "waiting_time"])).content.decode()
        assert "Tarkista vielä noin 2 kommenttia, niin kone alkaa oppia." in text

    def test_too_few_held_out_to_measure_is_not_used(self, aurinko: Organisation, reader: Handmade) -> None:
        corrected(aurinko, learned=12, tried=2)
        taught = teach(aurinko, "waiting_time")
        assert taught is not None
        assert not taught.used

    def test_corrections_of_one_sitting_are_learned_from_together(
        self, aurinko: Organisation, reader: Handmade
    ) -> None:
        corrected(aurinko, learned=14, tried=4)
        theme = codebook_of(aurinko).themes.get(code="waiting_time")
        assert teach_later(theme) == Job.objects.get(kind=TEACH)

    def test_undone_corrections_are_not_learned_from(self, aurinko: Organisation, reader: Handmade) -> None:
        corrected(aurinko, learned=10, tried=4)
        theme = codebook_of(aurinko).themes.get(code="waiting_time")
        first = Correction.objects.filter(held_out=False).first()
        assert first is not None
        take_back(comment=first.comment, theme=theme, actor=None)
        assert teach(aurinko, "waiting_time") is None
