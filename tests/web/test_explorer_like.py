"""Comments like one: compared as comments are read now, and what cannot be compared yet is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.test import Client
from explorer_data import team, written
from texts_data import Handmade, reader

from kapula.errors import KapulaError
from kapula_web.accounts.models import Organisation, Team, User
from kapula_web.texts.explorer.asking import ask
from kapula_web.texts.explorer.filters import Filters
from kapula_web.texts.models import CommentEmbedding

__all__ = ["reader"]
QUEUE = "Jonotin tunnin"
WAITS = "Kommentin lukeminen on kesken: samankaltaiset löytyvät, kun se on luettu."


@pytest.fixture
def made(aurinko: Organisation, helpline: Team, reader: Handmade) -> list[int]:
    """Four alike: the first two are read again by another version of the model."""
    found = [one.pk for one in written(aurinko, [QUEUE] * 4, team=team(aurinko, "shop"))]
    CommentEmbedding.objects.filter(pk__in=found[:2]).update(version="hand-2")
    reader.model = "hand-2"
    return found


@pytest.fixture
def page(anna: User, signed_in: Callable[[User], Client]) -> Callable[[int], str]:
    return lambda like: signed_in(anna).get(f"/o/aurinko/understanding/comments/?like={like}").content.decode()


def like(comment: int, user: User) -> set[int]:
    view = ask(user.memberships.get(), Filters.read(QueryDict(f"like={comment}")))
    return {one.pk for one in view.comments(view.chosen.rows)}


def test_only_what_is_read_as_now_is_compared_and_the_rest_is_counted(
    made: list[int], anna: User, page: Callable[[int], str]
) -> None:
    assert like(made[0], anna) == set(made[:2])
    assert "2 kommenttia ei ole vielä haussa." in page(made[0])


def test_a_comment_read_by_an_earlier_version_has_no_neighbours_until_it_is_read_again(
    made: list[int], anna: User, page: Callable[[int], str]
) -> None:
    """Near it could be others by words that are covered since."""
    assert like(made[2], anna) == set()
    assert WAITS in page(made[2])


def test_when_all_is_read_nothing_waits(
    aurinko: Organisation, made: list[int], anna: User, page: Callable[[int], str]
) -> None:
    written(aurinko, ["Hinta on kallis"])
    CommentEmbedding.objects.update(version="hand-2")
    assert like(made[2], anna) >= set(made)
    assert "ei ole vielä haussa" not in page(made[2])
    assert WAITS not in page(made[2])


def test_of_a_comment_that_a_person_may_not_read_nothing_is_told(
    made: list[int], leo: User, signed_in: Callable[[User], Client]
) -> None:
    assert like(made[2], leo) == set()
    assert WAITS not in signed_in(leo).get(f"/o/aurinko/understanding/comments/?like={made[2]}").content.decode()


def test_without_a_model_the_page_opens(
    made: list[int], reader: Handmade, monkeypatch: pytest.MonkeyPatch, page: Callable[[int], str]
) -> None:
    def none() -> str:
        raise KapulaError("No model.")

    monkeypatch.setattr(reader, "embedding_version", none)
    assert WAITS in page(made[0])
