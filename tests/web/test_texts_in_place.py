"""A row that is corrected comes back in place: focus stays in it, and those who hear the page are told what happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from texts_data import Handmade, comments, reader

from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs import services as jobs
from kapula_web.ledger.models import Comment
from kapula_web.texts.services import asking

__all__ = ["reader"]
SignedIn = Callable[[User], Client]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def said(aurinko: Organisation, reader: Handmade) -> list[Comment]:
    made = comments(aurinko, ["Jonotin tunnin, huono", "Seisoin kauan kassalla"])
    asking.ask_if_needed(aurinko)
    jobs.run_due()
    return made


@pytest.mark.parametrize(("row", "begins"), [("1", '<li class="comment"'), ("label", '<li id="waiting_time"')])
def test_the_row_keeps_the_focus_and_the_page_tells_what_happened(
    row: str, begins: str, said: list[Comment], anna: User, signed_in: SignedIn
) -> None:
    browser, place = signed_in(anna), ["aurinko", said[0].pk, "waiting_time"]
    asked = {"present": "0", "row": row}
    text = browser.post(reverse("texts:correct", args=place), asked, headers=HTMX).content.decode()
    assert text.startswith(begins)
    assert '<button class="btn btn-plain" autofocus>Peru korjaus' in text
    told = '<p class="visually-hidden" role="status" id="what-happened" hx-swap-oob="innerHTML">'
    assert f"{told}Kiitos, korjaus on tallessa. Odotusaika: ei puhu tästä.</p>" in text
    text = browser.post(reverse("texts:correction_undo", args=place), asked, headers=HTMX).content.decode()
    assert text.startswith(begins)
    assert text.count(" autofocus") == 1
    assert f"{told}Korjaus on peruttu. Odotusaika: kielteinen.</p>" in text


def test_both_pages_have_a_place_for_what_happened_and_take_no_focus_by_themselves(
    said: list[Comment], anna: User, signed_in: SignedIn
) -> None:
    addresses = (
        reverse("texts:theme", args=["aurinko", "waiting_time"]),
        reverse("texts:labels", args=["aurinko", said[0].pk]),
    )
    for text in [signed_in(anna).get(address).content.decode() for address in addresses]:
        assert '<p class="visually-hidden" role="status" id="what-happened"></p>' in text
        assert 'hx-target="closest li"' in text
        assert " autofocus" not in text
