"""Organisations, teams and people: what may be done, and what the log tells of it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from kapula_web.accounts import selectors
from kapula_web.accounts.errors import LastOwnerError, TeamCodeTakenError
from kapula_web.accounts.models import AuditEntry, Membership, Organisation, Role, Team, User
from kapula_web.accounts.services import organisations, people, teams

SignedIn = Callable[[User], Client]


@pytest.fixture
def lone(db: None) -> User:
    return User.objects.create_user("lone@kapula.example", "correct-horse")


class TestTheWayIn:
    def test_one_organisation_opens_at_once(self, mia: User, signed_in: SignedIn) -> None:
        assert signed_in(mia).get("/")["Location"] == "/o/aurinko/"

    def test_several_are_offered(self, mia: User, strand: Organisation, signed_in: SignedIn) -> None:
        Membership.objects.create(user=mia, organisation=strand)
        page = signed_in(mia).get("/", follow=True).content.decode()
        assert "/o/aurinko/" in page
        assert "/o/strand/" in page

    def test_the_first_person_may_found_an_organisation(self, lone: User, signed_in: SignedIn) -> None:
        client = signed_in(lone)
        assert reverse("organisation_new") in client.get("/", follow=True).content.decode()
        answer = client.post("/organisations/new/", {"name": "Åbo Energi", "language": "sv", "minimum_n": 10})
        assert answer["Location"] == "/o/abo-energi/"
        assert lone.memberships.get().role == Role.OWNER

    def test_later_ones_need_an_invitation(self, lone: User, aurinko: Organisation, signed_in: SignedIn) -> None:
        client = signed_in(lone)
        assert reverse("organisation_new") not in client.get("/", follow=True).content.decode()
        assert client.post("/organisations/new/", {"name": "X", "language": "fi", "minimum_n": 10}).status_code == 403

    def test_an_open_installation_lets_anyone_found_one(
        self, lone: User, aurinko: Organisation, settings: LazySettings
    ) -> None:
        settings.OPEN_ORGANISATIONS = True
        assert selectors.may_create_organisation(lone)

    def test_the_example_does_not_count_as_the_first(self, lone: User, aurinko: Organisation) -> None:
        Organisation.objects.update(is_example=True)
        assert selectors.may_create_organisation(lone)

    def test_two_of_the_same_name_get_addresses_of_their_own(self, lone: User) -> None:
        slugs = [organisations.create_organisation(founder=lone, name="Aurinko Oy").slug for _ in range(2)]
        assert slugs == ["aurinko-oy", "aurinko-oy-2"]


class TestSettings:
    def test_a_change_is_logged_with_what_was_before(
        self, aurinko: Organisation, olga: User, signed_in: SignedIn
    ) -> None:
        data = {"name": "Aurinko", "language": "fi", "minimum_n": 5}
        assert signed_in(olga).post(reverse("organisation_settings", args=["aurinko"]), data).status_code == 302
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.details) == ("organisation.changed", {"minimum_n": {"from": 10, "to": 5}})

    def test_saving_without_a_change_writes_nothing(self, aurinko: Organisation, olga: User) -> None:
        organisations.change_organisation(organisation=aurinko, actor=olga, name="Aurinko", language="fi", minimum_n=10)
        assert not AuditEntry.objects.exists()

    def test_a_wrong_minimum_says_how_to_mend_it(self, aurinko: Organisation, olga: User, signed_in: SignedIn) -> None:
        data = {"name": "", "language": "fi", "minimum_n": 0}
        page = signed_in(olga).post(reverse("organisation_settings", args=["aurinko"]), data).content.decode()
        assert 'href="#id_name"' in page
        assert 'aria-invalid="true"' in page
        assert 'aria-describedby="id_minimum_n_helptext id_minimum_n_error"' in page


class TestTeams:
    def test_archiving_can_be_undone_from_the_message(
        self, aurinko: Organisation, helpline: Team, olga: User, signed_in: SignedIn
    ) -> None:
        client = signed_in(olga)
        page = client.post(reverse("team_archive", args=["aurinko", helpline.pk]), follow=True).content.decode()
        undo = reverse("team_restore", args=["aurinko", helpline.pk])
        assert f'action="{undo}"' in page
        assert not selectors.teams(aurinko).exists()
        client.post(undo)
        assert selectors.teams(aurinko).get() == helpline

    def test_two_teams_cannot_share_a_name_in_the_data(self, aurinko: Organisation, helpline: Team, olga: User) -> None:
        with pytest.raises(TeamCodeTakenError):
            teams.create_team(organisation=aurinko, actor=olga, name="Toinen", code="helpline")

    def test_the_page_words_it_beside_the_field(self, helpline: Team, olga: User, signed_in: SignedIn) -> None:
        page = signed_in(olga).post(reverse("teams", args=["aurinko"]), {"name": "Toinen", "code": "helpline"})
        assert "Toisella tiimillä on jo aineistoissa nimi helpline" in page.content.decode()

    def test_the_name_is_the_code_when_none_is_given(
        self, aurinko: Organisation, olga: User, signed_in: SignedIn
    ) -> None:
        signed_in(olga).post(reverse("teams", args=["aurinko"]), {"name": "Laskutus"})
        assert aurinko.teams.get().code == "Laskutus"


class TestPeople:
    def test_a_role_is_changed_and_logged(
        self, aurinko: Organisation, olga: User, mia: User, signed_in: SignedIn
    ) -> None:
        membership = mia.memberships.get()
        signed_in(olga).post(reverse("person", args=["aurinko", membership.pk]), {"role": "analyst"})
        membership.refresh_from_db()
        assert membership.role == Role.ANALYST
        entry = AuditEntry.objects.get()
        assert (entry.action, entry.details["before"]["role"]) == ("person.role_changed", "member")

    def test_the_last_owner_can_neither_leave_nor_step_down(self, aurinko: Organisation, olga: User) -> None:
        membership = olga.memberships.get()
        with pytest.raises(LastOwnerError):
            people.remove_person(membership=membership, actor=olga)
        with pytest.raises(LastOwnerError):
            people.change_membership(membership=membership, actor=olga, role=Role.MEMBER, teams=[])
        membership.refresh_from_db()
        assert membership.role == Role.OWNER

    def test_with_another_owner_the_first_may_go(self, aurinko: Organisation, olga: User, anna: User) -> None:
        anna.memberships.update(role=Role.OWNER)
        people.remove_person(membership=olga.memberships.get(), actor=olga)
        assert [m.user for m in selectors.people(aurinko)] == [anna]

    def test_a_removed_person_loses_access_and_comes_back_as_before(
        self, aurinko: Organisation, helpline: Team, olga: User, leo: User, signed_in: SignedIn
    ) -> None:
        client = signed_in(olga)
        client.post(reverse("person_remove", args=["aurinko", leo.memberships.get().pk]))
        assert signed_in(leo).get(reverse("people", args=["aurinko"])).status_code == 404
        client.post(reverse("person_restore", args=["aurinko", leo.pk]))
        back = leo.memberships.get()
        assert (back.role, list(back.teams.all())) == (Role.TEAM_LEAD, [helpline])

    def test_someone_who_never_was_here_cannot_be_restored(self, aurinko: Organisation, olga: User, sten: User) -> None:
        assert people.restore_person(organisation=aurinko, user_id=sten.pk, actor=olga) is None


class TestTheLog:
    def test_it_can_be_narrowed_by_person_and_deed(self, aurinko: Organisation, olga: User, anna: User) -> None:
        team = teams.create_team(organisation=aurinko, actor=olga, name="Laskutus")
        teams.archive_team(team=team, actor=anna)
        assert [entry.action for entry in selectors.audit_log(aurinko, actor=str(anna.pk))] == ["team.archived"]
        assert [entry.actor for entry in selectors.audit_log(aurinko, action="team.created")] == [olga]

    def test_another_organisations_log_is_not_seen(
        self, aurinko: Organisation, strand: Organisation, sten: User
    ) -> None:
        teams.create_team(organisation=strand, actor=sten, name="Kundtjänst")
        assert not selectors.audit_log(aurinko).exists()

    def test_as_csv_it_is_for_excel_and_carries_no_formulas(
        self, aurinko: Organisation, olga: User, signed_in: SignedIn
    ) -> None:
        olga.name = "=HYPERLINK(1)"
        olga.save()
        teams.create_team(organisation=aurinko, actor=olga, name="Laskutus")
        answer = signed_in(olga).get(reverse("audit_log_csv", args=["aurinko"]))
        text = b"".join(answer.streaming_content).decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text), delimiter=";"))
        assert rows[0] == ["Aika", "Kuka", "Koodi", "Mitä", "Tarkemmin"]
        assert rows[1][1:4] == ["'=HYPERLINK(1)", "team.created", "Lisäsi tiimin"]

    def test_a_long_log_comes_in_pages(self, aurinko: Organisation, olga: User, signed_in: SignedIn) -> None:
        AuditEntry.objects.bulk_create(AuditEntry(organisation=aurinko, action="team.created") for _ in range(60))
        page = signed_in(olga).get(reverse("audit_log", args=["aurinko"]) + "?action=team.created").content.decode()
        assert "Sivu 1 / 2" in page
        assert "?action=team.created&amp;page=2" in page


class TestOnesOwnChoices:
    def test_the_language_is_remembered_in_the_account(self, mia: User, signed_in: SignedIn) -> None:
        client = signed_in(mia)
        client.post(reverse("set_language"), {"language": "sv", "next": "/me/"})
        mia.refresh_from_db()
        assert mia.language == "sv"
        assert '<html lang="sv"' in client.get("/me/").content.decode()

    def test_the_account_wins_over_the_browser(self, mia: User, signed_in: SignedIn) -> None:
        page = signed_in(mia).get("/me/", headers={"accept-language": "en"}).content.decode()
        assert '<html lang="fi"' in page

    def test_a_visitor_is_met_in_the_browsers_language(self, db: None) -> None:
        page = Client().get(reverse("account_login"), headers={"accept-language": "sv"}).content.decode()
        assert '<html lang="sv"' in page

    def test_the_theme_is_drawn_by_the_server_without_a_flash(self, mia: User, signed_in: SignedIn) -> None:
        client = signed_in(mia)
        client.post(reverse("set_theme"), {"theme": "dark"})
        assert 'data-theme="dark"' in client.get("/me/").content.decode()

    @pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
    def test_one_is_never_sent_to_another_site(self, db: None, elsewhere: str) -> None:
        answer = Client().post(reverse("set_theme"), {"theme": "dark", "next": elsewhere})
        assert answer["Location"] == "/"

    def test_an_unknown_choice_is_refused(self, db: None) -> None:
        assert Client().post(reverse("set_language"), {"language": "xx"}).status_code == 400
        assert Client().post(reverse("set_theme"), {"theme": "pink"}).status_code == 400
