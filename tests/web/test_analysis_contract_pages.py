"""What every question's page promises, whichever it is. A registered page is tried here by itself.

The cheap part needs no data. The slow one opens every page of the example organisation in three languages, with its answer.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import transaction
from django.test import Client, override_settings
from django.utils import translation
from django.utils.html import escape

from kapula.analyses import registry as library
from kapula.analyses.contract import NOT_ENOUGH
from kapula_cli.main import main
from kapula_web.accounts.models import Membership, Organisation, Role, User
from kapula_web.demo.load import load
from kapula_web.insights.analyses import choices, runs, words
from kapula_web.insights.analyses.contract import AnalysisPage
from kapula_web.insights.analyses.questions import Question, data_of, plain
from kapula_web.insights.analyses.registry import pages
from kapula_web.insights.analyses.telling import Told, shown_of
from kapula_web.jobs import services as jobs
from kapula_web.kit import codes

SignIn = Callable[[User], Client]
PAGES = [page for page in pages() if page.name != "double"]
each = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
LANGUAGES = ("fi", "sv", "en")


def address(page: AnalysisPage, organisation: Organisation) -> str:
    return f"/o/{organisation.slug}/understanding/{page.name}/"


@each
def test_an_empty_organisation_is_told_what_the_page_needs(
    page: AnalysisPage, aurinko: Organisation, anna: User, sten: User, signed_in: SignIn
) -> None:
    text = signed_in(anna).get(address(page, aurinko)).content.decode()
    assert str(page.question) in text
    assert str(page.promise) in text
    assert page.needs
    assert all(str(need) in text for need in page.needs)
    assert signed_in(sten).get(address(page, aurinko)).status_code == 404


@each
def test_it_is_a_question_with_a_place_of_its_own(page: AnalysisPage) -> None:
    assert str(page.question).endswith("?")
    assert [one.order for one in PAGES].count(page.order) == 1
    assert page.name in library.names() or type(page).run is not AnalysisPage.run


@each
def test_every_verdict_has_words(page: AnalysisPage) -> None:
    """Those of a page that words its verdicts itself are tried by its own tests."""
    kind = f"{page.name}_verdict"
    if page.name in library.names() and kind in codes.WORDS:
        assert set(library.get(page.name).verdicts) - {NOT_ENOUGH} <= codes.WORDS[kind].keys()
    assert page.promise


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("example")


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any, folder: Path) -> Iterator[Organisation]:
    """The example organisation, loaded once for this module and rolled back after it."""
    kept = override_settings(DATA_DIR=folder, SNAPSHOT_DIR=folder / "snapshot")
    with django_db_blocker.unblock(), transaction.atomic(), kept:
        yield load(today=date(2026, 11, 20), responses=12_000)
        transaction.set_rollback(True)


@pytest.fixture
def example(loaded: Organisation, folder: Path, db: None, settings: LazySettings) -> Organisation:
    settings.DATA_DIR, settings.SNAPSHOT_DIR = folder, folder / "snapshot"
    return loaded


def asked(page: AnalysisPage, organisation: Organisation) -> Question:
    """The page's usual question, which its own form must be able to ask."""
    data = data_of(organisation)
    usual = page.usual(data)
    assert usual is not None, "the example organisation has data for every page"
    form = page.form(data, choices.bound(usual))
    assert form.is_valid(), form.errors
    assert plain(form.cleaned_data) == plain(usual)
    assert json.loads(json.dumps(usual)) == usual
    return Question(page, data, usual)


@pytest.mark.slow
@each
def test_the_example_organisation_gets_an_answer_in_three_languages(page: AnalysisPage, example: Organisation) -> None:
    question = asked(page, example)
    runs.ask(question, None)
    jobs.run_due()
    standing = runs.standing(question)
    assert standing.latest is not None, standing.problem
    reader = User.objects.create_user("reader@example.example", "correct-horse")
    Membership.objects.create(user=reader, organisation=example, role=Role.READER)
    for language in LANGUAGES:
        User.objects.filter(pk=reader.pk).update(language=language)
        client = Client()
        client.force_login(reader, backend="django.contrib.auth.backends.ModelBackend")
        with translation.override(language):
            told = shown_of(Question(page, data_of(example), question.chosen), standing.latest.found)
        text = client.get(address(page, example)).content.decode()
        assert f'lang="{language}"' in text
        assert escape(words.unbroken(told.shown.answer)) in text
        assert told.shown.evidence
        whole_to_take_along(told, client, address(page, example))


@pytest.mark.slow
@each
def test_the_command_on_the_page_gives_the_pages_answer(
    page: AnalysisPage, example: Organisation, capsys: pytest.CaptureFixture[str]
) -> None:
    """Where a table holds what was asked; a page that joins tables says how in its place."""
    question = asked(page, example)
    told = page.ask(question.data, question.chosen)
    assert told.command or told.told
    if not told.command:
        return
    runs.ask(question, None)
    jobs.run_due()
    latest = runs.standing(question).latest
    assert latest is not None
    capsys.readouterr()
    code = main([*told.command, "--json"])
    said = capsys.readouterr()
    assert code == 0, said.err
    assert close(json.loads(said.out), latest.found)


def close(left: Any, right: Any) -> bool:
    """The same but for the last bits: two threads add in no fixed order."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(close(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(close, left, right))
    if isinstance(left, float) or isinstance(right, float):
        return None not in (left, right) and math.isclose(left, right, rel_tol=1e-7, abs_tol=1e-9)
    return bool(left == right)


def whole_to_take_along(told: Told, client: Client, page: str) -> None:
    for number in range(1, len(told.tables) + 1):
        assert client.get(f"{page}table/{number}.csv").status_code == 200
        assert client.get(f"{page}table/{number}.xlsx").status_code == 200
    codes_of = [picture.code for picture in told.pictures]
    assert len(set(codes_of)) == len(codes_of)
    for picture in told.pictures:
        assert picture.title
        assert picture.summary
        assert client.get(f"{page}{picture.code}.svg").status_code == 200
        assert client.get(f"{page}{picture.code}.json").status_code == 200
