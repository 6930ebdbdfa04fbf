"""The choices of a measure page: each is a link or a form field, and each has an address."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from kapula_web.insights.figures.reading import Reading
from kapula_web.insights.figures.view import RANGES
from kapula_web.insights.models import Grain
from kapula_web.insights.words.labels import Names


class Choices:
    """What may be chosen, and what is."""

    def __init__(self, reading: Reading, names: Names) -> None:
        self.reading = reading
        self.names = names

    def periods(self) -> list[tuple[str, str, bool]]:
        return [(code, str(label), code == self.reading.view.period) for code, label in Grain.choices]

    def ranges(self) -> list[tuple[str, str, bool]]:
        labels = {
            "3m": gettext("3 kuukautta"),
            "12m": gettext("12 kuukautta"),
            "24m": gettext("2 vuotta"),
            "all": gettext("koko aika"),
        }
        return [(code, labels[code], code == self.reading.view.range) for code in RANGES]

    def comparisons(self) -> list[tuple[str, str, bool]]:
        labels = {
            "before": gettext("edellinen jakso"),
            "year": gettext("sama aika vuosi sitten"),
            "own": gettext("omat jaksot"),
        }
        return [(code, label, code == self.reading.view.compare) for code, label in labels.items()]

    def filters(self) -> list[dict[str, Any]]:
        """A list to tick for each dimension that has at least two values. ``chosen``: how many are ticked."""
        chosen = dict(self.reading.view.filters)
        found = []
        for name in self.reading.dimensions:
            values = self.reading.desk.values(self.reading.recipe, name)
            if len(values) < 2:
                continue
            options = [(value, self.names.value(name, value), value in chosen.get(name, ())) for value in values]
            options.sort(key=lambda option: option[1].casefold())
            found.append(
                {
                    "name": name,
                    "label": self.names.dimension(name),
                    "options": options,
                    "chosen": len(chosen.get(name, ())),
                }
            )
        return found

    def kept_choices(self) -> list[tuple[str, str]]:
        """What the choices of time and comparison leave as it is."""
        return self._kept("range", "period", "compare")

    def kept_filters(self) -> list[tuple[str, str]]:
        """What the ticked values leave as it is."""
        return self._kept(*self.reading.dimensions)

    def kept_range(self) -> list[tuple[str, str]]:
        """What the days of one's own choice leave as it is."""
        return self._kept("range", "from", "to")

    def _kept(self, *changed: str) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.reading.view.pairs() if name not in changed]

    def active(self) -> list[dict[str, str]]:
        """The filters in force, each with the address that takes it away."""
        view = self.reading.view
        return [
            {
                "label": f"{self.names.dimension(name)}: {self.names.value(name, value)}",
                "href": "?" + view.query(filters=view.without_filter(name, value)),
            }
            for name, values in view.filters
            for value in values
        ]
