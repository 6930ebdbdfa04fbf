"""Onko asiakas huomannut? Days as people write them, shares between none and all, and its place in the hub before anyone has chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from test_analysis_spoken import TestNoticed as Planted
from test_analysis_spoken import told

from kapula_web.accounts.models import Organisation, User
from kapula_web.insights.analyses import choices, registry
from kapula_web.insights.analyses.hub import Item, headline
from kapula_web.insights.analyses.noticed.page import NoticedPage
from kapula_web.insights.analyses.noticed.show import _picture

SignIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _finnish() -> Iterator[None]:
    with translation.override("fi"):
        yield


def test_days_are_told_as_people_write_them(aurinko: Organisation) -> None:
    planted = Planted()
    planted.comments(aurinko)
    found, question = told(NoticedPage(), aurinko, theme="staff_attitude", **planted.BEGAN)
    assert [row[0] for row in found.tables[0].rows] == ["huhtikuu 2026", "kesäkuu 2026"]
    form = NoticedPage().form(question.data, choices.bound(question.chosen))
    assert dict(choices.told(form))["Tiimi 0 aloitti"] == "1.4.2026"


def test_a_wide_band_of_shares_is_drawn_between_none_and_all() -> None:
    since = [{"periods": at, "share": 0.3, "expected": 0.2, "value": 0.1, "low": -1.2, "high": 0.8} for at in range(3)]
    found: dict[str, Any] = {"since": since, "method": {"period": "month"}}
    spec = _picture(found, "Kohtelu", "").spec(width=720, height=320, scheme="light")
    assert {(row["low"], row["high"]) for row in spec["data"]["values"] if row["low"] is not None} == {(0.0, 100.0)}


def test_the_hub_says_that_choices_are_missing_and_not_data(
    aurinko: Organisation, anna: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    Planted().comments(aurinko)
    told(NoticedPage(), aurinko)
    monkeypatch.setattr(registry, "_pages", {NoticedPage.name: NoticedPage()})
    text = signed_in(anna).get("/o/aurinko/understanding/").content.decode()
    assert "Näistä puuttuu valintoja" in text
    assert "yhdenkään tiimin aloituspäivää ei ole kerrottu" in text
    assert "Näihin tarvitaan lisää aineistoa" not in text


def test_the_hubs_answer_tells_what_waits_for_data_from_what_waits_for_choices() -> None:
    page = NoticedPage()
    found = [Item(page, "", state) for state in ("ready", "ready", "empty", "not_enough", "unchosen")]
    assert headline(found) == "2 kysymykseen on vastaus, 2 odottaa aineistoa, 1 odottaa valintoja."
    assert headline(found[:2]) == "2 kysymykseen on vastaus."
