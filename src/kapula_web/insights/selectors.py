"""Reading the measurement model."""

from __future__ import annotations

from dataclasses import dataclass

from kapula_web.accounts.models import Organisation
from kapula_web.insights.models import Area, ModelMeasure


@dataclass(frozen=True, slots=True)
class Branch:
    """A measure with those below it."""

    measure: ModelMeasure
    children: tuple[Branch, ...]


def live_measures(organisation: Organisation) -> list[ModelMeasure]:
    """Every measure in force, in the order of the model."""
    found = ModelMeasure.objects.filter(organisation=organisation, archived_at=None)
    areas = {area: place for place, area in enumerate(Area.values)}
    every = list(found.select_related("owner__user", "parent", "organisation"))
    return sorted(every, key=lambda one: (areas[one.area], one.position, one.pk))


def headline_measures(organisation: Organisation) -> list[ModelMeasure]:
    """Those of the first page; when none was chosen, the first of the model."""
    every = live_measures(organisation)
    return [one for one in every if one.headline] or every[:3]


def tree(measures: list[ModelMeasure], area: str) -> tuple[Branch, ...]:
    """The branches of one area. A child whose parent is archived, or in another area, stands at the top."""
    own = [one for one in measures if one.area == area]
    known = {one.pk for one in own}
    return _branches(own, None, known, frozenset())


def _branches(
    measures: list[ModelMeasure], parent: int | None, known: set[int], above: frozenset[int]
) -> tuple[Branch, ...]:
    below = [one for one in measures if (one.parent_id if one.parent_id in known else None) == parent]
    return tuple(
        Branch(one, _branches(measures, one.pk, known, above | {one.pk})) for one in below if one.pk not in above
    )
