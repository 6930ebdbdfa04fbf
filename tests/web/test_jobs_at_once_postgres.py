"""Two people ask for the same work at once: on PostgreSQL neither asks in vain, and it is done once."""

from __future__ import annotations

import pytest
from django.db import transaction
from elsewhere import Connect, Elsewhere, connect

from kapula_web.accounts.models import Organisation
from kapula_web.jobs.models import Job
from kapula_web.jobs.services import enqueue
from kapula_web.texts.services import asking

__all__ = ["connect"]
pytestmark = pytest.mark.postgres


def test_the_second_is_given_the_work_that_the_first_asked_for(connect: Connect) -> None:
    """Such as two corrections of one theme: the one that comes second would be lost with the work it asks for."""
    organisation = Organisation.objects.create(name="Aurinko", slug="aurinko")

    def ask() -> Job:
        return enqueue(organisation=organisation, kind=asking.READ, key="one", organisation_id=organisation.pk)

    given: list[Job] = []
    with transaction.atomic():
        mine = ask()
        other = Elsewhere(connect(), lambda: given.append(ask()))
        other.until_it_waits()
    other.thread.join()
    assert other.failed == []
    assert given == [mine]
    assert Job.objects.filter(key="one").count() == 1
