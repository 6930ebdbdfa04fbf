"""What a theme as it is now written would do to past comments, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula_web.accounts.models import Membership
from kapula_web.jobs.models import Job
from kapula_web.jobs.selectors import WAITING
from kapula_web.kit import figures
from kapula_web.kit.errors import worded
from kapula_web.texts.access import visible_comments
from kapula_web.texts.figures import Share
from kapula_web.texts.pages.codebook import digits_of
from kapula_web.texts.pages.comment import LONGEST, where_of
from kapula_web.texts.showing import pieces

Tried = Mapping[str, Any]
"""What :func:`kapula_web.texts.services.trying.tried` found."""


def preview_of(membership: Membership, job: Job) -> dict[str, Any]:
    """``waits``: it is not there yet."""
    if job.state in WAITING:
        return {"waits": True, "job": job}
    if job.state != Job.State.DONE:
        told = worded(str(job.error.get("code", "")), job.error.get("context") or {})
        return {"answer": gettext("Kokeilu ei onnistunut."), "evidence": told}
    found: Tried = job.result
    if not found["n"]:
        return {"answer": gettext("Luettuja kommentteja ei vielä ole."), "evidence": ""}
    gained, lost = (_rows(membership, found[which]) for which in ("gaining", "losing"))
    return {
        "answer": _answer(found),
        "evidence": _evidence(found),
        "gained": gained,
        "lost": lost,
        "gained_more": max(found["gained"] - len(found["gaining"]), 0),
        "lost_more": max(found["lost"] - len(found["losing"]), 0),
    }


def _answer(tried: Tried) -> str:
    after = Share(tried["after"], tried["n"], 1)
    told = figures.percent(after.value, digits_of(after))
    if tried["new"]:
        text = ngettext("Teeman saisi %(n)s kommentti", "Teeman saisi %(n)s kommenttia", tried["after"])
        return gettext("%(text)s: %(share)s otoksesta.") % {"text": text % {"n": tried["after"]}, "share": told}
    if not tried["gained"] and not tried["lost"]:
        return gettext("Mikään otoksen kommenteista ei muuttuisi.")
    gained = ngettext("%(n)s kommentti saisi teeman", "%(n)s kommenttia saisi teeman", tried["gained"])
    lost = ngettext("%(n)s menettäisi sen", "%(n)s menettäisi sen", tried["lost"])
    return f"{gained % {'n': tried['gained']}}, {lost % {'n': tried['lost']}}."


def _evidence(tried: Tried) -> str:
    before, after = (Share(tried[when], tried["n"], 1) for when in ("before", "after"))
    told = {
        "n": figures.number(tried["n"], 0),
        "before": figures.percent(before.value, digits_of(before)),
        "after": figures.percent(after.value, digits_of(after)),
        "interval": figures.interval(after.low, after.high, "share", digits_of(after)),
    }
    return gettext("Satunnainen otos, n = %(n)s. Osuus nyt %(before)s, näin %(after)s (%(interval)s).") % told


def _rows(membership: Membership, changed: Sequence[Sequence[Any]]) -> list[dict[str, Any]]:
    """Those of the comments that are still there and that this person may read."""
    seen = visible_comments(membership).filter(analysis__isnull=False)
    there = seen.select_related("analysis", "response__touchpoint", "response__team").in_bulk([pk for pk, _ in changed])
    rows = []
    for comment, spans in ((there[pk], spans) for pk, spans in changed if pk in there):
        text = comment.text if len(comment.text) <= LONGEST else comment.text[:LONGEST] + "…"
        rows.append({"pieces": pieces(text, comment.analysis.pii, spans), "where": where_of(comment)})
    return rows
