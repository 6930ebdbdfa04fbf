"""The answer as a page, and what customers said of their expectations."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext, ngettext

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.behind import answered, in_period
from kapula_web.insights.analyses.contract import Chosen, Data, Part, Shown
from kapula_web.insights.analyses.expectations import sentences
from kapula_web.insights.analyses.expectations.method import method
from kapula_web.insights.analyses.expectations.notes import needed, sensitivity, since_told
from kapula_web.insights.analyses.expectations.picture import picture, span
from kapula_web.insights.analyses.expectations.sayings import Found
from kapula_web.insights.analyses.expectations.split import split_table, total
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures


def shown(found: Found, data: Data, chosen: Chosen, since: date | None) -> Shown:
    """``since``: the day of the question's last rewording, when only what was answered after it is looked at."""
    labels = {one.column: one.label for one in held.questions(data)}
    name = str(labels.get(chosen["outcome"], chosen["outcome"]))
    periods = ngettext("%(n)s ajanjakso", "%(n)s ajanjaksoa", found["periods"]) % {
        "n": figures.number(found["periods"], 0)
    }
    level, about = figures.percent(found["method"]["level"]), answered(data, str(chosen["outcome"]))

    def said(text: str, period: str) -> str:
        return in_period(data, text, period, about)

    return Shown(
        sentences.answer(found, name),
        words.evidence(
            span(found),
            periods,
            figures.count_words(found["n"]),
            words.p_value(found["p"]),
            gettext("%(level)s:n väli") % {"level": level},
        ),
        [
            Part(picture=picture(found, name, said)),
            Part(heading=gettext("Mistä muutos koostuu"), words=total(found, name), table=split_table(found)),
            *(
                [Part(heading=gettext("Mitä odotuksista sanotaan"), words=_asked(found))]
                if found["expectation"]
                else []
            ),
        ],
        notes=[*since_told(since), *warnings(found), *sensitivity(found), *needed(found)],
        method=method(found, [str(labels.get(one, one)) for one in chosen["performance"]]),
    )


def _asked(found: Found) -> str:
    asked = found["expectation"]
    told = {
        "value": words.signed(asked["per_year"], 2),
        "range": figures.interval(asked["low"], asked["high"], "scale"),
        "n": figures.count_words(asked["n"]),
    }
    if asked["confirms"]:
        return (
            gettext(
                "Odotuksia kysyttiin suoraan: ne muuttuivat %(value)s vuodessa (%(range)s, %(n)s). Se tukee havaintoa."
            )
            % told
        )
    if asked["confirms"] is False:
        return (
            gettext(
                "Odotuksia kysyttiin suoraan: ne muuttuivat %(value)s vuodessa (%(range)s, %(n)s). Se ei tue havaintoa."
            )
            % told
        )
    return gettext("Odotuksia kysyttiin suoraan: ne muuttuivat %(value)s vuodessa (%(range)s, %(n)s).") % told
