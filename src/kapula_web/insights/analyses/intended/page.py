"""The page's choices, and its answer with people's names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.aims.access import live_aims
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Shown
from kapula_web.insights.analyses.intended.asking import asked_of
from kapula_web.insights.analyses.intended.declared import Declared, answerable_aims, digest
from kapula_web.insights.analyses.intended.show import shown
from kapula_web.insights.analyses.intended.wording import said_of


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
    revision = 2

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
        return asked_of(data, chosen)

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> list[str]:
        return [gettext("Valitse pidempi aika, tai kirjaa tavoite kysymyksillä, joihin vastataan useammin.")]

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        labels = {one.column: one.label for one in held.questions(data)}
        within, by = fields.between(data, chosen["stretch"]), str(chosen["by"])
        names = {one.code: said_of(one, data, labels, by, within) for one in live_aims(data.organisation)}

        def group(code: str) -> str:
            return data.names.value(by, code)

        return shown(found, names, group, fields.as_text(within), data.organisation.slug)


def _divisions(data: Data) -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in held.divisions(data)]
