"""An aim's place and rules in words."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext

from kapula.schema import ANSWER_PREFIX
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.aims.wordings import rule_words
from kapula_web.insights.analyses.contract import Data
from kapula_web.ledger.models import Question


def place_of(aim: ExperienceAim, data: Data) -> str:
    return data.names.value("touchpoint", aim.touchpoint) if aim.touchpoint else gettext("kaikki kohtaamispisteet")


def rules_of(aim: ExperienceAim, labels: Mapping[str, str]) -> dict[str, str]:
    """Each rule's words by its column."""
    asked = {ANSWER_PREFIX + one.code: str(one) for one in Question.objects.filter(organisation=aim.organisation)}
    return {rule["column"]: rule_words(rule, {**asked, **labels}) for rule in aim.rules}
