"""The form of one aim: how its fields stand on the page, and what they must say together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext

from kapula_web.insights.aims.fields import AimFields
from kapula_web.insights.aims.stored import THEMES, fields_of, rules_of


class AimForm(AimFields):
    """``cleaned()`` gives the fields of :class:`ExperienceAim`."""

    def groups(self) -> dict[str, list[forms.BoundField]]:
        """The fields by the part of the page they stand in."""

        def rule(number: int) -> list[forms.BoundField]:
            return [self[f"{part}_{number}"] for part in ("question", "op", "value")]

        more = [field for number in range(2, self.rows + 1) for field in rule(number)]
        names = {
            "main": ("name_fi", "pillar", "touchpoint"),
            "lead": ("good_question", "good_value", "target"),
            "languages": ("name_sv", "name_en"),
        }
        found = {part: [self[name] for name in those] for part, those in names.items()}
        return found | {"rules": rule(1), "more": [*more, self["combine"]]}

    @property
    def several(self) -> bool:
        """Whether there is more than one rule to see."""
        names = [f"{part}_{number}" for number in range(2, self.rows + 1) for part in ("question", "value")]
        return any(self[name].value() or name in self.errors for name in names) or "combine" in self.errors

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for number in range(1, self.rows + 1):
            asked, op = found.get(f"question_{number}"), found.get(f"op_{number}") or ">="
            if (
                asked
                and op not in THEMES
                and found.get(f"value_{number}") is None
                and f"value_{number}" not in self.errors
            ):
                self.add_error(f"value_{number}", gettext("Anna raja, johon vastausta verrataan."))
        if found.get("good_question") and found.get("good_value") is None and "good_value" not in self.errors:
            self.add_error("good_value", gettext("Anna arvosana, josta alkaen kokemus on hyvä."))
        if found.get("combine") == "at_least" and len(rules_of(found)) <= 1:
            self.add_error("combine", gettext("Valitse ainakin kaksi kysymystä."))
        return found

    def cleaned(self) -> dict[str, Any]:
        """The model's fields."""
        return fields_of(self.cleaned_data)
