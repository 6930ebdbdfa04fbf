"""The page's choices, and the library's question they make."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Shown
from kapula_web.insights.analyses.leading.candidates import candidates, joined, usual_candidates, usual_touchpoint
from kapula_web.insights.analyses.leading.show import Names, shown

LAGS = {
    "4": _("enintään neljä viikkoa"),
    "8": _("enintään kahdeksan viikkoa"),
    "13": _("enintään neljännesvuosi"),
}
PREFERRED = "answer_nps"
LEAST = 200
"""Answers a question needs before it is offered as what is to be known ahead."""


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
        return self.usual_with(data, {})

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        """The score asked about, at the place whose teams have figures of their own."""
        asked = [one.column for one in held.questions(data, least=LEAST)]
        outcome = str(given.get("outcome") or "")
        if outcome not in asked:
            outcome = PREFERRED if PREFERRED in asked else asked[0] if asked else ""
        if not outcome:
            return None
        touchpoint = str(given["touchpoint"]) if "touchpoint" in given else usual_touchpoint(data, outcome)
        names = usual_candidates(data, touchpoint, outcome)
        if not names:
            return None
        return {"outcome": outcome, "touchpoint": touchpoint, "candidates": names, "lag": "8", "stretch": "all"}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        outcome, touchpoint = str(chosen["outcome"]), str(chosen["touchpoint"])
        names = [name for name in chosen["candidates"] if name != outcome]
        where = {"touchpoint": [touchpoint]} if touchpoint else None
        start, end = fields.between(data, chosen["stretch"]) or (None, None)
        table = joined(data, touchpoint, held.rows(data, start=start, end=end, where=where), outcome, names)
        keywords = {
            "unit": "team", "time": "week", "target": outcome, "candidates": names, "max_lag": int(chosen["lag"]),
            "period": "week", "weight": "n",
        }  # fmt: skip
        told = gettext(
            "Arvosanan keskiarvo tiimeittäin ja viikoittain. Siihen on liitetty saman tiimin ja viikon luvut; "
            "luvut, joita ei ole tiimeittäin, ovat kaikille samat."
        )
        return Asked(table, keywords, told=told)

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> list[str]:
        return [
            gettext("Valitse pidempi aika tai lyhyempi ennakko."),
            gettext("Valitse vähemmän ehdokkaita: jokainen lisää sattuman mahdollisuutta."),
        ]

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        known = candidates(data, str(chosen["touchpoint"]), str(chosen["outcome"]))
        target = {one.column: one.label for one in held.questions(data)}
        names = Names(
            target=target.get(found["target"], found["target"]),
            candidates={one.code: one.label for one in known},
            suffixes={one.code: one.suffix for one in known},
            team=lambda code: data.names.value("team", code),
            place=data.names.value("touchpoint", chosen["touchpoint"]) if chosen["touchpoint"] else "",
        )
        return shown(found, names, fields.as_text(fields.between(data, chosen["stretch"])))
