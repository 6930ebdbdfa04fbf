"""A comment that goes between being looked up and being looked at, or corrected, is not found; what is said while the machine learns is
learned after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from texts_data import Handmade, comments, reader

from kapula_web.accounts.models import AuditEntry, Organisation, User
from kapula_web.jobs import services as jobs
from kapula_web.jobs.models import Job
from kapula_web.ledger.comments import remove_comments
from kapula_web.ledger.models import Comment
from kapula_web.texts.models import Correction, TaughtHead
from kapula_web.texts.originals import views as originals
from kapula_web.texts.services import asking, teaching
from kapula_web.texts.services.codebook import codebook_of
from kapula_web.texts.services.correct import correct, is_held_out
from kapula_web.texts.services.teaching import NEEDED, TEACH
from kapula_web.texts.views import corrections

__all__ = ["reader"]
SignedIn = Callable[[User], Client]
CODE = "waiting_time"


@pytest.fixture
def comment(aurinko: Organisation, reader: Handmade) -> Comment:
    (made,) = comments(aurinko, ["Jonotin tunnin, Liisa Virtanen auttoi"])
    asking.ask_if_needed(aurinko)
    jobs.run_due()
    return made


def gone_before(patch: pytest.MonkeyPatch, place: Any, name: str, organisation: Organisation) -> None:
    """The comments are removed just before the work that the view does."""
    work = getattr(place, name)

    def later(**given: Any) -> Any:
        remove_comments("true", organisation_id=organisation.pk)
        return work(**given)

    patch.setattr(place, name, later)


def test_an_original_that_is_erased_meanwhile_is_neither_shown_nor_said_to_have_been_seen(
    aurinko: Organisation, comment: Comment, anna: User, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone_before(monkeypatch, originals, "look", aurinko)
    answer = signed_in(anna).post(reverse("texts:original", args=["aurinko", comment.pk]))
    assert answer.status_code == 404
    assert "Jonotin" not in answer.content.decode()
    assert not AuditEntry.objects.filter(action="comment.original_seen").exists()


@pytest.mark.parametrize(("name", "deed"), [("texts:correct", "correct"), ("texts:correction_undo", "take_back")])
def test_a_comment_that_is_erased_meanwhile_is_not_corrected(
    name: str, deed: str, aurinko: Organisation, comment: Comment, anna: User, signed_in: SignedIn,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    codebook_of(aurinko)
    gone_before(monkeypatch, corrections.services, deed, aurinko)
    address = reverse(name, args=["aurinko", comment.pk, CODE])
    answer = signed_in(anna).post(
        address, {"present": "1", "sentiment": "", "row": "label"}, headers={"HX-Request": "true"}
    )
    assert (answer.status_code, "Jonotin" in answer.content.decode()) == (404, False)
    assert not Correction.objects.exists()


@pytest.mark.parametrize("known", [NEEDED, NEEDED - 1])
def test_a_correction_made_while_others_are_learned_from_is_learned_from_too(
    known: int, aurinko: Organisation, reader: Handmade, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = [text for n in range(60) if not is_held_out(text := f"seisoin kassalla {n}")][: known + 1]
    made, theme = comments(aurinko, texts), codebook_of(aurinko).themes.get(code=CODE)
    asking.ask_if_needed(aurinko)
    jobs.run_due()
    for one in made[:known]:
        correct(comment=one, theme=theme, present=True, sentiment=None, actor=None)
    Job.objects.filter(kind=TEACH).delete()
    job = Job.objects.create(organisation=aurinko, kind=TEACH, key=f"{TEACH}:{aurinko.pk}:{CODE}",
                             arguments={"organisation_id": aurinko.pk, "code": CODE})  # fmt: skip
    said_late(monkeypatch, lambda: correct(comment=made[known], theme=theme, present=True, sentiment=None, actor=None))
    jobs.run(job.pk)
    assert Job.objects.filter(kind=TEACH, state=Job.State.QUEUED).count() == 1
    jobs.run(job.pk)
    assert TaughtHead.objects.first().n == known + 1  # type: ignore[union-attr]
    assert not Job.objects.filter(kind=TEACH, state=Job.State.QUEUED).exists()


def said_late(patch: pytest.MonkeyPatch, say: Callable[[], object]) -> None:
    """Once, after the corrections have been read and before what they taught is kept."""
    said: list[bool] = []
    for name in ("_unlearn", "_must_stand"):
        work = getattr(teaching, name)

        def later(*given: Any, work: Any = work) -> Any:
            if not said:
                said.append(True)
                say()
            return work(*given)

        patch.setattr(teaching, name, later)
