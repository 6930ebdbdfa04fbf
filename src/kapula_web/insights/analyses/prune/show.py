"""The answer's parts in their order: words, picture, tables and notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.analyses import words
from kapula_web.insights.analyses.contract import Part, Shown
from kapula_web.insights.analyses.prune.answer import answer
from kapula_web.insights.analyses.prune.careful import careless_part
from kapula_web.insights.analyses.prune.method import method
from kapula_web.insights.analyses.prune.path import path_picture
from kapula_web.insights.analyses.prune.questions import questions_table
from kapula_web.insights.analyses.prune.reliability import reliability_words
from kapula_web.insights.analyses.prune.uses import Uses, warning
from kapula_web.insights.analyses.telling import warnings
from kapula_web.kit import figures

Found = Mapping[str, Any]


def shown(found: Found, labels: Mapping[str, str], leading: Sequence[str], about: str, used: Uses) -> Shown:
    """``labels``: question → its name. ``leading``: names of the figures at hand. ``used``: question → what else lives on it."""
    first = warning(found["drop"] or (), used, labels)
    parts = [first] if first else []
    if found["with_all"] is None:
        parts.append(Part(table=questions_table(found, labels, used)))
    else:
        table = questions_table(found, labels, used)
        picture = path_picture(found, labels, about)
        parts += [Part(picture=picture), Part(table=table)] if picture else [Part(table=table)]
        told = reliability_words(found, labels)
        if told:
            parts.append(Part(heading=gettext("Mittaavatko kysymykset samaa asiaa?"), words=told))
        if found["careless"]:
            parts.append(careless_part(found, labels))
    return Shown(
        answer=answer(found, labels),
        evidence=words.evidence(about, figures.count_words(found["n"]), gettext("95 %:n väli")),
        parts=parts,
        notes=[*_notes(leading), *warnings(found)],
        method=method(found, labels, leading),
    )


def _notes(leading: Sequence[str]) -> list[str]:
    if not leading:
        return []
    return [
        gettext("Nämä tiedetään kysymättäkin, joten ne ovat mallissa aina: %(names)s.")
        % {"names": words.joined(leading)}
    ]
