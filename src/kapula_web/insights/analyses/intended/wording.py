"""An aim's place and rules in words, each leading to what was said of such experiences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from kapula.schema import ANSWER_PREFIX
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.aims.wordings import rule_words
from kapula_web.insights.analyses.behind import Within, answered, in_period, linked, of_column
from kapula_web.insights.analyses.contract import Data, Linked
from kapula_web.insights.analyses.intended.names import AimWords
from kapula_web.ledger.models import Question


def said_of(aim: ExperienceAim, data: Data, labels: Mapping[str, str], by: str, within: Within) -> AimWords:
    """``labels``: column → what people call it. ``by``: the dimension of the groups. The experiences of an aim are those at its touchpoint
    that answered the questions of its rules."""
    place = {"touchpoint": aim.touchpoint} if aim.touchpoint else {}
    asked = [code for rule in aim.rules for code in answered(data, str(rule["column"])).values()]
    about: dict[str, Any] = {**place, **({"answer": asked} if asked else {})}
    lows = {rule["column"]: of_column(data, rule["column"], "", within, place) for rule in aim.rules}
    return AimWords(
        linked(data, aim.name, about, within),
        place_of(aim, data),
        {column: Linked(text, lows[column]) for column, text in rules_of(aim, labels).items()},
        lambda text, period: in_period(data, text, period, about),
        lambda text, code: linked(data, text, {by: code}, within, about),
    )


def place_of(aim: ExperienceAim, data: Data) -> str:
    return data.names.value("touchpoint", aim.touchpoint) if aim.touchpoint else gettext("kaikki kohtaamispisteet")


def rules_of(aim: ExperienceAim, labels: Mapping[str, str]) -> dict[str, str]:
    """Each rule's words by its column."""
    asked = {ANSWER_PREFIX + one.code: str(one) for one in Question.objects.filter(organisation=aim.organisation)}
    return {rule["column"]: rule_words(rule, {**asked, **labels}) for rule in aim.rules}
