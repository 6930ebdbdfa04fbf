"""The page's choices, and the library's question they make of the organisation's own aims."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.schema import ANSWER_PREFIX
from kapula_web.insights.aims.access import live_aims
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.aims.wordings import rule_words
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Shown
from kapula_web.insights.analyses.intended.show import AimWords, shown
from kapula_web.ledger.models import Question


class Declared(forms.CharField):
    """A digest of the aims as they stand, whatever an old address says: changed aims are a new question, not a kept answer."""

    def __init__(self, data: Data) -> None:
        super().__init__(widget=forms.HiddenInput, required=False)
        self.data = data

    def clean(self, value: Any) -> str:
        return digest(self.data)


class IntendedPage(AnalysisPage):
    name = "intended"
    question = _("Oliko kokemus se, jota tavoittelimme?")
    promise = _("Kertoo, kuinka moni kokemus oli sellainen kuin tavoittelimme, eikä vain hyvä tai huono.")
    needs = (
        _("tavoiteltu kokemus kirjattuna: mistä vastauksista sen näkee"),
        _("noin 50 vastausta, joissa niihin on vastattu"),
    )
    order = 44
    association = False
    counted = _("kokemuksia")

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        answerable = [(one.code, one.name) for one in answerable_aims(data)]
        form.fields |= {
            "aims": fields.several(_("Mitkä tavoitteet?"), answerable),
            "by": fields.choice(_("Mitä verrataan?"), [("", _("ei mitään")), *_divisions(data)]),
            "stretch": fields.stretch(),
        }
        form.fields["by"].required = False
        form.fields["declared"] = Declared(data)
        return form

    def usual(self, data: Data) -> Chosen | None:
        codes = [one.code for one in answerable_aims(data)]
        if not codes:
            return None
        divisions = [code for code, _label in _divisions(data)]
        return {"aims": codes, "by": "team" if "team" in divisions else "", "stretch": "year", "declared": digest(data)}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        start, end = fields.between(data, chosen["stretch"]) or (None, None)
        wanted = set(chosen["aims"])
        declared = [one.declared() for one in answerable_aims(data) if one.code in wanted]
        period = _period(chosen["stretch"])
        keywords: dict[str, Any] = {
            "aims": declared, "by": chosen["by"] or None, "time": "occurred_on", "period": period,
            "cluster": "customer", "minimum_n": data.desk.minimum_n,
        }  # fmt: skip
        words = ["intended", held.address(data, "responses", start, end)]
        words += [
            "--aims",
            json.dumps({"aims": declared}, ensure_ascii=False),
            "--time",
            "occurred_on",
            "--period",
            period,
        ]
        words += ["--cluster", "customer", "--minimum-n", str(data.desk.minimum_n)]
        words += [*(["--by", chosen["by"]] if chosen["by"] else []), *held.filters()]
        return Asked(held.rows(data, start=start, end=end), keywords, tuple(words))

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> list[str]:
        return [gettext("Valitse pidempi aika, tai kirjaa tavoite kysymyksillä, joihin vastataan useammin.")]

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        labels = {one.column: one.label for one in held.questions(data)}
        names = {
            one.code: AimWords(one.name, _place(one, data), _rules(one, labels)) for one in live_aims(data.organisation)
        }
        by = str(chosen["by"])

        def group(code: str) -> str:
            return data.names.value(by, code)

        return shown(
            found, names, group, fields.as_text(fields.between(data, chosen["stretch"])), data.organisation.slug
        )


def answerable_aims(data: Data) -> list[ExperienceAim]:
    """The aims whose questions all have answers."""
    known = {one.column for one in held.questions(data)}
    return [
        one
        for one in live_aims(data.organisation)
        if {rule["column"] for rule in [*one.rules, *([one.good] if one.good else [])]} <= known
    ]


def digest(data: Data) -> str:
    told = json.dumps([one.declared() for one in answerable_aims(data)], sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def _divisions(data: Data) -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in held.divisions(data)]


def _period(stretch: str) -> str:
    return {"all": "quarter", "years2": "quarter", "quarter": "week"}.get(stretch, "month")


def _place(aim: ExperienceAim, data: Data) -> str:
    return data.names.value("touchpoint", aim.touchpoint) if aim.touchpoint else gettext("kaikki kohtaamispisteet")


def _rules(aim: ExperienceAim, labels: Mapping[str, str]) -> dict[str, str]:
    """Each rule's words by its column."""
    asked = {ANSWER_PREFIX + one.code: str(one) for one in Question.objects.filter(organisation=aim.organisation)}
    return {rule["column"]: rule_words(rule, {**asked, **labels}) for rule in aim.rules}
