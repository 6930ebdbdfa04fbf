"""What was learned does not outlive its corrections, and what a version has left behind is read again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation
from import_files import SURVEY, imported
from texts_data import Handmade, comments, reader

from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.jobs import services as jobs
from kapula_web.jobs.models import Job
from kapula_web.kit import codes
from kapula_web.ledger.comments import remove_comments
from kapula_web.ledger.erasure import erase_customer
from kapula_web.ledger.imports.undo import undo
from kapula_web.ledger.models import Comment, Response
from kapula_web.texts.models import CommentAnalysis, CommentTheme, Correction, TaughtHead
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import asking
from kapula_web.texts.services.codebook import codebook_of, restore_theme, retire_theme
from kapula_web.texts.services.correct import correct, is_held_out, take_back
from kapula_web.texts.services.teaching import NEEDED, TEACH, teach

__all__ = ["reader"]
pytestmark = pytest.mark.django_db
CODE = "waiting_time"


def read(organisation: Organisation) -> None:
    """What the watch does every half a minute, and the work it asks for."""
    asking.ask_if_needed(organisation)
    for job in Job.objects.filter(kind=asking.READ, state=Job.State.QUEUED):
        jobs.run(job.pk)


def versions() -> set[str]:
    return set(CommentAnalysis.objects.values_list("version", flat=True))


class TestWaiting:
    """A theme is retired, all is read, and the theme is restored before the watch has looked again."""

    def test_what_was_read_meanwhile_by_another_version_is_read_again(
        self, aurinko: Organisation, reader: Handmade
    ) -> None:
        theme, first = self._noted(aurinko)
        retire_theme(theme=theme, actor=None)
        read(aurinko)
        restore_theme(theme=theme, actor=None)
        read(aurinko)
        assert versions() == {first}
        assert CommentTheme.objects.filter(code=CODE).count() == 1

    def test_also_when_another_process_asked_for_the_reading(
        self, aurinko: Organisation, reader: Handmade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        theme, first = self._noted(aurinko)
        retire_theme(theme=theme, actor=None)
        with monkeypatch.context() as elsewhere:
            elsewhere.setattr(asking, "_nothing_waited", {})
            read(aurinko)
        restore_theme(theme=theme, actor=None)
        read(aurinko)
        assert versions() == {first}

    def test_while_nothing_happens_rows_are_not_looked_through_again(
        self, aurinko: Organisation, reader: Handmade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self._noted(aurinko)
        monkeypatch.setattr(asking, "anything", _refuse)
        assert asking.ask_if_needed(aurinko) is None

    def _noted(self, organisation: Organisation) -> tuple[Any, str]:
        """Everything has been read, and the watch knows it."""
        comments(organisation, ["Jonotin tunnin", "Hinta on hyvä"])
        theme = codebook_of(organisation).themes.get(code=CODE)
        read(organisation)
        read(organisation)
        return theme, asking.version_of(organisation)


class TestUnlearning:
    def test_too_few_corrections_left_and_the_theme_is_as_it_was_before(
        self, aurinko: Organisation, reader: Handmade
    ) -> None:
        made, theme = self._taught(aurinko, learned=NEEDED, tried=4)
        untaught = versions()
        read(aurinko)
        assert versions() != untaught
        take_back(comment=made[0], theme=theme, actor=None)
        (job,) = Job.objects.filter(kind=TEACH, state=Job.State.QUEUED)
        jobs.run(job.pk, clock=lambda: job.run_after)  # type: ignore[arg-type, return-value]
        assert told_of(aurinko).heads == {}
        read(aurinko)
        assert versions() == untaught
        assert CommentTheme.objects.filter(code=CODE, corrected=False).count() == 0

    def test_the_figures_of_the_teaching_stay_and_its_weights_go(
        self, aurinko: Organisation, reader: Handmade, anna: User, signed_in: Callable[[User], Client]
    ) -> None:
        made, theme = self._taught(aurinko, learned=NEEDED, tried=4)
        take_back(comment=made[0], theme=theme, actor=None)
        Job.objects.filter(kind=TEACH).update(state=Job.State.DONE)
        assert teach(aurinko, CODE) is None
        assert teach(aurinko, CODE) is None  # the second time there is nothing to unlearn
        rows = TaughtHead.objects.order_by("pk").values_list("n", "held_out", "f1_after", "used", "head")
        assert list(rows) == [(NEEDED, 4, 1.0, False, {}), (NEEDED - 1, 4, None, False, {})]
        text = signed_in(anna).get(reverse("texts:theme", args=["aurinko", CODE])).content.decode()
        assert "Opittu 13 korjauksesta. Osuvuutta ei voi vielä mitata, joten opittua ei käytetä." in text
        assert "Tarkista vielä noin 2 kommenttia" in text

    def test_an_erased_customers_comments_teach_nothing_any_more(self, aurinko: Organisation, reader: Handmade) -> None:
        made, _ = self._taught(aurinko, learned=NEEDED + 3, tried=4)
        Response.objects.filter(pk=made[0].response_id).update(customer="K-1")
        erase_customer(organisation=aurinko, customer="K-1", actor=None)
        assert told_of(aurinko).heads == {}
        assert not TaughtHead.objects.exclude(head={}).exists()
        (job,) = Job.objects.filter(kind=TEACH, state=Job.State.QUEUED)  # enough is left to learn from
        jobs.run(job.pk, clock=lambda: job.run_after)  # type: ignore[arg-type, return-value]
        assert TaughtHead.objects.filter(used=True).get().n == NEEDED + 2

    def test_what_comments_of_an_undone_import_taught_is_forgotten(
        self, aurinko: Organisation, reader: Handmade, anna: User
    ) -> None:
        made, theme = self._taught(aurinko, learned=NEEDED, tried=4)
        run = imported(aurinko, SURVEY)
        Response.objects.filter(pk=made[0].response_id).update(import_run=run)
        undo(run=run, actor=anna)
        assert told_of(aurinko).heads == {}
        assert not TaughtHead.objects.exclude(head={}).exists()
        told = AuditEntry.objects.filter(object_id=str(theme.pk), action__startswith="codebook.").first()
        assert told is not None
        assert (told.action, told.details["rows"], told.actor) == ("codebook.unlearned", NEEDED - 1, None)

    def test_what_comments_that_came_in_again_with_other_words_taught_is_forgotten(
        self, aurinko: Organisation, reader: Handmade
    ) -> None:
        made, _ = self._taught(aurinko, learned=NEEDED + 3, tried=4)
        remove_comments("id = %(one)s", organisation_id=aurinko.pk, one=made[0].pk)
        assert told_of(aurinko).heads == {}
        assert Job.objects.filter(kind=TEACH, state=Job.State.QUEUED).count() == 1  # enough is left to learn from

    @pytest.mark.parametrize("language", ["fi", "sv", "en"])
    def test_unlearning_has_its_own_word_in_the_log(self, language: str) -> None:
        with translation.override(language):
            told = {codes.words("audit", f"codebook.{deed}") for deed in ("taught", "unlearned")}
        assert len(told) == 2
        assert not any(one.startswith("codebook.") for one in told)
        if language != "fi":
            assert not told & {"Opetti teeman korjauksilla", "Unohti, mitä korjaukset olivat opettaneet teemasta"}

    def test_erasing_somebody_else_leaves_what_was_learned(self, aurinko: Organisation, reader: Handmade) -> None:
        self._taught(aurinko, learned=NEEDED, tried=4)
        comments(aurinko, ["Jono"], customer="K-2")
        before = asking.version_of(aurinko)
        erase_customer(organisation=aurinko, customer="K-2", actor=None)
        assert asking.version_of(aurinko) == before
        assert set(told_of(aurinko).heads) == {CODE}

    def test_a_correction_taken_back_during_the_learning_has_taught_nothing(
        self, aurinko: Organisation, reader: Handmade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        made, theme = self._corrected(aurinko, learned=NEEDED + 1, tried=4)
        (job,) = Job.objects.filter(kind=TEACH)
        learn = reader.teach

        def slow(*given: Any) -> Any:
            monkeypatch.setattr(reader, "teach", learn)
            take_back(comment=made[0], theme=theme, actor=None)
            return learn(*given)

        monkeypatch.setattr(reader, "teach", slow)
        jobs.run(job.pk, clock=lambda: job.run_after)  # type: ignore[arg-type, return-value]
        assert not TaughtHead.objects.exists()
        jobs.run(job.pk)
        assert TaughtHead.objects.get().n == NEEDED

    def _corrected(self, organisation: Organisation, learned: int, tried: int) -> tuple[list[Comment], Any]:
        """Comments of standing at the till, which the machine does not know, half of them so; judged by a person. The first ones given
        back are learned from."""
        wanted, texts, number = {False: learned, True: tried}, [], 0
        while sum(wanted.values()):
            number += 1
            text = f"seisoin kassalla kauan {number}" if number % 2 else f"kaunis sää tänään {number}"
            if wanted[is_held_out(text)]:
                wanted[is_held_out(text)] -= 1
                texts.append(text)
        theme = codebook_of(organisation).themes.get(code=CODE)
        made = comments(organisation, sorted(texts, key=is_held_out))
        read(organisation)
        for comment in made:
            correct(comment=comment, theme=theme, present="kassalla" in comment.text, sentiment=None, actor=None)
        return made, theme

    def _taught(self, organisation: Organisation, learned: int, tried: int) -> tuple[list[Comment], Any]:
        made, theme = self._corrected(organisation, learned, tried)
        Job.objects.filter(kind=TEACH).update(state=Job.State.DONE)
        taught = teach(organisation, CODE)
        assert taught is not None
        assert (taught.n, taught.held_out, taught.used) == (learned, tried, True)
        assert Correction.objects.count() == learned + tried
        return made, theme


def _refuse(*_: Any) -> bool:
    raise AssertionError("looked through again")
