"""The page "How are the business customers?": the choices, and the question to the library."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.accounts.known import SIGNS, attributes_of, like, outcomes_stretch, scores
from kapula_web.insights.analyses.accounts.show import shown
from kapula_web.insights.analyses.behind import LOW, answered, linked
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Linked, Shown

PREFERRED = ("answer_experience", "answer_nps", "answer_csat")
WINDOWS = {"182": _("puolen vuoden"), "365": _("vuoden"), "730": _("kahden vuoden")}


class AccountsPage(AnalysisPage):
    name = "accounts"
    question = _("Miten yritysasiakkaat voivat?")
    promise = _(
        "Kertoo jokaisen yritysasiakkaan voinnin muutaman yhteyshenkilön vastauksista ja näyttää, ketkä kaipaavat huomiota."
    )
    needs = (
        _("vastauksia, joista näkyy yritys ja yhteyshenkilö"),
        _("ainakin kymmenen yritystä, joista on vastannut vähintään kaksi ihmistä"),
    )
    order = 70
    counted = _("yritysasiakkaita")
    revision = 3
    outcome = "outcome"

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        attributes = [("", _("ei mikään")), *((name, data.names.dimension(name)) for name in attributes_of(data))]
        form.fields |= {
            "outcome": fields.choice(_("Mikä arvosana?"), fields.named(scores(data))),
            "role": forms.ChoiceField(label=_("Mikä kertoo roolin?"), choices=attributes, required=False),
            "stage": forms.ChoiceField(label=_("Mikä kertoo asiakkuuden vaiheen?"), choices=attributes, required=False),
            "window": fields.choice(_("Kuinka vanha vastaus otetaan mukaan?"), WINDOWS.items()),
        }
        return form

    def usual(self, data: Data) -> Chosen | None:
        return self.usual_with(data, {})

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        asked = [one.column for one in scores(data)]
        if not asked or not held.accounts(data)[1]:
            return None
        outcome = str(given.get("outcome") or "")
        if outcome not in asked:
            outcome = next((name for name in PREFERRED if name in asked), asked[0])
        return {"outcome": outcome, **{sign: like(data, sign) for sign in SIGNS}, "window": "365"}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        outcome, role, stage = (str(chosen[name]) for name in ("outcome", "role", "stage"))
        table, known = held.rows(data), held.stretch(data)
        as_of = known[1] if known else data.today
        keywords: dict[str, Any] = {
            "account": "account", "score": outcome, "contact": "customer", "role": role or None, "stage": stage or None,
            "time": "occurred_on", "window_days": int(chosen["window"]), "as_of": as_of,
        }  # fmt: skip
        command = ["accounts", held.address(data), "--account", "account", "--score", outcome, "--contact", "customer"]
        command += ["--time", "occurred_on", "--window-days", str(chosen["window"]), "--as-of", as_of.isoformat()]
        command += [word for name, value in (("--role", role), ("--stage", stage)) if value for word in (name, value)]
        stretch = outcomes_stretch(data)
        if stretch is not None:
            outcomes = data.desk.snapshot.table("outcomes")
            keywords |= {
                "details": outcomes.filter(outcomes.account.notnull(), outcomes.period.between(*stretch)),
                "revenue": "revenue", "active": "active",
            }  # fmt: skip
            command += [
                "--details",
                held.address(data, "outcomes", *stretch),
                "--revenue",
                "revenue",
                "--active",
                "active",
            ]
        return Asked(table, keywords, (*command, *held.filters()))

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Sequence[str]:
        return [
            gettext("Ota mukaan vanhempia vastauksia."),
            gettext(
                "Kysy samasta yrityksestä useammalta ihmiseltä: yhden vastauksesta ei näe, onko kyse yrityksestä vai hänestä."
            ),
        ]

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        label = next((one.label for one in scores(data) if one.column == chosen["outcome"]), str(chosen["outcome"]))
        return shown(found, data, str(label), _behind(data, chosen, str(label)))


def _behind(data: Data, chosen: Chosen, label: str) -> Linked:
    """What those who gave the score a low answer wrote. Comments are not chosen by firm: a contact would be known by their words."""
    known = held.stretch(data)
    within = (known[1] - timedelta(days=int(chosen["window"]) - 1), known[1]) if known else None
    text = gettext("%(name)s, matala") % {"name": label}
    return linked(data, text, answered(data, str(chosen["outcome"]), LOW), within)
