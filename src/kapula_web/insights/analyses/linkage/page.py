"""The page "Does the staff's experience show to the customer?": the choices, and the question to the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.behind import answered, linked
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Shown
from kapula_web.insights.analyses.linkage.command import STAFF, command, question_of
from kapula_web.insights.analyses.linkage.naming import Names
from kapula_web.insights.analyses.linkage.show import shown

PREFERRED = ("answer_emotion", "answer_nps", "answer_csat")
LAGS = {"4": _("enintään neljä viikkoa"), "6": _("enintään kuusi viikkoa"), "8": _("enintään kahdeksan viikkoa")}
LEAST = 100


class LinkagePage(AnalysisPage):
    name = "linkage"
    question = _("Näkyykö henkilöstön kokemus asiakkaalle?")
    promise = _(
        "Kertoo, missä kohtaamispisteissä asiakkaiden kokemus liikkuu henkilöstön kokemuksen mukana ja millä viiveellä."
    )
    needs = (
        _("henkilöstön kysely, jonka vastauksista näkyy tiimi"),
        _("asiakkaiden vastauksia samoilta tiimeiltä, mieluiten vuoden ajalta"),
    )
    order = 60
    counted = _("tiimejä")
    outcome = "outcome"
    revision = 3

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        form.fields |= {
            "outcome": fields.question(data, _("Mikä asiakkaiden kokemuksessa?"), least=LEAST),
            "staff": fields.question(data, _("Mikä henkilöstön kokemuksessa?"), STAFF, least=LEAST),
            "lag": fields.choice(_("Kuinka pitkällä viiveellä?"), LAGS.items()),
        }
        return form

    def usual(self, data: Data) -> Chosen | None:
        return self.usual_with(data, {})

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        theirs = [one.column for one in held.questions(data, least=LEAST)]
        ours = [one.column for one in held.questions(data, STAFF, least=LEAST)]
        if not ours or not theirs or len(held.values(data, "team", STAFF)) < 1:
            return None
        outcome = str(given.get("outcome") or "")
        if outcome not in theirs:
            outcome = next((name for name in PREFERRED if name in theirs), theirs[0])
        staff = str(given.get("staff") or "")
        return {"outcome": outcome, "staff": staff if staff in ours else ours[0], "lag": "6"}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        outcome, staff, lag = str(chosen["outcome"]), str(chosen["staff"]), int(chosen["lag"])
        ours = question_of(held.questions(data, STAFF), staff)
        scale = (ours.low, ours.high) if ours and ours.low is not None and ours.high is not None else None
        keywords: dict[str, Any] = {
            "unit": "team", "time": "occurred_on", "customer": outcome, "staff": staff, "touchpoint": "touchpoint",
            "staff_table": held.rows(data, STAFF), "lags": tuple(range(lag + 1)), "staff_scale": scale,
            "minimum_n": data.desk.minimum_n,
        }  # fmt: skip
        return Asked(held.rows(data), keywords, command(data, chosen, scale))

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Sequence[str]:
        return [
            gettext("Kysy henkilöstöltä säännöllisesti ja niin, että vastauksesta näkyy tiimi."),
            gettext("Kun tiimejä on alle kuusi, tarvitaan noin 40 viikkoa vastauksia molemmilta."),
        ]

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        theirs, ours = (
            question_of(held.questions(data, side), str(chosen[name]))
            for side, name in (("customer", "outcome"), (STAFF, "staff"))
        )
        about = answered(data, str(chosen["outcome"]))
        names = Names(
            customer=theirs.label if theirs else str(chosen["outcome"]),
            staff=ours.label if ours else str(chosen["staff"]),
            place=lambda code: linked(data, data.names.value("touchpoint", code), {"touchpoint": code, **about}),
            team=lambda code: linked(data, data.names.value("team", code), {"team": code, **about}),
        )
        return shown(found, names, fields.as_text(held.stretch(data)))
