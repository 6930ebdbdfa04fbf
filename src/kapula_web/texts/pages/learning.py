"""What a theme has learned from corrections, in words."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext, ngettext

from kapula_web.jobs.models import Job
from kapula_web.jobs.selectors import WAITING
from kapula_web.kit import figures
from kapula_web.texts.models import CodebookTheme, Correction, TaughtHead
from kapula_web.texts.services.correct import HELD_OUT
from kapula_web.texts.services.teaching import NEEDED, TEACH, TRIED


@dataclass(frozen=True, slots=True)
class Learning:
    """``told``: what has been learned; ``more``: what is going on, or how many corrections are lacking."""

    corrections: int
    told: str
    more: str


def learning_of(theme: CodebookTheme) -> Learning:
    organisation = theme.codebook.organisation
    made = Correction.objects.filter(organisation=organisation, code=theme.code)
    count, learned = made.count(), made.filter(held_out=False).count()
    last = None
    if theme.codebook.pk is not None:
        last = TaughtHead.objects.filter(codebook=theme.codebook, code=theme.code).first()
    return Learning(count, _told(last) if last else "", _more(theme, learned))


def _told(taught: TaughtHead) -> str:
    """ "Opittu 24 korjauksesta: osuvuus 0,71 → 0,80 (0,66–0,89)."."""
    n = taught.n + taught.held_out
    learned = ngettext("Opittu %(n)s korjauksesta", "Opittu %(n)s korjauksesta", n) % {"n": figures.number(n, 0)}
    if taught.held_out < TRIED or taught.f1_after is None:
        text = gettext("%(learned)s. Osuvuutta ei voi vielä mitata, joten opittua ei käytetä.")
        text = gettext("%(learned)s. Osuvuutta ei voi vielä mitata.") if taught.used else text
        return text % {"learned": learned}
    told = gettext("%(learned)s: osuvuus %(before)s → %(after)s (%(interval)s).") % {
        "learned": learned,
        "before": figures.number(taught.f1_before, 2) if taught.f1_before is not None else figures.NO_VALUE,
        "after": figures.number(taught.f1_after, 2),
        "interval": figures.interval(taught.low_after, taught.high_after, "scale"),
    }
    return told if taught.used else told + " " + gettext("Se ei parantunut, joten opittua ei käytetä.")


def _more(theme: CodebookTheme, learned: int) -> str:
    """``learned``: corrections that may be learned from."""
    waits = Job.objects.filter(organisation=theme.codebook.organisation, kind=TEACH, state__in=WAITING)
    if any(job.arguments.get("code") == theme.code for job in waits):
        return gettext("Uusista korjauksista opitaan taustalla muutaman minuutin kuluttua.")
    if learned >= NEEDED:
        return ""
    # Each third is held out, so that more are needed than are learned from.
    lacking = math.ceil((NEEDED - learned) * HELD_OUT / (HELD_OUT - 1))
    text = ngettext(
        "Tarkista vielä noin %(lacking)s kommentti, niin kone alkaa oppia.",
        "Tarkista vielä noin %(lacking)s kommenttia, niin kone alkaa oppia.",
        lacking,
    )
    return text % {"lacking": lacking}
