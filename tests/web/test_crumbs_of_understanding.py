"""The way back from every page of Ymmärrys: a breadcrumb to its hub, and where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from test_analysis_contract_pages import PAGES
from texts_data import reader
from topics_data import said

from kapula_web.accounts.models import Organisation, User

__all__ = ["reader"]
TEXTS = ("texts:topics", "texts:comments", "texts:codebook", "texts:theme_create", "insights:aims")


def crumbs(client: Client, address: str) -> str:
    text = client.get(address).content.decode()
    _before, _, rest = text.partition('<nav class="crumbs" aria-label="Murupolku">')
    return rest.partition("</nav>")[0]


@pytest.mark.parametrize("name", [page.name for page in PAGES])
def test_an_analysis_leads_back_to_the_questions(
    aurinko: Organisation, anna: User, signed_in: Callable[[User], Client], name: str
) -> None:
    page = next(one for one in PAGES if one.name == name)
    found = crumbs(signed_in(anna), reverse("insights:analysis", args=[aurinko.slug, name]))
    assert reverse("insights:questions", args=[aurinko.slug]) in found
    assert f"<li>{page.question}</li>" in found


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.usefixtures("reader")
def test_so_do_the_pages_of_comments(
    aurinko: Organisation, olga: User, signed_in: Callable[[User], Client], name: str
) -> None:
    said(aurinko)
    found = crumbs(signed_in(olga), reverse(name, args=[aurinko.slug]))
    assert reverse("insights:questions", args=[aurinko.slug]) in found
