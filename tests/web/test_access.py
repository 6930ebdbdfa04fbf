"""Who may open what. Every address of the project is listed in pages.py with its right, and is tried here by everyone.

With the right: the page. A colleague without it: 403. A stranger: 404, as if it did not exist. Nobody: the sign-in page.
A GET never changes anything; a POST without its token is refused.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pages import ANYONE, SIGNED_IN, Page, all_names, all_pages

from kapula_web.accounts.access import RIGHTS
from kapula_web.accounts.models import Membership, Organisation, Role, User

PAGES = all_pages()
OURS = [page for page in PAGES if page.right not in (ANYONE, SIGNED_IN)]
# allauth keeps its old addresses, without names: they only redirect.
NAMELESS = {f"social/{old}/" for old in ("login/cancelled", "login/error", "signup", "connections")}

# Sessions, the list of rows the snapshot has yet to take in, findings computed from it, and how often a measure was opened: bookkeeping
# that a reader may bring up to date.
CACHES = ("django_session", "ledger_ledgerchange", "insights_scan", "insights_measureopened")

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.method} {page.name}")
each_of_ours = pytest.mark.parametrize("page", OURS, ids=lambda page: f"{page.method} {page.name}")


@pytest.fixture
def cast(olga: User, anna: User, leo: User, mia: User, rauno: User, sten: User) -> dict[str, User]:
    return {Role.OWNER: olga, Role.ANALYST: anna, Role.TEAM_LEAD: leo, Role.MEMBER: mia, Role.READER: rauno, "": sten}


def send(client: Client, page: Page, address: str) -> int:
    return client.post(address, page.data).status_code if page.method == "POST" else client.get(address).status_code


def fine(page: Page, status: int) -> bool:
    return status in (200, 302) or status == page.status


def test_every_address_is_in_the_registry_once() -> None:
    listed = [page.name for page in PAGES]
    assert sorted(set(listed) | NAMELESS) == sorted(all_names())
    assert len(listed) == len(set(listed))


@each_of_ours
def test_only_those_with_the_right_get_in(
    page: Page, aurinko: Organisation, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    address = page.address(aurinko)
    without = [role for role in Role.values if role not in RIGHTS[page.right]]
    for role in without:
        assert send(signed_in(cast[role]), page, address) == 403, f"a {role} got in"
    assert send(signed_in(cast[""]), page, address) == 404
    assert send(Client(), page, address) == 302
    lowest = next(role for role in Role.values if role in RIGHTS[page.right])
    assert fine(page, send(signed_in(cast[lowest]), page, address)), f"a {lowest} was turned away"


@pytest.mark.parametrize("page", [p for p in PAGES if p.right == SIGNED_IN], ids=lambda page: page.name)
def test_a_persons_own_pages_ask_for_signing_in(
    page: Page, aurinko: Organisation, mia: User, signed_in: Callable[[User], Client]
) -> None:
    address = page.address(aurinko)
    nobody = Client().get(address)
    assert nobody.status_code == 302
    assert nobody["Location"].startswith(reverse("account_login"))
    assert fine(page, signed_in(mia).get(address).status_code)


@pytest.mark.parametrize("page", [p for p in PAGES if p.right == ANYONE], ids=lambda page: page.name)
def test_the_front_door_is_open(page: Page, aurinko: Organisation) -> None:
    assert fine(page, send(Client(), page, page.address(aurinko)))


@each_page
def test_a_post_without_its_token_is_refused(page: Page, aurinko: Organisation, olga: User) -> None:
    client = Client(enforce_csrf_checks=True)
    if page.right != ANYONE:
        client.force_login(olga, backend="django.contrib.auth.backends.ModelBackend")
    address = page.address(aurinko)
    before = snapshot_of(aurinko)
    status = client.post(address, page.data).status_code
    takes_posts = page.method == "POST" or page.posts
    assert status in ({403} if takes_posts else {403, 405})
    assert snapshot_of(aurinko) == before


@each_page
def test_a_get_changes_nothing(
    page: Page, aurinko: Organisation, olga: User, signed_in: Callable[[User], Client]
) -> None:
    client = Client() if page.right == ANYONE else signed_in(olga)
    address = page.address(aurinko)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        status = client.get(address).status_code
    written = [query["sql"] for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]
    assert [sql for sql in written if not any(table in sql for table in CACHES)] == []
    if page.method == "POST":
        assert status == 405


def test_a_role_is_taken_from_the_organisation_at_hand(
    aurinko: Organisation, strand: Organisation, rauno: User, signed_in: Callable[[User], Client]
) -> None:
    """Owning another organisation gives nothing here."""
    Membership.objects.create(organisation=strand, user=rauno, role=Role.OWNER)
    assert signed_in(rauno).get(reverse("people", args=["strand"])).status_code == 200
    assert signed_in(rauno).get(reverse("people", args=["aurinko"])).status_code == 403


def test_things_of_another_organisation_are_not_found(
    aurinko: Organisation, strand: Organisation, olga: User, signed_in: Callable[[User], Client]
) -> None:
    team = strand.teams.create(name="Kundtjänst", code="kt")
    assert signed_in(olga).get(reverse("team", args=["aurinko", team.pk])).status_code == 404


def snapshot_of(organisation: Organisation) -> tuple[int, ...]:
    """How much there is: people, teams, invitations, log entries."""
    return tuple(
        rows.count()
        for rows in (
            organisation.memberships.all(),
            organisation.teams.filter(archived_at=None),
            organisation.invitations.filter(withdrawn_at=None),
            organisation.audit_entries.all(),
        )
    )
