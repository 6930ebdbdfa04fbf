"""A comment written after midnight in Helsinki is of that day, whatever the day still is in Greenwich."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from explorer_data import written
from texts_data import Handmade, reader

from kapula_web.accounts.models import Organisation, User
from kapula_web.ledger.erasure import erase_customer

__all__ = ["reader"]
AFTER_MIDNIGHT = datetime(2026, 1, 4, 22, 30, tzinfo=UTC)


@pytest.fixture
def one(aurinko: Organisation, reader: Handmade) -> None:
    written(aurinko, ["Jonotin tunnin"], customer="K-1", occurred_at=AFTER_MIDNIGHT)


@pytest.mark.usefixtures("one")
def test_the_file_has_the_day_of_the_page(
    aurinko: Organisation, anna: User, signed_in: Callable[[User], Client]
) -> None:
    response = signed_in(anna).post(reverse("texts:comments_table", args=["aurinko"]))
    lines = b"".join(response.streaming_content).decode().splitlines()
    assert lines[1].startswith("2026-01-05;")


@pytest.mark.usefixtures("one")
def test_the_receipt_names_the_day_whose_figures_may_have_changed(aurinko: Organisation) -> None:
    receipt = erase_customer(organisation=aurinko, customer="K-1", actor=None)
    assert (receipt.first_day, receipt.last_day) == ("2026-01-05", "2026-01-05")
