"""Aims read from objects or mappings, each key checked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kapula.analyses.intended.aim import Aim
from kapula.analyses.intended.combining import applies_of, combination_of, share_of
from kapula.analyses.intended.faults import fault, only_known
from kapula.analyses.intended.reading import rule_of


def aims_of(given: Any) -> tuple[Aim, ...]:
    """Aims from :class:`Aim` objects or mappings: one, several, or ``{"aims": […]}`` as in a file. Raises
    :class:`~kapula.errors.ParameterError` whose context says where ("aims[0].rules[1].op", and the line of a file)."""
    if isinstance(given, Mapping) and "aims" in given:
        only_known(given, ("aims",), "the file")
        given = given["aims"]
    if isinstance(given, Aim | Mapping):
        given = [given]
    if not isinstance(given, Sequence) or isinstance(given, str) or not given:
        raise fault("aims", given, "Give a list of aims, each with a name and its rules.")
    found = tuple(one if isinstance(one, Aim) else _aim(one, f"aims[{place}]") for place, one in enumerate(given))
    for place, one in enumerate(found):
        if one.name in [other.name for other in found[:place]]:
            raise fault(f"aims[{place}].name", one.name, "Give each aim a name of its own.", given[place], "name")
    return found


def _aim(given: Any, where: str) -> Aim:
    only_known(given, ("name", "pillar", "applies", "rules", "combine", "needed", "good", "target"), where)
    name = given.get("name")
    if not isinstance(name, str) or not name.strip():
        raise fault(f"{where}.name", name, "Give the aim a name.", given, "name")
    rules = given.get("rules")
    if not isinstance(rules, Sequence) or isinstance(rules, str) or not rules:
        raise fault(
            f"{where}.rules",
            rules,
            "List at least one rule, such as {column: ease, op: '>=', value: 4}.",
            given,
            "rules",
        )
    found = tuple(rule_of(one, f"{where}.rules[{place}]") for place, one in enumerate(rules))
    combine, needed = combination_of(given, where, len(found))
    pillar = given.get("pillar")
    return Aim(
        name=name,
        rules=found,
        combine=combine,
        needed=needed,
        applies=applies_of(given, where),
        good=rule_of(given["good"], f"{where}.good") if given.get("good") is not None else None,
        target=share_of(given, "target", where),
        pillar=None if pillar is None else str(pillar),
    )
