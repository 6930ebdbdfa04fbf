"""Erasing a person, or taking comments back, while the same comments are being read: on PostgreSQL neither ends the other.

The second connection comes in by itself: when the reading has its comments and has not written yet, the removal starts, and the reading
goes on when PostgreSQL says that the removal waits for a lock.
"""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction
from elsewhere import Connect, Elsewhere, connect
from import_files import SURVEY, imported, text_of
from pages_topics import AT, phrase
from texts_data import Handmade, comments

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.comments import remove_comments
from kapula_web.ledger.erasure import _erase
from kapula_web.ledger.imports import undo as undoing
from kapula_web.ledger.models import Comment, Import, Response
from kapula_web.texts.models import CommentAnalysis, CommentTheme, Correction, DiscoveredMention, DiscoveredTheme
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import keep as keeping
from kapula_web.texts.services import teaching
from kapula_web.texts.services.codebook import codebook_of
from kapula_web.texts.services.correct import correct
from kapula_web.texts.services.waiting import Waiting
from kapula_web.texts.topics import deciding, searching

__all__ = ["connect"]
pytestmark = pytest.mark.postgres
TEXTS = ["Jono oli pitkä", "Hyvä palvelu", "Sovellus ei toimi"]


def erased(organisation: Organisation) -> None:
    _erase(organisation, "K-1")


def taken_back(organisation: Organisation) -> None:
    answers = "response_id IN (SELECT id FROM ledger_response WHERE organisation_id = %(whose)s)"
    remove_comments(answers, organisation_id=organisation.pk, whose=organisation.pk)


@pytest.fixture
def read(connect: Connect, request: pytest.FixtureRequest) -> tuple[Organisation, list[Waiting]]:
    """A customer's comments, read once, and to be read again."""
    slug = f"o{abs(hash(request.node.name))}"
    organisation = Organisation.objects.create(name="Aurinko", slug=slug)
    made = [Waiting(one.pk, one.response_id, one.text) for one in comments(organisation, TEXTS, customer="K-1")]
    again(organisation, made, "v1")
    return organisation, made


def again(organisation: Organisation, read: list[Waiting], version: str) -> int:
    table = Handmade().analyse([one.text for one in read], told_of(organisation))
    return keeping.keep(organisation=organisation, read=read, table=table, version=version)


@pytest.mark.parametrize("remove", [erased, taken_back])
def test_comments_that_are_being_read_are_removed_after_it(
    connect: Connect, read: tuple[Organisation, list[Waiting]], remove: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation, made = read
    removal, write = Elsewhere(connect(), lambda: remove(organisation)), keeping._analyses

    def slowly(*given: Any) -> None:
        removal.until_it_waits()
        write(*given)

    monkeypatch.setattr(keeping, "_analyses", slowly)
    assert again(organisation, made, "v2") == len(TEXTS)
    removal.thread.join()
    assert removal.failed == []
    for rows in (CommentAnalysis, CommentTheme):
        assert not rows.objects.filter(organisation=organisation).exists()
    assert not Comment.objects.filter(response__organisation=organisation).exists()


@pytest.mark.parametrize("remove", [erased, taken_back])
def test_corrections_that_are_being_learned_from_are_removed_after_it(
    connect: Connect, read: tuple[Organisation, list[Waiting]], remove: Any
) -> None:
    organisation, made = read
    theme = codebook_of(organisation).themes.get(code="waiting_time")
    for one in Comment.objects.filter(pk__in=[one.comment for one in made]).order_by("pk"):
        correct(comment=one, theme=theme, present=True, sentiment=None, actor=None)
    rows = list(Correction.objects.filter(organisation=organisation).order_by("pk"))
    removal = Elsewhere(connect(), lambda: remove(organisation))
    with transaction.atomic():
        teaching._must_stand(rows)
        removal.until_it_waits()
        Correction.objects.filter(pk__in=[one.pk for one in rows]).update(present=False)
    removal.thread.join()
    assert removal.failed == []
    assert not Correction.objects.filter(organisation=organisation).exists()


def test_a_customer_of_an_import_that_is_being_taken_back_is_erased_after_it(
    connect: Connect,
    read: tuple[Organisation, list[Waiting]],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> None:
    organisation, _ = read
    settings.IMPORT_DIR = settings.SNAPSHOT_DIR = tmp_path
    run, remove = imported(organisation, SURVEY), undoing.remove_comments
    Response.objects.filter(import_run=run).update(customer="K-1")
    Import.objects.update(stored_as="")  # or the erasure would wait for the file's own row, before it takes anything
    removal = Elsewhere(connect(), lambda: erased(organisation))

    def then_erased(*given: Any, **more: Any) -> int:
        removed = remove(*given, **more)
        if not removal.thread.ident:
            removal.until_it_waits()
        return removed

    monkeypatch.setattr(undoing, "remove_comments", then_erased)
    with transaction.atomic():  # or the snapshot would be made anew
        undoing.undo(run=run, actor=None)
    removal.thread.join()
    assert removal.failed == []
    assert not Response.objects.filter(organisation=organisation).exists()


def test_a_theme_of_an_import_that_is_being_taken_back_is_merged_after_it(
    connect: Connect,
    read: tuple[Organisation, list[Waiting]],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> None:
    """What the import changed goes before what it added, and between them a theme that has lost comments is taken: all of the comments
    must be taken before it."""
    organisation, _ = read
    settings.IMPORT_DIR = settings.SNAPSHOT_DIR = tmp_path
    imported(organisation, SURVEY)
    changed = ["A2;2.3.2026;Turku;Puhelin;0;Jonotin kaksi", "A5;5.3.2026;Turku;Puhelin;0;Portti jumittui"]
    run, remove = imported(organisation, text_of(changed)), undoing.remove_comments
    theme = found_in(organisation, Comment.objects.filter(text="Portti jumittui"))
    merge = Elsewhere(connect(), lambda: deciding.merge(theme=DiscoveredTheme.objects.get(pk=theme.pk), actor=None))
    removed: list[int] = []

    def then_merged(*given: Any, **more: Any) -> int:
        removed.append(remove(*given, **more))
        if not merge.thread.ident:
            merge.until_it_waits()
        return removed[-1]

    monkeypatch.setattr(undoing, "remove_comments", then_merged)
    with transaction.atomic():
        undoing.undo(run=run, actor=None)
    merge.thread.join()
    assert removed == [1, 1]
    assert [type(error) for error in merge.failed] == [deciding.TooFewSaidError]


def test_a_customer_is_erased_while_found_themes_are_kept(
    connect: Connect, read: tuple[Organisation, list[Waiting]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search keeps its themes the largest first; what has lost comments is looked at in the order of its id."""
    organisation, made = read
    comments(organisation, ["Eri asia"], customer="K-2")
    some = Comment.objects.filter(pk__in=[one.comment for one in made])
    first, second = found_in(organisation, some), found_in(organisation, some, "tdef")
    themes = [
        SimpleNamespace(id=one.key, phrases=(), centroid=(1.0,), n=9, share=0.4, stability=0.9, status="continuing", months={},
                        quotes=(), comments=(0,)) for one in (second, first)
    ]  # fmt: skip
    removal, keep = Elsewhere(connect(), lambda: _erase(organisation, "K-2")), searching.keep_what_is_said

    def slowly(theme: DiscoveredTheme) -> None:
        if not removal.thread.ident:
            removal.until_it_waits()
        keep(theme)

    monkeypatch.setattr(searching, "keep_what_is_said", slowly)
    given: Any = SimpleNamespace(ids=[made[0].comment], texts=[made[0].text])
    searching.keep_themes(organisation, given, SimpleNamespace(themes=themes), "hand-1", AT)  # type: ignore[arg-type]
    removal.thread.join()
    assert removal.failed == []


def found_in(organisation: Organisation, comments: Any, key: str = "tabc") -> DiscoveredTheme:
    """A theme that has lost comments: there were nine."""
    theme = DiscoveredTheme.objects.create(
        organisation=organisation, key=key, phrases=[phrase("portti")], centroid=[1.0], embedded_by="hand-1", n=9, share=0.4,
        stability=0.9, status="born", found_at=AT, seen_at=AT,
    )  # fmt: skip
    DiscoveredMention.objects.bulk_create(
        DiscoveredMention(theme=theme, comment=one, place=place) for place, one in enumerate(comments.order_by("pk"))
    )
    return theme


def test_an_import_whose_comments_are_being_read_is_taken_back_after_it(
    connect: Connect,
    read: tuple[Organisation, list[Waiting]],
    monkeypatch: pytest.MonkeyPatch,
    settings: Any,
    tmp_path: Path,
) -> None:
    """What is read refers to the organisation, which PostgreSQL looks at when the reading is done: nobody may hold its row till then."""
    organisation, _ = read
    settings.IMPORT_DIR = settings.SNAPSHOT_DIR = tmp_path
    run = imported(organisation, SURVEY)
    made = [
        Waiting(one.pk, one.response_id, one.text)
        for one in Comment.objects.filter(response__import_run=run).order_by("pk")
    ]
    removal, write = Elsewhere(connect(), lambda: undoing.undo(run=run, actor=None)), keeping._analyses

    def slowly(*given: Any) -> None:
        removal.until_it_waits()
        write(*given)

    monkeypatch.setattr(keeping, "_analyses", slowly)
    assert again(organisation, made, "v1") == 3
    removal.thread.join()
    assert removal.failed == []
    assert not CommentAnalysis.objects.filter(pk__in=[one.comment for one in made]).exists()
