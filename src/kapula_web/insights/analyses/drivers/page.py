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
from kapula_web.insights.analyses.drivers import columns as known
from kapula_web.insights.analyses.drivers.show import shown

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

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        source = str((given or {}).get("source") or "")
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
        source = str(given.get("source", known.usual_source(data)))
        answered = held.questions(data, source=source)
        outcome = str(given.get("outcome") or "")
        if outcome not in {one.column for one in answered}:
            outcome = known.usual_outcome(answered)
        drivers = known.usual_drivers(data, source, outcome) if outcome else []
        if len(drivers) < 2:
            return None
        usual = {"segment": "", "stretch": "all", "method": "lmg"}
        return {"source": source, "outcome": outcome, "drivers": drivers, **usual}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        source, outcome = str(chosen["source"]), str(chosen["outcome"])
        names = [name for name in chosen["drivers"] if name != outcome]
        where = {"segment": [str(chosen["segment"])]} if chosen.get("segment") else None
        start, end = fields.between(data, chosen["stretch"]) or (None, None)
        possible = known.columns(data, source)
        mine = [possible[name] for name in [*names, outcome] if name in possible]
        scales = {one.code: one.scale for one in mine[:-1] if one.scale is not None}
        table = known.joined(data, held.rows(data, source=source, start=start, end=end, where=where), names)
        weight = "weight" if known.has_weights(data, source) else None
        keywords: dict[str, Any] = {
            "outcome": outcome,
            "drivers": names,
            "method": _method(chosen, names),
            "cluster": "customer",
        }
        keywords |= {"weight": weight, "scale": scales or None}
        words = [
            "drivers",
            held.address(data, "responses", start, end),
            "--outcome",
            outcome,
            "--drivers",
            ",".join(names),
        ]
        words += ["--cluster", "customer", *(["--weight", weight] if weight else [])]
        words += [word for name, (low, high) in scales.items() for word in ("--scale-of", f"{name}={low:g}:{high:g}")]
        words += ["--method", chosen["method"], *held.filters(source=source, where=where)]
        series = [name for name in names if name not in {one.column for one in held.questions(data, source=source)}]
        told = gettext("Vastauksiin on liitetty toiminnan luvut samalta viikolta, tiimin tai kohtaamispisteen mukaan.")
        table = known.on_scale(table, mine)
        return Asked(table, keywords, () if series else tuple(words), told if series else "")

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> list[str]:
        labels = known.columns(data, str(chosen["source"]))
        blank = [labels[name].label for name in (found.get("named") or {}).get("mostly_missing", ()) if name in labels]
        mend = [gettext("Valitse vähemmän asioita: mukaan otetaan vain vastaukset, joissa on vastattu kaikkiin.")]
        if blank:
            mend.append(gettext("Jätä pois ne, joihin harva on vastannut: %(names)s.") % {"names": ", ".join(blank)})
        return mend

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        start_end = fields.between(data, chosen["stretch"])
        labels = {code: one.label for code, one in known.columns(data, str(chosen["source"])).items()}
        return shown(found, labels, fields.as_text(start_end))


def _method(chosen: Chosen, names: list[str]) -> str | None:
    """Every order while it can be computed; the library takes relative weights beyond."""
    return "penalty_reward" if chosen["method"] == "penalty_reward" else "lmg" if len(names) <= 20 else None
