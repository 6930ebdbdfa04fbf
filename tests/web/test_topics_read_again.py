"""Comments read again by the same model, when only the rules of what is covered change: a found theme is known again."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from texts_data import reader
from topics_data import said

from kapula.text.topics import Discovery
from kapula_web.accounts.models import Organisation
from kapula_web.texts.models import CommentEmbedding, DiscoveredTheme
from kapula_web.texts.topics import searching
from kapula_web.texts.topics.data import searched, versions_of_one_model

__all__ = ["reader"]
pytestmark = pytest.mark.usefixtures("reader")


def known(organisation: Organisation, embedded_by: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The themes a search looks for first, in comments embedded by that version."""
    CommentEmbedding.objects.update(version=embedded_by)
    discover, seen = searching.discover, set()

    def watched(texts: Any, vectors: Any, days: Any, themes: Any, before: Any, **more: Any) -> Discovery:
        seen.update(one.id for one in before)
        return discover(texts, vectors, days, themes, before, **more)

    progress: Any = SimpleNamespace(report=lambda done, total: None)
    with monkeypatch.context() as patched:
        patched.setattr(searching, "discover", watched)
        searching.search(organisation, progress)
    return seen


def test_themes_are_known_by_the_model_whatever_else_of_the_version_differs(
    aurinko: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    said(aurinko)
    assert known(aurinko, "careful-0123abcd-eeee", monkeypatch) == set()
    found = set(DiscoveredTheme.objects.values_list("key", flat=True))
    assert found
    assert known(aurinko, "2-careful-0123abcd-1v-eeee", monkeypatch) == found
    assert known(aurinko, "2-careful-99999999-1v-eeee", monkeypatch) == set()


def test_themes_are_sought_among_meanings_of_one_model(aurinko: Organisation, monkeypatch: pytest.MonkeyPatch) -> None:
    """While comments are being read again by another model, its meanings and the earlier one's cannot be compared."""
    made = said(aurinko)
    new = [one.pk for one in made[-20:]]
    before, after = "2-careful-0123abcd-1v-eeee", "2-careful-99999999-1v-eeee"
    CommentEmbedding.objects.update(version=before)
    CommentEmbedding.objects.filter(pk__in=new[:10]).update(version="careful-0123abcd-eeee")  # of the same model
    CommentEmbedding.objects.filter(pk__in=new[10:]).update(version=after)
    versions = versions_of_one_model(aurinko)
    assert versions == [before, "careful-0123abcd-eeee"]
    assert set(searched(aurinko, versions).ids) == {one.pk for one in made} - set(new[10:])
    searching.search(aurinko, SimpleNamespace(report=lambda done, total: None))  # type: ignore[arg-type]
    assert set(DiscoveredTheme.objects.values_list("embedded_by", flat=True)) == {before}
