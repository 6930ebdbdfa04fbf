"""How far the reading of comments is, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext

from kapula.errors import KapulaError
from kapula_web.accounts.models import Organisation
from kapula_web.jobs.models import Job
from kapula_web.jobs.selectors import WAITING
from kapula_web.kit import figures
from kapula_web.kit.errors import worded, worded_error
from kapula_web.ledger.models import Comment
from kapula_web.texts.figures import STAFF
from kapula_web.texts.services import asking
from kapula_web.texts.services.waiting import anything, standing


@dataclass(frozen=True, slots=True)
class Reading:
    """``state``: "none" (no comments), "done", "running", "stopped", "failed" or "soon". ``job``: the one that runs.
    ``staff``: whether what is read is the staff's too, which the figures of customers beside it do not count."""

    state: str
    job: Job | None = None
    problem: str = ""
    staff: bool = False

    @property
    def label(self) -> str:
        waits = self.job is not None and self.job.state == Job.State.QUEUED and not self.job.done
        if waits:
            return gettext("Kommentit odottavat lukemista.")
        if self.staff:
            return gettext("Asiakkaiden ja henkilöstön kommentteja luetaan taustalla.")
        return gettext("Kommentteja luetaan taustalla.")


def reading_of(organisation: Organisation) -> Reading:
    comments = Comment.objects.filter(response__organisation=organisation)
    last = asking.last_job(organisation)
    if last is not None and last.state in WAITING:
        return Reading("running", last, staff=comments.filter(response__perspective=STAFF).exists())
    if not comments.exists():
        return Reading("none")
    try:
        left = anything(organisation, asking.version_of(organisation))
    except KapulaError as error:
        return Reading("failed", problem=worded_error(error))
    if not left:
        return Reading("done")
    if last is not None and last.state == Job.State.CANCELLED:
        return Reading("stopped")
    if last is not None and last.state == Job.State.FAILED:
        return Reading("failed", problem=worded(str(last.error.get("code", "")), last.error.get("context") or {}))
    return Reading("soon")


def not_read_with(organisation: Organisation, reading: Reading) -> str:
    """What to say of a theme that no comment has, while comments still wait to be read with the codebook as it is now; empty when none
    waits: then nobody speaks of it."""
    if reading.state in ("done", "none"):
        return ""
    try:
        stands = standing(organisation, asking.version_of(organisation))
    except KapulaError:
        return ""
    if not stands.left:
        return ""
    if not stands.done:
        return gettext("kommentteja ei ole vielä luettu tämän teeman kanssa")
    told = {"done": figures.number(stands.done, 0), "total": figures.number(stands.total, 0)}
    return gettext("ei mainintoja vielä: luettu %(done)s/%(total)s kommenttia") % told
