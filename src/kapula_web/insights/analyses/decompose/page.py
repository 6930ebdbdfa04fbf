"""The page "Why?": its choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Shown
from kapula_web.insights.analyses.decompose import stretches, telling
from kapula_web.insights.analyses.decompose.asking import command_of, drivers_of, measure_of, weight_of
from kapula_web.insights.analyses.wordings import rewordings
from kapula_web.kit.codes import Text

SEGMENT = "segment"


class DecomposePage(AnalysisPage):
    name = "decompose"
    question = _("Miksi muuttui, tai miksi ei?")
    promise = _("Kertoo, muuttuiko kokemus vai vastaajien joukko – ja onko paikallaan pysyvä luku oikeasti paikallaan.")
    needs: ClassVar[Sequence[Text]] = (
        _("arvosana, johon on vastattu ainakin parin viikon ajan"),
        _("jako ryhmiin, esimerkiksi asiakasryhmä tai kanava"),
        _("noin 60 vastausta"),
    )
    order = 30
    outcome = "outcome"
    association = False
    revision = 5

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        known = held.stretch(data)
        codes = stretches.possible(known) if known else []
        form.fields |= {
            "outcome": fields.choice(_("Mikä arvosana?"), fields.named(held.questions(data))),
            "segment": fields.division(data, _("Minkä ryhmien mukaan?")),
            "stretch": fields.choice(_("Mitä verrataan?"), [(code, stretches.WORDS[code]) for code in codes]),
            "drivers": fields.ticked(_("Kerro myös, mitä saman kyselyn muut kysymykset selittävät")),
        }
        return form

    def usual(self, data: Data) -> Chosen | None:
        asked = held.questions(data)
        first = next(
            (one.column for one in asked if measure_of(data, one.column) == "nps"), asked[0].column if asked else ""
        )
        return self.usual_with(data, {"outcome": first})

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        known = held.stretch(data)
        divisions = [one.code for one in held.divisions(data)]
        asked = [one.column for one in held.questions(data)]
        codes = stretches.possible(known) if known else []
        if not (divisions and asked and codes):
            return None
        outcome = str(given.get("outcome") or asked[0])
        return {
            "outcome": outcome if outcome in asked else asked[0],
            "segment": SEGMENT if SEGMENT in divisions else divisions[0],
            "stretch": codes[0],
            "drivers": False,
        }

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        known = held.stretch(data)
        assert known is not None  # usual() gave None otherwise, and there is no page to ask from
        earlier, later = stretches.of(chosen["stretch"], known)
        column, days = chosen["outcome"], [day.isoformat() for day in rewordings(data.organisation, chosen["outcome"])]
        drivers = drivers_of(data, column) if chosen["drivers"] else []
        keywords: dict[str, Any] = {
            "measure": measure_of(data, column), "column": column, "segment": chosen["segment"], "time": "occurred_on",
            "first": stretches.label(earlier), "second": stretches.label(later), "cluster": "customer", "off_scale": "set_aside",
            "minimum_n": data.desk.minimum_n, "drivers": drivers, "reworded": days,
            "weight": weight_of(data, column, earlier[0], later[1]),
            **{name: name for name in ("channel", "language") if chosen["segment"] != name},
        }  # fmt: skip
        return Asked(
            held.rows(data, start=earlier[0], end=later[1]), keywords, command_of(data, keywords, earlier[0], later[1])
        )

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        return telling.shown(found, data, chosen)
