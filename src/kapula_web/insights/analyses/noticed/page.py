"""The page "Have customers noticed?": a theme, and the day each team began."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import ibis
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.commented import comments, words_of
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Shown
from kapula_web.insights.analyses.noticed.show import shown

BEGAN: Final = "began_"
MOST_TEAMS: Final = 30


class NoticedPage(AnalysisPage):
    name = "noticed"
    question = _("Onko asiakas huomannut?")
    promise = _(
        "Kertoo, puhuvatko asiakkaat sovitusta toimintatavasta enemmän niissä tiimeissä, jotka ovat ottaneet sen käyttöön."
    )
    needs = (
        _("kommentteja, joista näkyy tiimi"),
        _("teema, joka tunnistaa sovitun toimintatavan: sen voi tehdä koodikirjaan esimerkkilauseista"),
        _("päivä, jona kukin tiimi aloitti, ja ainakin kaksi tiimiä, jotka eivät ole vielä aloittaneet"),
    )  # fmt: skip
    order = 62
    counted = _("tiimejä")
    revision = 3

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        form.fields["theme"] = fields.choice(_("Mitä sovittiin?"), [(one.code, str(one)) for one in _themes(data)])
        form.fields["period"] = fields.choice(
            _("Millä tarkkuudella?"), [("month", _("kuukausittain")), ("week", _("viikoittain"))]
        )
        for code, name in _teams(data):
            form.fields[BEGAN + code] = forms.CharField(
                label=gettext("%(team)s aloitti") % {"team": name}, required=False, validators=[_a_day],
                widget=forms.DateInput(attrs={"type": "date"}),
            )  # fmt: skip
        return form

    def usual(self, data: Data) -> Chosen | None:
        return self.usual_with(data, {})

    def usual_with(self, data: Data, given: Mapping[str, Any]) -> Chosen | None:
        codes, teams = [one.code for one in _themes(data)], _teams(data)
        if len(teams) < 2 or not codes:
            return None
        theme = str(given.get("theme") or codes[0])
        began = {BEGAN + code: str(given.get(BEGAN + code) or "") for code, _name in teams}
        return {"theme": theme if theme in codes else codes[0], "period": "month", **began}

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        from kapula_web.texts.topics.data import error_rates

        table, theme = comments(data), str(chosen["theme"])
        began = {name.removeprefix(BEGAN): str(day) for name, day in chosen.items() if name.startswith(BEGAN) and day}
        starts: Any = ibis.null("date")
        if began:
            pairs = [(code, ibis.literal(date.fromisoformat(day))) for code, day in began.items()]
            starts = table.team.cases(*pairs, else_=ibis.null("date"))
        table = table.select("team", day="occurred_on", mention=_mentions(data, table, theme), began=starts)
        keywords = {
            "mention": "mention", "team": "team", "time": "day", "rollout": "began", "period": str(chosen["period"]),
            "errors": error_rates(data.organisation).get(theme), "minimum_n": data.desk.minimum_n,
        }  # fmt: skip
        told = gettext("Luetut kommentit, joihin on liitetty tieto siitä, minä päivänä kommentin tiimi aloitti.")
        return Asked(table, keywords, told=told)

    def lacks(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> str:
        begun = any(day for name, day in chosen.items() if name.startswith(BEGAN))
        return "" if begun else gettext("Vielä ei voi sanoa: yhdenkään tiimin aloituspäivää ei ole kerrottu.")

    def mend(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Sequence[str]:
        lines = []
        if self.lacks(found, data, chosen):
            lines.append(gettext("Kerro valinnoissa, minä päivänä kukin tiimi aloitti."))
        elif found.get("left_out"):
            lines.append(
                gettext(
                    "Vertailuun tarvitaan ainakin kaksi tiimiä, jotka eivät ole aloittaneet tai aloittavat myöhemmin."
                )
            )
        return [*lines, gettext("Ota toimintatapa käyttöön tiimi kerrallaan: silloin vaikutuksen voi nähdä.")]

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        names = {one.code: str(one) for one in _themes(data)}
        teams = dict(_teams(data))
        theme = str(chosen["theme"])

        def words(codes: Sequence[str]) -> str:
            return words_of(data, {"theme": theme, "team": codes})

        return shown(found, names.get(theme, theme), lambda code: teams.get(code, code), words)


def _mentions(data: Data, table: Any, theme: str) -> Any:
    """Whether each comment mentions the theme. Where the machine's errors are measured the answer is corrected by them as a whole, so
    that it is of what the machine said: what people mended would be mended twice."""
    from kapula_web.texts.topics.data import machines_own

    said, own = table.themes.contains(theme), machines_own(data.organisation, theme) or {}
    named, unnamed = ([pk for pk, there in own.items() if there is kind] for kind in (True, False))
    said = table.id.isin(named).ifelse(True, said) if named else said
    return table.id.isin(unnamed).ifelse(False, said) if unnamed else said


def _themes(data: Data) -> list[Any]:
    from kapula_web.texts.selectors import themes_of

    return data.once("codebook_themes", lambda: themes_of(data.organisation))


def _teams(data: Data) -> list[tuple[str, str]]:
    return [(one.code, one.label) for one in held.values(data, "team")[:MOST_TEAMS]]


def _a_day(text: str) -> None:
    try:
        date.fromisoformat(text)
    except ValueError as error:
        raise ValidationError(gettext("Kirjoita päivä muodossa 2026-01-31.")) from error
