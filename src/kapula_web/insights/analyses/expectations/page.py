"""The page "Do expectations rise?": its choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Shown
from kapula_web.insights.analyses.expectations import telling
from kapula_web.insights.analyses.expectations.asking import asked
from kapula_web.insights.analyses.expectations.likely import comparable, is_rating, rank
from kapula_web.insights.analyses.together import together
from kapula_web.kit.codes import Text

EXPECTATION = "expect"
MOST_RATINGS = 10
LEAST_TOGETHER = 60


class ExpectationsPage(AnalysisPage):
    name = "expectations"
    question = _("Nousevatko odotukset?")
    promise = _("Kertoo, laskeeko arvosana, vaikka tekeminen on pysynyt samana.")
    needs: ClassVar[Sequence[Text]] = (
        _("arvosana ja ainakin yksi arvio siitä, miten asia hoidettiin, samassa kyselyssä"),
        _("vastauksia ainakin neljältä ajanjaksolta"),
    )
    order = 35
    outcome = "outcome"
    revision = 4

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        every = held.questions(data)
        without = [("", _("ei kysytty")), *fields.named(every)]
        divisions = [("", _("ei mitään")), *((one.code, one.label) for one in held.divisions(data))]
        form.fields |= {
            "outcome": fields.choice(_("Mikä arvosana?"), fields.named(every)),
            "performance": fields.several(_("Mikä kertoo, miten asia hoidettiin?"), fields.named(every)),
            "expectation": forms.ChoiceField(
                label=_("Mikä kysymys koskee odotuksia?"), choices=without, required=False
            ),
            "mix": forms.ChoiceField(
                label=_("Minkä ryhmien osuudet pidetään samoina?"), choices=divisions, required=False
            ),
        }
        return form

    def usual(self, data: Data) -> Chosen | None:
        asked = held.questions(data)
        ordered = sorted(asked, key=lambda one: rank(one.column))
        for one in ordered:
            found = self.usual_with(data, {"outcome": one.column})
            if found and found["outcome"] == one.column:
                return found
        return None

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        outcome = str(given.get("outcome") or "")
        if outcome not in {one.column for one in held.questions(data)}:
            return self.usual(data) if outcome or given else None
        asked = held.asked_with(data, outcome, least=LEAST_TOGETHER)
        expectation = next((one.column for one in asked if EXPECTATION in one.column), "")
        likely = [one.column for one in asked if is_rating(one) and one.column != expectation][:MOST_RATINGS]
        ratings = together(data, outcome, likely, least=LEAST_TOGETHER)
        divisions = [one.code for one in held.divisions(data)]
        if not ratings:
            return None
        return {
            "outcome": outcome,
            "performance": ratings,
            "expectation": expectation,
            "mix": "segment" if "segment" in divisions else "",
        }

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        return asked(data, chosen)

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        start = comparable(data, chosen["outcome"])[0]
        known = held.stretch(data)
        return telling.shown(found, data, chosen, since=start if known and start != known[0] else None)
