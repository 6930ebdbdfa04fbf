"""A theme's preview is computed behind the page, so that nobody waits for the model while one person tries a theme."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pages_texts import TEXTS
from pages_texts import read as read_comments
from texts_data import Handmade, reader

from kapula.errors import KapulaError
from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs import services as jobs
from kapula_web.jobs.models import Job
from kapula_web.ledger.comments import remove_comments
from kapula_web.ledger.models import Comment
from kapula_web.texts import background
from kapula_web.texts.services import analyse, trying

__all__ = ["reader"]
FORM = {"name_fi": "Palautus", "examples": "ei kommentoitavaa", "colour": "cat-3", "preview": "1"}
HTMX = {"HX-Request": "true", "HX-Target": "preview"}
WAITS = "Kokeillaan menneisiin kommentteihin taustalla."


class TooEarly(Handmade):
    def analyse(self, *given: Any) -> Any:
        raise AssertionError("The model was asked while a page waited.")


class Broken(Handmade):
    def analyse(self, *given: Any) -> Any:
        raise KapulaError("No model.")


@pytest.fixture
def browser(aurinko: Organisation, reader: Handmade, anna: User, signed_in: Callable[[User], Client]) -> Client:
    read_comments(aurinko)
    return signed_in(anna)


def look(browser: Client, headers: dict[str, str] | None = None, **fields: str) -> str:
    answer = browser.post(reverse("texts:theme_create", args=["aurinko"]), FORM | fields, headers=headers or {})
    return answer.content.decode().replace("\xa0", " ")


def poll(browser: Client) -> Any:
    job = Job.objects.filter(kind=trying.TRY).latest("pk")
    return browser.get(reverse("texts:theme_tried", args=["aurinko", job.pk]), headers=HTMX)


def test_the_page_answers_before_the_model_does(browser: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analyse, "library", TooEarly)
    text = look(browser, HTMX)
    assert WAITS in text
    assert f'hx-get="/o/aurinko/understanding/codebook/tried/{Job.objects.latest("pk").pk}/"' in text
    assert poll(browser).status_code == 204  # htmx changes nothing and asks again


def test_the_answer_comes_in_its_place(browser: Client) -> None:
    look(browser, HTMX)
    jobs.run_due()
    answer = poll(browser)
    text = answer.content.decode().replace("\xa0", " ")
    assert answer.status_code == 200
    assert "Teeman saisi 6 kommenttia: 25 % otoksesta." in text
    assert "hx-get" not in text


def test_without_scripts_the_same_form_asks_whether_it_is_there(browser: Client) -> None:
    assert '<button class="btn btn-quiet" form="theme-form" name="preview" value="1">' in look(browser)
    jobs.run_due()
    assert "Teeman saisi 6 kommenttia" in look(browser)
    assert Job.objects.filter(kind=trying.TRY).count() == 1


def test_what_is_written_otherwise_is_tried_anew_and_the_earlier_goes(browser: Client) -> None:
    look(browser)
    jobs.run_due()
    assert WAITS in look(browser, examples="ystävällinen")
    assert [one.arguments["fields"]["examples"] for one in Job.objects.filter(kind=trying.TRY)] == [["ystävällinen"]]


def test_no_words_are_kept_and_comments_that_are_gone_are_not_shown(browser: Client) -> None:
    look(browser)
    jobs.run_due()
    kept = Job.objects.get(kind=trying.TRY).result
    assert TEXTS[-1] not in str(kept)
    Comment.objects.filter(pk=kept["gaining"][0][0]).delete()
    assert poll(browser).content.decode().count("<mark>Ei kommentoitavaa</mark>") == len(kept["gaining"]) - 1


def test_what_was_tried_is_kept_for_minutes_and_not_after_comments_have_gone(
    aurinko: Organisation, browser: Client
) -> None:
    """It holds the words that somebody wrote, which may be a customer's."""
    look(browser)
    jobs.run_due()
    trying.forget_old()
    assert Job.objects.filter(kind=trying.TRY).exists()
    Job.objects.filter(kind=trying.TRY).update(finished_at=timezone.now() - trying.FRESH)
    background.watch(None)  # type: ignore[arg-type]
    assert not Job.objects.filter(kind=trying.TRY).exists()
    look(browser)
    jobs.run_due()
    remove_comments("id = (SELECT min(id) FROM ledger_comment)", organisation_id=aurinko.pk)
    assert not Job.objects.filter(kind=trying.TRY).exists()


def test_it_says_why_it_failed_and_is_tried_again_when_asked_for(
    browser: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(analyse, "library", Broken)
        look(browser)
        jobs.run_due()
    assert "Kokeilu ei onnistunut." in poll(browser).content.decode()
    look(browser)
    jobs.run_due()
    assert "Teeman saisi 6 kommenttia" in poll(browser).content.decode()
