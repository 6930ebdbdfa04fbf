"""The page "Human or machine?": what a reason is, and where effort, feeling and resolution are read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields, words
from kapula_web.insights.analyses.commented import comments, read_comments, theme_names, words_of
from kapula_web.insights.analyses.contact_reasons.show import shown
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Shown
from kapula_web.kit import figures

THEMES, INTENSITY, RESOLVED = "themes", "intensity", "resolved"
EFFORT: Final = ("answer_ces", "answer_ease", "answer_effort")
EMOTION: Final = ("answer_emotion", "answer_csat", "answer_nps")
SETTLED: Final = ("answer_fcr", "answer_resolved")
ENOUGH: Final = 200
"""Comments whose outcome is known, before they are what is usually asked of."""


class ContactReasonsPage(AnalysisPage):
    name = "contact_reasons"
    question = _("Ihminen vai kone?")
    promise = _("Kertoo, mitkä yhteydenoton syyt sopivat koneelle, mitkä ihmiselle ja missä vaiva pitäisi korjata.")
    needs = (
        _("yhteydenottojen syyt: luetut kommentit tai kohtaamispisteet"),
        _("arvosana vaivannäöstä ja tieto siitä, ratkesiko asia"),
    )
    order = 64
    counted = _("yhteydenottoja")
    revision = 3

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        rated = fields.named(held.questions(data))
        form.fields |= {
            "reason": fields.choice(_("Mikä on syy?"), _reasons(data)),
            "effort": fields.choice(_("Mistä vaiva näkyy?"), rated),
            "effort_is": fields.choice(
                _("Suuri arvo tarkoittaa, että oli"), [("ease", _("helppoa")), ("effort", _("vaivalloista"))]
            ),
            "emotion": fields.choice(_("Mistä tunne näkyy?"), [*_said(data, INTENSITY, _("kommentin sävy")), *rated]),
            "resolved": fields.choice(
                _("Mistä näkyy, ratkesiko asia?"),
                [*_said(data, RESOLVED, _("kommentti")), *fields.named(_settling(data))],
            ),
            "stretch": fields.stretch(),
        }
        return form

    def usual(self, data: Data) -> Chosen | None:
        there = [one.column for one in held.questions(data)]
        settled = [one.column for one in _settling(data)]
        effort = next((name for name in EFFORT if name in there), "")
        read = read_comments(data)[1] >= ENOUGH
        emotion = INTENSITY if read else next((name for name in EMOTION if name in there), "")
        resolved = RESOLVED if read else next((name for name in SETTLED if name in settled), next(iter(settled), ""))
        reasons = [code for code, _label in _reasons(data)]
        if not effort or not emotion or not resolved or not reasons:
            return None
        reason = THEMES if read else "touchpoint" if "touchpoint" in reasons else reasons[0]
        return {
            "reason": reason, "effort": effort, "effort_is": "ease", "emotion": emotion, "resolved": resolved, "stretch": "year",
        }  # fmt: skip

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        start, end = fields.between(data, str(chosen["stretch"])) or (None, None)
        names = {name: str(chosen[name]) for name in ("reason", "effort", "emotion", "resolved")}
        spoken = {THEMES, INTENSITY, RESOLVED} & set(names.values())
        neutral = _neutral(data, names["emotion"])
        keywords: dict[str, Any] = {
            **names, "effort_is": str(chosen["effort_is"]), "neutral": neutral, "cluster": "customer",
            "minimum_n": data.desk.minimum_n,
        }  # fmt: skip
        if spoken:
            told = gettext("Luetut kommentit, joihin on liitetty saman vastauksen arvosanat.")
            return Asked(comments(data, start, end), keywords, told=told)
        command = (
            "contact-reasons", held.address(data, "responses", start, end),
            *(word for name, column in names.items() for word in (f"--{name}", column)),
            "--effort-is", str(chosen["effort_is"]), *(() if neutral is None else ("--neutral", f"{neutral:g}")),
            "--cluster", "customer", "--minimum-n", str(data.desk.minimum_n), *held.filters(),
        )  # fmt: skip
        return Asked(held.rows(data, start=start, end=end), keywords, command)

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        reason = str(chosen["reason"])
        themes = theme_names(data) if reason == THEMES else {}

        def name(code: str) -> str:
            return themes.get(code, code) if reason == THEMES else data.names.value(reason, code)

        within = fields.between(data, str(chosen["stretch"]))

        def words(code: str) -> str:
            return words_of(data, {"theme" if reason == THEMES else reason: code}, within)

        return shown(found, name, words, fields.as_text(within), _why(data, reason))


def _why(data: Data, reason: str) -> str:
    """What is taken for the reason and why: the usual one changes by itself when enough comments have been read."""
    settled = read_comments(data)[1]
    told = {
        "n": figures.number(settled, 0),
        "needed": figures.number(ENOUGH, 0),
        "name": words.within(data.names.dimension(reason)),
    }
    if reason == THEMES:
        return (
            gettext("Syynä ovat kommenttien teemat: luettuja kommentteja, joista näkyy, ratkesiko asia, on %(n)s.")
            % told
        )
    if settled >= ENOUGH:
        return gettext("Syynä on %(name)s, koska se on valittu. Tavallisesti syynä ovat kommenttien teemat.") % told
    return (
        gettext(
            "Syynä on %(name)s: luettuja kommentteja, joista näkyy, ratkesiko asia, on vasta %(n)s. Kun niitä on %(needed)s, "
            "syyksi vaihtuvat kommenttien teemat."
        )
        % told
    )


def _reasons(data: Data) -> list[tuple[str, Any]]:
    dimensions = [(one.code, one.label) for one in held.divisions(data) if one.code not in ("source", "language")]
    return [*_said(data, THEMES, _("kommenttien teemat")), *dimensions]


def _said(data: Data, code: str, label: Any) -> list[tuple[str, Any]]:
    """What comments say, where some have been read."""
    return [(code, label)] if read_comments(data)[0] else []


def _settling(data: Data) -> list[Any]:
    """Questions answered by yes or no."""
    return [one for one in held.questions(data) if (one.low, one.high) == (0, 1) or one.column in SETTLED]


def _neutral(data: Data, emotion: str) -> float | None:
    """The middle of the question's scale; none for a strength."""
    asked = next((one for one in held.questions(data) if one.column == emotion), None)
    if asked is None or asked.low is None or asked.high is None:
        return None
    return (asked.low + asked.high) / 2
