"""Pages of the aims: what an experience should be."""

from __future__ import annotations

from typing import Any

from pages import Page

from kapula_web.accounts.models import Organisation
from kapula_web.insights.aims.models import ExperienceAim


def an_aim(organisation: Organisation, **fields: Any) -> ExperienceAim:
    given: dict[str, Any] = {
        "code": "easy_phone",
        "names": {"fi": "Puhelimessa on helppoa", "sv": "Det är lätt per telefon", "en": "The phone is easy"},
        "touchpoint": "phone",
        "rules": [{"column": "answer_nps", "op": ">=", "value": 8}],
        "target": 0.6,
    }
    return ExperienceAim.objects.create(organisation=organisation, **(given | fields))


def standing(organisation: Organisation) -> dict[str, Any]:
    return {"code": an_aim(organisation).code}


def archived(organisation: Organisation) -> dict[str, Any]:
    from django.utils import timezone

    return {"code": an_aim(organisation, archived_at=timezone.now()).code}


PAGES = [
    Page("insights:aims", "see"),
    Page("insights:aim_create", "model", posts=True),
    Page("insights:aim_change", "model", make=standing, posts=True),
    Page("insights:aim_archive", "model", make=standing, method="POST"),
    Page("insights:aim_restore", "model", make=archived, method="POST"),
]
