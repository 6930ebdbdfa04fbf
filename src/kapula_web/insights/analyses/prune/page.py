"""The page's choices, and the library's question they make."""

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
from kapula_web.insights.analyses.prune.show import shown
from kapula_web.insights.analyses.prune.uses import uses
from kapula_web.insights.analyses.series import series
from kapula_web.insights.analyses.surveys import known_source, usual_questions

LEAST_QUESTIONS = 3
LOSSES = {"0.005": _("puoli prosenttiyksikköä"), "0.01": _("prosenttiyksikön"), "0.02": _("kaksi prosenttiyksikköä")}


class PrunePage(AnalysisPage):
    name = "prune"
    question = _("Mitä voi jättää kysymättä?")
    promise = _(
        "Kertoo, mitkä kysymykset voi poistaa kyselystä niin, ettei mitään olennaista häviä, ja mitä kysytään kahteen kertaan."
    )
    needs = (
        _("kysely, jossa on arvosana ja ainakin kolme muuta kysymystä"),
        _("muutama sata vastausta, joissa on vastattu kaikkiin niihin"),
    )
    order = 46
    association = False
    revision = 5

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        source = known_source(data, given)
        answered = held.questions(data, source=source)
        form.fields |= {
            "source": fields.source(data),
            "outcome": fields.choice(_("Mitä kysymysten pitää kertoa?"), fields.named(answered)),
            "questions": fields.several(_("Mistä kysymyksistä voisi luopua?"), fields.named(answered)),
            "leading": fields.series(series(data), _("Mitkä luvut ovat muutenkin tiedossa?")),
            "loss": fields.choice(_("Kuinka paljon selitysaste saa laskea?"), LOSSES.items()),
            "stretch": fields.stretch(),
        }
        return form

    def usual(self, data: Data) -> Chosen | None:
        return self.usual_with(data, {})

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        """The survey with the most questions, its recommendation, and the questions asked with it."""
        found = usual_questions(data, given, LEAST_QUESTIONS)
        if found is None:
            return None
        source, outcome, questions = found
        rest: dict[str, Any] = {"leading": [], "loss": "0.01", "stretch": "all"}
        return {"source": source, "outcome": outcome, "questions": questions, **rest}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        source, outcome = str(chosen["source"]), str(chosen["outcome"])
        questions = [name for name in chosen["questions"] if name != outcome]
        start, end = fields.between(data, chosen["stretch"]) or (None, None)
        wanted = set(chosen["leading"])
        leading = [one.column for one in series(data) if one.code in wanted]
        table = known.joined(data, held.rows(data, source=source, start=start, end=end), leading)
        weight = "weight" if known.has_weights(data, source) else None
        keywords: dict[str, Any] = {
            "outcome": outcome, "questions": questions, "leading": leading, "max_loss": float(chosen["loss"]),
            "weight": weight, "cluster": "customer",
        }  # fmt: skip
        words = ["prune", held.address(data, "responses", start, end), "--outcome", outcome]
        words += ["--questions", ",".join(questions), "--max-loss", chosen["loss"], "--cluster", "customer"]
        words += [*(["--weight", weight] if weight else []), *held.filters(source=source)]
        told = gettext("Vastauksiin on liitetty toiminnan luvut samalta viikolta, tiimin tai kohtaamispisteen mukaan.")
        return Asked(table, keywords, () if leading else tuple(words), told if leading else "")

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> list[str]:
        return [gettext("Valitse vähemmän kysymyksiä: mukaan otetaan vain vastaukset, joissa on vastattu kaikkiin.")]

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        answered = held.questions(data, source=str(chosen["source"]))
        within, outcome = fields.between(data, chosen["stretch"]), str(chosen["outcome"])
        also = {"source": str(chosen["source"])}
        labels = {one.column: Linked(one.label, of_column(data, one.column, outcome, within, also)) for one in answered}
        leading = [one.label for one in series(data) if one.code in set(chosen["leading"])]
        used = data.once(("prune", "uses"), lambda: uses(data, self.name))
        return shown(found, labels, leading, fields.as_text(within), used)
