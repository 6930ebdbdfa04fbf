"""When comments are read: as soon as something waits, unless a person has stopped it or it has just failed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final

from django.utils import timezone

from kapula.errors import KapulaError
from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs.models import Job
from kapula_web.jobs.services import enqueue
from kapula_web.ledger.models import Comment
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import analyse
from kapula_web.texts.services.waiting import anything, newest

READ: Final = "texts.read"
AGAIN_AFTER: Final = timedelta(hours=1)
_nothing_waited: dict[int, tuple[Any, ...]] = {}
"""Organisation → the version, the newest comment and the last reading when last nothing waited: looking again would read every row for
nothing. The reading is there because one that has been since, whichever process asked for it, may have left every comment to a version
that holds no longer: a theme retired and restored."""


def last_job(organisation: Organisation) -> Job | None:
    return Job.objects.filter(organisation=organisation, kind=READ).order_by("-pk").first()


def version_of(organisation: Organisation) -> str:
    """By which version comments are to be read now."""
    return analyse.library().version(told_of(organisation))


def ask_if_needed(organisation: Organisation) -> Job | None:
    """The reading that is under way or was just asked for; None when nothing waits or it must not be asked for."""
    if not Comment.objects.filter(response__organisation=organisation).exists():
        return None
    try:
        version = version_of(organisation)
    except KapulaError:  # no model is installed: the page says so
        return None
    state, last = (version, newest()), last_job(organisation)
    now = (*state, None if last is None else (last.pk, last.finished_at))
    if _nothing_waited.get(organisation.pk) == now:
        return None
    if not anything(organisation, version):
        _nothing_waited[organisation.pk] = now
        return None
    if last is not None and _must_rest(last, state):
        return None
    return ask(organisation, version=version)


def ask(organisation: Organisation, *, actor: User | None = None, version: str = "") -> Job:
    """Have what waits read. ``actor``: the person who asked for it, who may stop it too."""
    _nothing_waited.pop(organisation.pk, None)
    return enqueue(
        organisation=organisation,
        kind=READ,
        key=f"{READ}:{organisation.pk}",
        requested_by=actor,
        organisation_id=organisation.pk,
        version=version,
        newest=newest(),
    )


def _must_rest(last: Job, state: tuple[str, int]) -> bool:
    """Stopped by a person: until there is something new to read. Failed: for an hour."""
    if last.state == Job.State.CANCELLED:
        return (last.arguments.get("version"), last.arguments.get("newest")) == state
    if last.state == Job.State.FAILED and last.finished_at is not None:
        return last.finished_at > timezone.now() - AGAIN_AFTER
    return False
