"""The page "What stayed in mind?": what was asked at the moments, and what afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import ibis
from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.tables import fetch
from kapula_web.insights.aims.access import live_aims
from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import fields
from kapula_web.insights.analyses.answers import CUSTOMER, remembered
from kapula_web.insights.analyses.commented import read_comments, theme_names, themes_of_answers, words_of
from kapula_web.insights.analyses.contract import AnalysisPage, Asked, Chosen, Data, Linked, Shown
from kapula_web.insights.analyses.memory.show import shown

LATER: Final = ("answer_nps", "answer_experience", "answer_csat")
THEN: Final = ("answer_emotion", "answer_csat", "answer_nps", "answer_ease")
SPANS: Final = {
    "90": _("kolme kuukautta"),
    "180": _("puoli vuotta"),
    "365": _("vuosi"),
    "": _("niin pitkään kuin tiedetään"),
}


ENOUGH: Final = 40
"""Comments that have been read, before what is spoken of is asked too."""


class MemoryPage(AnalysisPage):
    name = "memory"
    question = _("Mitä jäi mieleen?")
    promise = _(
        "Kertoo, mitkä hetket näkyvät siinä, miten asiakas muistaa koko polun, ja ovatko ne niitä, joiden pitikin jäädä mieleen."
    )
    needs = (
        _("arvosanoja saman asiakkaan useasta kohtaamisesta"),
        _("myöhempi kysely, jossa sama asiakas arvioi koko suhdetta"),
    )
    order = 66
    counted = _("polkuja")
    revision = 4

    def form(self, data: Data, given: Mapping[str, Any] | None) -> forms.Form:
        form = forms.Form(given)
        form.fields |= {
            "source": fields.choice(
                _("Mikä kysely kertoo muiston?"), [(one.code, one.label) for one in held.sources(data)]
            ),
            "remembered": fields.question(data, _("Mitä siinä kysyttiin?")),
            "score": fields.question(data, _("Mitä hetkissä kysyttiin?")),
            "days": fields.choice(_("Kuinka vanhat hetket lasketaan?"), SPANS.items()),
            "designed": fields.several(
                _("Minkä piti jäädä mieleen?"), [(one.code, one.label) for one in held.values(data, "touchpoint")]
            ),
        }
        form.fields["days"].required = False
        return form

    def usual(self, data: Data) -> Chosen | None:
        source = _relationship(data)
        if source is None:
            return None
        later = [one.column for one in held.questions(data, source=source)]
        others = [one.code for one in held.sources(data) if one.code != source]
        then = {one.column for code in others for one in held.questions(data, source=code)}
        after = next((name for name in LATER if name in later), next(iter(later), ""))
        score = next((name for name in THEN if name in then), next(iter(sorted(then)), ""))
        if not after or not score:
            return None
        places = {one.code for one in held.values(data, "touchpoint")}
        aims = [one.touchpoint for one in live_aims(data.organisation) if one.touchpoint in places]
        return {
            "source": source, "remembered": after, "score": score, "days": "365", "designed": list(dict.fromkeys(aims)),
        }  # fmt: skip

    def ask(self, data: Data, chosen: Chosen) -> Asked:
        table = held.rows(data)
        later = table.source == str(chosen["source"])
        blank = ibis.null("float64")
        spoken = themes_of_answers(data) if read_comments(data)[0] >= ENOUGH else None
        themes = {} if spoken is None else {"themes": "themes"}
        if spoken is not None:
            table = table.left_join(spoken, table.id == spoken.response)
        table = table.select(
            "customer", "occurred_at", "touchpoint", *themes,
            score=later.ifelse(blank, table[str(chosen["score"])]),
            remembered=later.ifelse(table[str(chosen["remembered"])], blank),
        )  # fmt: skip
        keywords = {
            "customer": "customer", "time": "occurred_at", "moment": "touchpoint", "score": "score", "remembered": "remembered",
            "designed": tuple(chosen["designed"]), "days": int(chosen["days"]) if chosen["days"] else None,
            "neutral": _neutral(data, str(chosen["score"])), "minimum_n": data.desk.minimum_n, **themes,
        }  # fmt: skip
        told = gettext(
            "Saman asiakkaan kohtaamisten arvosanat, ja niiden jälkeen tullut muistettu arvosana omana rivinään."
        )
        return Asked(table, keywords, told=told)

    def show(self, found: Mapping[str, Any], data: Data, chosen: Chosen) -> Shown:
        labels = {one.column: one.label for one in held.questions(data)}
        later, then = (labels.get(str(chosen[name]), str(chosen[name])) for name in ("remembered", "score"))

        def name(code: str) -> Linked:
            return Linked(data.names.value("touchpoint", code), words_of(data, {"touchpoint": code}))

        themes = theme_names(data)

        def theme(code: str) -> Linked:
            return Linked(themes.get(code, code), words_of(data, {"theme": code}))

        return shown(found, (later, then), name, theme, data.organisation.slug)


def _relationship(data: Data) -> str | None:
    """The survey that is asked of the whole relationship: of one touchpoint at most, while others are of several."""

    def count() -> list[tuple[str, int, int]]:
        table = held.rows(data)
        table = table.filter(table.customer.notnull(), table.source.notnull())
        found = table.group_by("source").aggregate(places=table.touchpoint.nunique(), n=table.count())
        return [(str(row["source"]), int(row["places"]), int(row["n"])) for row in fetch(found).to_pylist()]

    rows = sorted(remembered(data, ("places_of_sources", CUSTOMER), count), key=lambda row: (-row[2], row[0]))
    several = [code for code, places, _n in rows if places > 1]
    single = [code for code, places, _n in rows if places <= 1]
    return single[0] if several and single else None


def _neutral(data: Data, score: str) -> float | None:
    asked = next((one for one in held.questions(data) if one.column == score), None)
    if asked is None or asked.low is None or asked.high is None:
        return None
    return (asked.low + asked.high) / 2
