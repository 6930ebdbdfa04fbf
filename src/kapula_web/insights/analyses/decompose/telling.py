"""The answer as a page."""

from __future__ import annotations

from django.utils.translation import gettext

from kapula_web.insights.analyses import data as held
from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.behind import answered, during, in_period, linked, of_column
from kapula_web.insights.analyses.contract import Chosen, Data, Linked, Part, Shown
from kapula_web.insights.analyses.decompose import along, pictures, sentences, stretches
from kapula_web.insights.analyses.decompose.breaks import breaks
from kapula_web.insights.analyses.decompose.method import method
from kapula_web.insights.analyses.decompose.others import drivers_table, explained
from kapula_web.insights.analyses.decompose.sizes import Found
from kapula_web.insights.analyses.decompose.tables import segments_table
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures


def shown(found: Found, data: Data, chosen: Chosen) -> Shown:
    outcome, (within, both) = str(chosen["outcome"]), during(str(found["first"]), str(found["second"]))
    labels = {
        one.column: Linked(one.label, of_column(data, one.column, outcome, within, both))
        for one in held.questions(data)
    }
    name, about = str(labels.get(outcome, outcome)), answered(data, outcome)

    def segment(part: Found) -> str:
        if part["pooled"]:
            return gettext("pienet ryhmät yhdessä (%(n)s)") % {"n": figures.number(len(part["pooled"]), 0)}
        name = data.names.value(chosen["segment"], part["segment"])
        return linked(data, name, {chosen["segment"]: part["segment"], **about}, within, both)

    def period(text: str, label: str) -> str:
        return in_period(data, text, label, about)

    table = segments_table(found, data.names.dimension(chosen["segment"]), segment)
    parts = [Part(picture=pictures.steps(found, name, segment, table))]
    if found["stretch"]:
        parts.append(Part(heading=gettext("Kuukausi kuukaudelta"), picture=along.along(found, name, period)))
    if found["breaks"]:
        parts.append(Part(heading=gettext("Ovatko jaksot vertailukelpoisia?"), words=" ".join(breaks(found))))
    if found["drivers"]:
        parts.append(
            Part(
                heading=gettext("Mitä muut kysymykset selittävät?"),
                words=explained(found),
                table=drivers_table(found, labels),
            )
        )
    return Shown(
        sentences.answer(found, name, segment),
        words.evidence(
            gettext("%(first)s ja %(second)s")
            % {"first": stretches.said(found["first"]), "second": stretches.said(found["second"])},
            figures.count_words(found["n"]),
            gettext("%(level)s:n väli") % {"level": figures.percent(found["method"]["level"])},
        ),
        parts,
        notes=[*warnings(found), *_needed(found)],
        method=method(found),
    )


def _needed(found: Found) -> list[str]:
    if not found["needed_n"]:
        return []
    return [
        gettext("Varmuuteen tarvittaisiin noin %(n)s vastausta.")
        % {"n": figures.number(_rounded(found["needed_n"]), 0)}
    ]


def _rounded(count: int) -> int:
    """Two figures are enough of a number that is about."""
    step: int = 10 ** max(0, len(str(count)) - 2)
    return -(-count // step) * step
