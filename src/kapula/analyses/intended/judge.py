"""Each experience against an aim, as engine expressions in three values: met, not met, not known."""

from __future__ import annotations

from typing import Any, Final

import ibis

from kapula.analyses.intended.aim import Aim
from kapula.analyses.intended.columns import (
    BEST,
    GOOD_INTENDED,
    GOOD_ONLY,
    INTENDED_ONLY,
    KIND,
    MATCH,
    NEITHER,
    WORST,
    pivotal_column,
    rule_column,
)
from kapula.analyses.intended.truth import truth
from kapula.measures.engine.periods import filtered

ROUNDING: Final = 1e-9


def match(table: Any, aim: Aim) -> tuple[Any, Any]:
    """Rule weight that is surely met, and that could still be when what is not known is."""
    surely, perhaps = ibis.literal(0.0), ibis.literal(0.0)
    for rule in aim.rules:
        weight = rule.weight if aim.combine == "weighted" else 1.0
        found = truth(table, rule)
        surely = surely + found.fill_null(False).ifelse(weight, 0.0)
        perhaps = perhaps + found.fill_null(True).ifelse(weight, 0.0)
    return surely, perhaps


def known_match(table: Any, aim: Aim) -> Any:
    """True, false, or null where the blanks decide."""
    surely, perhaps = match(table, aim)
    least = aim.least - ROUNDING
    return ibis.cases((surely >= least, True), (perhaps < least, False), else_=ibis.null("boolean"))


def judged(table: Any, aim: Aim) -> tuple[Any, dict[str, Any]]:
    """The rows the aim is about, and by name: ``MATCH`` (1, 0 or null), ``WORST`` and ``BEST`` (not known taken as 0 and as 1), each rule's
    1, 0 or null, whether meeting it too would have been enough (among experiences that are surely not as intended), and ``KIND`` when
    "good" is declared."""
    rows = filtered(table, dict(aim.applies) or None)
    whole = known_match(rows, aim)
    surely, _perhaps = match(rows, aim)
    rules = [truth(rows, rule) for rule in aim.rules]
    added = {
        MATCH: _number(whole),
        WORST: _number(whole.fill_null(False)),
        BEST: _number(whole.fill_null(True)),
    }
    for place, found in enumerate(rules):
        added[rule_column(place)] = _number(found)
        weight = aim.rules[place].weight if aim.combine == "weighted" else 1.0
        enough = ~found.fill_null(True) & (surely + weight >= aim.least - ROUNDING)
        added[pivotal_column(place)] = _number((~whole).ifelse(enough, ibis.null("boolean")))
    if aim.good is not None:
        good = truth(rows, aim.good)
        added[KIND] = ibis.cases(
            (good & whole, GOOD_INTENDED),
            (good & ~whole, GOOD_ONLY),
            (~good & whole, INTENDED_ONLY),
            (~good & ~whole, NEITHER),
            else_=ibis.null("string"),
        )
    return rows, added


def _number(test: Any) -> Any:
    """1, 0 or null."""
    return test.cast("int32")
