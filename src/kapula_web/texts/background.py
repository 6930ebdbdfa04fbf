"""Comments read in the background: whatever has come in, and all of them anew when the model or the codebook has changed."""

from __future__ import annotations

import time
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import Membership, Organisation
from kapula_web.jobs.registry import Later, Progress, background
from kapula_web.texts.services import asking, reading, teaching, trying
from kapula_web.texts.topics import background as topics  # noqa: F401  its kinds of work too

SLICE_SECONDS: Final = 20.0
"""How long comments are read before whatever else waits gets its turn."""
SOON: Final = 20
"""Before other work that waits: a person sits and looks."""
LAST: Final = -60
"""After the answers that are computed ahead: pages answer first."""


@background(asking.READ, label=_("Kommenttien lukeminen"), priority=LAST)
def read(progress: Progress, *, organisation_id: int, **asked_about: Any) -> dict[str, Any]:
    organisation = Organisation.objects.get(pk=organisation_id)
    until = time.monotonic() + SLICE_SECONDS
    ended, count = reading.read_waiting(organisation, progress.report, lambda: time.monotonic() < until)
    if not ended:
        raise Later
    return {"comments": count}


@background(teaching.TEACH, label=_("Teeman opettaminen korjauksilla"), attempts=2)
def teach(progress: Progress, *, organisation_id: int, code: str) -> dict[str, Any]:
    taught = teaching.teach(Organisation.objects.get(pk=organisation_id), code)
    return {} if taught is None else {"n": taught.n, "used": taught.used}


@background(trying.TRY, attempts=1, priority=SOON)
def try_theme(progress: Progress, *, membership_id: int, code: str, fields: dict[str, Any]) -> dict[str, Any]:
    return trying.tried(Membership.objects.get(pk=membership_id), code, fields)


@background("texts.watch", attempts=1, every=30)
def watch(progress: Progress) -> dict[str, Any]:
    """Look at every organisation; ask for reading where something waits. What was tried on past comments does not stay."""
    trying.forget_old()
    asked = [one for one in Organisation.objects.all() if asking.ask_if_needed(one) is not None]
    return {"asked": len(asked)}
