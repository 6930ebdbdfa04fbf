"""An aim between its form and the database: from the model's fields to the form's, and back."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count, takewhile
from typing import Any, Final

from kapula_web.insights.aims.models import ExperienceAim

FEWEST_ROWS: Final = 4
THEMES: Final = ("present", "absent")


def rows(aim: ExperienceAim | None, given: Mapping[str, Any] | None) -> int:
    """How many rules the form has room for: those the aim has or the form came with, and one more."""
    sent = sum(1 for _ in takewhile(lambda number: f"question_{number}" in (given or {}), count(1)))
    return max(FEWEST_ROWS, sent, len(aim.rules) + 1 if aim else 0)


def initial_of(aim: ExperienceAim) -> dict[str, Any]:
    found: dict[str, Any] = {f"name_{code}": aim.names.get(code, "") for code in ("fi", "sv", "en")}
    found |= {"pillar": aim.pillar, "touchpoint": aim.touchpoint, "combine": aim.combine}
    found |= {"good_question": aim.good.get("column", ""), "good_value": aim.good.get("value")}
    found["target"] = None if aim.target is None else round(100 * aim.target, 6)
    for number, rule in enumerate(aim.rules, start=1):
        found |= {
            f"question_{number}": rule["column"],
            f"op_{number}": rule["op"],
            f"value_{number}": rule.get("value"),
        }
    return found


def fields_of(found: dict[str, Any]) -> dict[str, Any]:
    """The model's fields from the form's."""
    names = {code: found[f"name_{code}"] for code in ("fi", "sv", "en") if found[f"name_{code}"]}
    good = (
        {"column": found["good_question"], "op": ">=", "value": found["good_value"]} if found["good_question"] else {}
    )
    return {
        "names": names,
        "pillar": found["pillar"],
        "touchpoint": found["touchpoint"],
        "rules": rules_of(found),
        "combine": found["combine"],
        "needed": 2 if found["combine"] == "at_least" else None,
        "good": good,
        "target": None if found["target"] is None else found["target"] / 100,
    }


def rules_of(found: dict[str, Any]) -> list[dict[str, Any]]:
    rules = []
    asked_of = (name.removeprefix("question_") for name in found if name.startswith("question_"))
    for number in sorted(map(int, asked_of)):
        asked, op = found.get(f"question_{number}"), found.get(f"op_{number}") or ">="
        if asked:
            value = {} if op in THEMES else {"value": found.get(f"value_{number}")}
            rules.append({"column": asked, "op": op, **value})
    return rules
