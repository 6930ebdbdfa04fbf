"""The measurement model as a page: four areas, each measure with its figure now and whether its target is surely met."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext, ngettext

from kapula.errors import KapulaError
from kapula.results import Row
from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership
from kapula_web.insights.figures.engine import Desk
from kapula_web.insights.figures.reading import Reading, desk_of, read, usual_view
from kapula_web.insights.models import Area, ModelMeasure
from kapula_web.insights.selectors import Branch, live_measures, tree
from kapula_web.insights.words.sentences import Shown, target_state, target_tone, target_words
from kapula_web.kit import figures
from kapula_web.kit.errors import worded_error


@dataclass(frozen=True, slots=True)
class Standing:
    """One measure as it stands: its figure now, its target, its review. ``error``: why no figure can be given."""

    measure: ModelMeasure
    shown: Shown | None
    row: Row | None
    state: str
    overdue: bool
    error: str = ""
    last: date | None = None

    @property
    def value(self) -> str:
        return self.shown.value(self.row.value) if self.shown and self.row else figures.NO_VALUE

    @property
    def evidence(self) -> str:
        if self.error or self.shown is None or self.row is None:
            return ""
        parts = [self.shown.interval(self.row.low, self.row.high), figures.count_words(self.row.n)]
        return " · ".join(part for part in parts if part)

    @property
    def target(self) -> str:
        return self.shown.value(self.measure.target) if self.shown and self.measure.target is not None else ""

    @property
    def words(self) -> str:
        return target_words(self.state)

    @property
    def tone(self) -> str:
        return target_tone(self.state)


def standing(measure: ModelMeasure, desk: Desk, today: date) -> Standing:
    """The measure now. A measure that cannot be computed says why instead of breaking the page."""
    try:
        reading = reading_now(measure, desk, today)
        row, shown = reading.figure(), reading.shown
    except KapulaError as error:
        return Standing(measure, None, None, "unknown", measure.is_overdue(today), worded_error(error))
    state = target_state(row, measure.target, shown.higher_is_better)
    return Standing(measure, shown, row, state, measure.is_overdue(today), "", reading.span.last)


def reading_now(measure: ModelMeasure, desk: Desk, today: date) -> Reading:
    return read(measure, measure.organisation, usual_view(measure), today, desk)


def model_context(membership: Membership, today: date) -> dict[str, Any]:
    """Everything the template needs."""
    organisation = membership.organisation
    every = live_measures(organisation)
    desk = desk_of(organisation)
    standings = {one.pk: standing(one, desk, today) for one in every}
    areas = [
        {"code": code, "label": label, "branches": [_nested(branch, standings) for branch in tree(every, code)]}
        for code, label in Area.choices
    ]
    return {
        "areas": areas,
        "answer": model_answer(list(standings.values())),
        "evidence": model_evidence(list(standings.values())),
        "count": len(every),
        "may_change": may(membership, "model"),
    }


def _nested(branch: Branch, standings: dict[int, Standing]) -> dict[str, Any]:
    return {"standing": standings[branch.measure.pk], "children": [_nested(one, standings) for one in branch.children]}


def model_answer(standings: list[Standing]) -> str:
    """How many targets are surely met, and how many surely not."""
    if not standings:
        return gettext("Mittaristo on vielä tyhjä")
    counts = Counter(one.state for one in standings)
    aimed = counts["met"] + counts["missed"] + counts["unclear"]
    if not aimed:
        return gettext("Yhdellekään mittarille ei ole vielä tavoitetta ja lukua")
    words = {"met": counts["met"], "all": aimed, "missed": counts["missed"]}
    return gettext("%(met)s / %(all)s tavoitteesta täyttyy varmasti, %(missed)s ei täyty") % words


def model_evidence(standings: list[Standing]) -> str:
    parts = []
    if unclear := sum(one.state == "unclear" for one in standings):
        parts.append(ngettext("%(n)s on epävarma", "%(n)s on epävarmoja", unclear) % {"n": unclear})
    if overdue := sum(one.overdue for one in standings):
        parts.append(
            ngettext("%(n)s mittarin tarkastelu on myöhässä", "%(n)s mittarin tarkastelu on myöhässä", overdue)
            % {"n": overdue}
        )
    if unowned := sum(not one.measure.owner_name for one in standings):
        parts.append(ngettext("%(n)s on vailla omistajaa", "%(n)s on vailla omistajaa", unowned) % {"n": unowned})
    return " · ".join(parts)
