"""The page's choices."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.behind import of_column
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Linked, Shown
from kapula_web.insights.analyses.drivers import columns as known
from kapula_web.insights.analyses.drivers.asking import asked
from kapula_web.insights.analyses.drivers.show import shown
from kapula_web.insights.analyses.surveys import known_source, usual_questions

LEAST = 2
"""With one driver there is nothing to compare."""
METHODS = {"lmg": _("osuuksina"), "penalty_reward": _("huono ja hyvä kokemus erikseen")}


class DriversPage(AnalysisPage):
    name = "drivers"
    question = _("Mikä vaikuttaa?")
    promise = _("Kertoo, mitkä asiat liittyvät vahvimmin suositteluun tai muuhun arvosanaan, ja kuinka varmasti.")
    needs = (
        _("kysely, jossa on arvosana ja ainakin kaksi muuta kysymystä"),
        _("mieluiten muutama sata vastausta, joissa on vastattu kaikkiin niihin"),
    )
    order = 10
    revision = 4

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        source = known_source(data, given)
        possible = [(one.code, one.label) for one in known.columns(data, source).values()]
        form.fields |= {
            "source": fields.source(data),
            "outcome": fields.choice(_("Mihin arvosanaan?"), fields.named(held.questions(data, source=source))),
            "drivers": fields.several(_("Mitkä asiat?"), possible),
            "segment": fields.value(data, "segment", _("Keiden vastauksista?")),
            "stretch": fields.stretch(),
            "method": fields.choice(_("Miten kerrotaan?"), METHODS.items()),
        }
        return form

    def usual(self, data: Data) -> Chosen | None:
        return self.usual_with(data, {})

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        """The survey with the most to go by, its recommendation, and its other questions."""
        found = usual_questions(data, given, LEAST)
        if found is None:
            return None
        source, outcome, drivers = found
        usual = {"segment": "", "stretch": "all", "method": "lmg"}
        return {"source": source, "outcome": outcome, "drivers": drivers, **usual}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        return asked(data, chosen)

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> list[str]:
        labels = known.columns(data, str(chosen["source"]))
        blank = [labels[name].label for name in (found.get("named") or {}).get("mostly_missing", ()) if name in labels]
        mend = [gettext("Valitse vähemmän asioita: mukaan otetaan vain vastaukset, joissa on vastattu kaikkiin.")]
        if blank:
            mend.append(gettext("Jätä pois ne, joihin harva on vastannut: %(names)s.") % {"names": ", ".join(blank)})
        return mend

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        start_end = fields.between(data, chosen["stretch"])
        outcome, also = str(chosen["outcome"]), {name: str(chosen[name]) for name in ("segment", "source")}
        labels = {
            code: Linked(one.label, of_column(data, code, outcome, start_end, also))
            for code, one in known.columns(data, str(chosen["source"])).items()
        }
        return shown(found, labels, fields.as_text(start_end))
