"""What people see of background work, and who may stop it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import KINDS, background

SignIn = Callable[[User], Client]


@pytest.fixture
def counting(aurinko: Organisation, anna: User) -> Iterator[Job]:
    background("test.count", label="Laskenta")(lambda progress: {})
    yield Job.objects.create(
        organisation=aurinko, kind="test.count", state="running", done=3, total=10, requested_by=anna
    )
    del KINDS["test.count"]


def test_everyone_in_the_house_sees_what_runs(counting: Job, rauno: User, signed_in: SignIn) -> None:
    page = signed_in(rauno).get("/o/aurinko/jobs/").content.decode()
    assert "Yksi työ on kesken." in page
    assert 'max="10" value="3"' in page


def test_the_fragment_asks_for_itself_until_the_end(counting: Job, rauno: User, signed_in: SignIn) -> None:
    browser = signed_in(rauno)
    address = f"/o/aurinko/jobs/{counting.pk}/"
    assert f'hx-get="{address}"' in browser.get(address).content.decode()
    Job.objects.update(state="done")
    assert "hx-get" not in browser.get(address).content.decode()


def test_who_asked_may_stop_and_so_may_the_owner(
    counting: Job, anna: User, olga: User, mia: User, signed_in: SignIn
) -> None:
    address = f"/o/aurinko/jobs/{counting.pk}/cancel/"
    assert signed_in(mia).post(address).status_code == 403
    assert signed_in(anna).post(address).status_code == 302
    counting.refresh_from_db()
    assert counting.state == "cancelled"
    Job.objects.update(state="running")
    assert signed_in(olga).post(address).status_code == 302


def test_another_house_sees_none_of_it(counting: Job, sten: User, signed_in: SignIn) -> None:
    browser = signed_in(sten)
    assert browser.get(f"/o/strand/jobs/{counting.pk}/").status_code == 404
    assert browser.get("/o/aurinko/jobs/").status_code == 404
    assert "Mitään ei ole kesken." in browser.get("/o/strand/jobs/", headers={"accept-language": "fi"}).content.decode()


def test_work_without_a_name_stays_out_of_sight(aurinko: Organisation, rauno: User, signed_in: SignIn) -> None:
    Job.objects.create(organisation=aurinko, kind="jobs.housekeeping", state="running")
    assert "Mitään ei ole kesken." in signed_in(rauno).get("/o/aurinko/jobs/").content.decode()
