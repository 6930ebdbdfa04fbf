"""An aim in words, for the list."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from kapula.schema import ANSWER_PREFIX
from kapula_web.accounts.models import Organisation
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.aims.wordings import COMBINATIONS, rule_words
from kapula_web.kit import figures
from kapula_web.ledger.models import Question, Touchpoint


def told(aim: ExperienceAim, organisation: Organisation) -> dict[str, Any]:
    """The aim in words."""
    labels = {ANSWER_PREFIX + one.code: str(one) for one in Question.objects.filter(organisation=organisation)}
    places = {one.code: str(one) for one in Touchpoint.objects.filter(organisation=organisation)}
    return {
        "code": aim.code,
        "name": aim.name,
        "pillar": aim.pillar,
        "place": places.get(aim.touchpoint, aim.touchpoint) or gettext("kaikki kohtaamispisteet"),
        "combine": COMBINATIONS.get(aim.combine, aim.combine) if len(aim.rules) > 1 else "",
        "rules": [rule_words(rule, labels) for rule in aim.rules],
        "target": figures.percent(aim.target) if aim.target else "",
    }
