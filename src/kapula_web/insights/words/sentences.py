"""The answer of a page: one sentence, its uncertainty in it, and never more certain than the figures."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext

from kapula.results import Difference, Row
from kapula_web.insights.words.joints import unbroken
from kapula_web.kit import figures
from kapula_web.kit.figures import NBSP


def answer(name: str, row: Row | None, change: Difference | None, scale: Shown) -> str:
    """What the measure is now and whether it has surely moved."""
    if row is None or row.n == 0:
        return gettext("%(name)s: tältä ajalta ei ole vastauksia.") % {"name": name}
    if row.value is None:
        return gettext("%(name)s: vastauksia on liian vähän luotettavaan lukuun.") % {"name": name}
    words = {"name": name, "value": scale.figure(row)}
    if change is None or change.value is None:
        return gettext("%(name)s on nyt %(value)s. Vertailuun ei vielä riitä vastauksia.") % words
    words["size"] = scale.amount(change.value)
    if not change.sure:
        return gettext("%(name)s on nyt %(value)s. Selvää muutosta ei ole.") % words
    if change.value > 0:
        return gettext("%(name)s on noussut %(size)s ja on nyt %(value)s.") % words
    return gettext("%(name)s on laskenut %(size)s ja on nyt %(value)s.") % words


class Shown:
    """How one measure's figures are written: its unit, what follows a number, and which way is better."""

    def __init__(self, unit: str, label: str = "", higher_is_better: bool = True) -> None:
        self.unit = unit
        self.label = label
        self.higher_is_better = higher_is_better
        self.factor = 100.0 if unit == "share" else 1.0

    @property
    def suffix(self) -> str:
        """What follows a number on an axis."""
        if self.unit == "share":
            return figures.percent(0).replace("0", "")
        return NBSP + self.label if self.label else ""

    def value(self, number: float | None) -> str:
        text = figures.measure_value(number, self.unit, self._digits(number))
        return text if number is None or self.unit == "share" else text + self.suffix

    def interval(self, low: float | None, high: float | None) -> str:
        if low is None or high is None:
            return ""
        text = unbroken(figures.interval(low, high, self.unit, self._digits(max(abs(low), abs(high)))))
        return text if self.unit == "share" else text + self.suffix

    def figure(self, row: Row) -> str:
        """A value with its interval: "18 (15–21)"."""
        if row.value is None:
            return figures.NO_VALUE
        between = self.interval(row.low, row.high)
        return f"{self.value(row.value)} ({between})" if between else self.value(row.value)

    def amount(self, number: float) -> str:
        """The size of a difference, without its sign."""
        text = figures.amount(number, self.unit, self._fine(number))
        return text + (self.suffix if self.unit in {"raw", "scale"} else "")

    def signed(self, number: float | None, digits: int | None = None) -> str:
        """A difference with its sign, in the unit of the figures."""
        if number is None:
            return figures.NO_VALUE
        text = figures.number(self.factor * number, self._difference_digits(number) if digits is None else digits)
        return text if text.startswith(figures.MINUS) or number == 0 else "+" + text

    def difference(self, change: Difference) -> str:
        """A difference with its interval: "−6 (−10…−2)"."""
        if change.value is None:
            return figures.NO_VALUE
        if change.low is None or change.high is None:
            return self.signed(change.value)
        # A raw number's own size decides its decimals: the three stand side by side, so the largest decides for all.
        widest = max(abs(change.value), abs(change.low), abs(change.high))
        digits = self._difference_digits(widest) if self.unit == "raw" else None
        value, low, high = (self.signed(number, digits) for number in (change.value, change.low, change.high))
        return unbroken(f"{value} ({low}…{high})")

    def change_words(self, change: Difference | None) -> str:
        """A change in few words: "▲ 6 pistettä, varma muutos"."""
        if change is None or change.value is None:
            return gettext("ei vielä vertailtavaa")
        if not change.sure:
            return gettext("ei selvää muutosta")
        arrow = "▲" if change.value > 0 else "▼"
        return gettext("%(arrow)s %(size)s, varma muutos") % {"arrow": arrow, "size": self.amount(change.value)}

    def tone(self, change: Difference | None) -> str:
        """The colour of a change; the arrow says its direction."""
        return "" if change is None else figures.tone(change.value, change.sure, self.higher_is_better)

    def _digits(self, number: float | None) -> int | None:
        """Raw numbers keep about three figures; the other units have their own."""
        if self.unit != "raw" or number is None:
            return None
        return 0 if abs(number) >= 100 else 1 if abs(number) >= 10 else 2

    def _fine(self, number: float) -> int | None:
        size = abs(number) * self.factor
        return 1 if self.unit in {"points", "share"} and round(size) == 0 else self._digits(number)

    def _difference_digits(self, number: float) -> int:
        size = abs(number) * self.factor
        if self.unit in {"points", "share"}:
            return 1 if size < 1 else 0
        found = self._digits(number)
        return 2 if found is None else found


def target_state(row: Row | None, target: float | None, higher_is_better: bool) -> str:
    """Whether the target is met for sure: the whole interval on its right side. "unclear" when the interval holds the target,
    "none" without a target, "unknown" without a figure."""
    if target is None:
        return "none"
    if row is None or row.low is None or row.high is None:
        return "unknown"
    worst, best = (row.low, row.high) if higher_is_better else (-row.high, -row.low)
    aim = target if higher_is_better else -target
    return "met" if worst >= aim else "missed" if best < aim else "unclear"


def target_words(state: str) -> str:
    words: dict[str, Any] = {
        "met": gettext("tavoite täyttyy"),
        "missed": gettext("tavoite ei täyty"),
        "unclear": gettext("ei varmaa, täyttyykö tavoite"),
        "none": gettext("ei tavoitetta"),
        "unknown": gettext("tavoitetta ei voi vielä arvioida"),
    }
    return str(words[state])


def target_tone(state: str) -> str:
    return {"met": "up", "missed": "down"}.get(state, "")
