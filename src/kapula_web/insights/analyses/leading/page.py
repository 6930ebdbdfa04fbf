"""The page's choices, and its answer with people's names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.behind import in_period, of_column
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Linked, Shown
from kapula_web.insights.analyses.leading.asking import LEAST, asked_of, usual_with
from kapula_web.insights.analyses.leading.candidates import candidates
from kapula_web.insights.analyses.leading.names import Names
from kapula_web.insights.analyses.leading.show import shown

LAGS = {
    "4": _("enintään neljä viikkoa"),
    "8": _("enintään kahdeksan viikkoa"),
    "13": _("enintään neljännesvuosi"),
}


class LeadingPage(AnalysisPage):
    name = "leading"
    question = _("Mikä ennakoi?")
    promise = _("Kertoo, mikä liikkuu ennen arvosanaa, kuinka monta viikkoa aiemmin ja mitä kannattaa tarkkailla.")
    needs = (
        _("arvosanoja tiimeittäin noin vuoden ajalta"),
        _("viikoittaisia toiminnan lukuja, kuten jonotusaika, tai henkilöstön viikkokysely"),
    )
    order = 20
    counted = _("viikkoja")
    outcome = "outcome"
    revision = 4

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        asked = given or {}
        possible = candidates(data, str(asked.get("touchpoint") or ""), str(asked.get("outcome") or ""))
        form.fields |= {
            "outcome": fields.question(data, _("Mitä halutaan tietää ennalta?"), least=LEAST),
            "touchpoint": fields.value(data, "touchpoint", _("Missä kohtaamispisteessä?")),
            "candidates": fields.several(_("Mikä voisi ennakoida?"), [(one.code, one.label) for one in possible]),
            "lag": fields.choice(_("Kuinka kaukaa?"), LAGS.items()),
            "stretch": fields.stretch(),
        }
        return form

    def usual(self, data: Data) -> Chosen | None:
        return usual_with(data, {})

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        return usual_with(data, given)

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        return asked_of(data, chosen)

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> list[str]:
        return [
            gettext("Valitse pidempi aika tai lyhyempi ennakko."),
            gettext("Valitse vähemmän ehdokkaita: jokainen lisää sattuman mahdollisuutta."),
        ]

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        place, outcome = str(chosen["touchpoint"]), str(chosen["outcome"])
        known, within, also = (
            candidates(data, place, outcome),
            fields.between(data, chosen["stretch"]),
            {"touchpoint": place},
        )
        target = {one.column: one.label for one in held.questions(data)}
        names = Names(
            target=target.get(found["target"], found["target"]),
            candidates={one.code: Linked(one.label, of_column(data, one.code, outcome, within, also)) for one in known},
            suffixes={one.code: one.suffix for one in known},
            team=lambda code: data.names.value("team", code),
            place=data.names.value("touchpoint", place) if place else "",
            week=lambda text, period, team="": in_period(data, text, period, {**also, "team": team}),
        )
        return shown(found, names, fields.as_text(within))
