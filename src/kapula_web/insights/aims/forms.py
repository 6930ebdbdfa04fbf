"""The form of one aim: up to four rules over the organisation's own questions."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.schema import ANSWER_PREFIX
from kapula_web.accounts.models import Organisation
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.aims.wordings import COMBINATIONS, OPERATORS
from kapula_web.ledger.models import Question, Touchpoint

RULES: Final = 4
THEMES: Final = ("present", "absent")


class AimForm(forms.Form):
    """``cleaned()`` gives the fields of :class:`ExperienceAim`."""

    name_fi = forms.CharField(
        label=_("Mitä tavoittelemme?"), max_length=120, help_text=_("Esimerkiksi: Lasku on heti selvä.")
    )
    pillar = forms.CharField(
        label=_("Mihin lupaukseen se kuuluu?"),
        max_length=200,
        required=False,
        help_text=_("Esimerkiksi: Me aina kerromme selvästi."),
    )
    touchpoint = forms.ChoiceField(label=_("Missä kohtaamispisteessä?"), required=False)
    combine = forms.ChoiceField(label=_("Milloin kokemus on tavoitteen mukainen?"), choices=COMBINATIONS.items())
    good_question = forms.ChoiceField(
        label=_("Mikä arvosana kertoo, että kokemus oli hyvä?"), required=False,
        help_text=_("Tästä näkee, oliko kokemus hyvä muttei sellainen kuin tarkoitettiin."),
    )  # fmt: skip
    good_value = forms.FloatField(label=_("Hyvä on vähintään"), required=False, localize=True)
    target = forms.FloatField(
        label=_("Tavoite, %"), required=False, localize=True, min_value=1, max_value=99,
        help_text=_("Kuinka suuren osan kokemuksista pitää olla tavoitteen mukaisia."),
    )  # fmt: skip
    name_sv = forms.CharField(label=_("Nimi ruotsiksi"), required=False, max_length=120)
    name_en = forms.CharField(label=_("Nimi englanniksi"), required=False, max_length=120)

    def __init__(
        self, *args: Any, organisation: Organisation, instance: ExperienceAim | None = None, **kwargs: Any
    ) -> None:
        if instance is not None:
            kwargs["initial"] = initial_of(instance) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        asked = Question.objects.filter(organisation=organisation, is_comment=False)
        questions = [("", "–"), *((ANSWER_PREFIX + one.code, str(one)) for one in asked)]
        places = [(one.code, str(one)) for one in Touchpoint.objects.filter(organisation=organisation)]
        self.fields["touchpoint"].choices = [("", gettext("kaikki")), *places]  # type: ignore[attr-defined]
        self.fields["good_question"].choices = questions  # type: ignore[attr-defined]
        for number in range(1, RULES + 1):
            named = {"number": number}
            self.fields |= {
                f"question_{number}": forms.ChoiceField(
                    label=gettext("%(number)s. kysymys") % named, choices=questions, required=number == 1
                ),
                f"op_{number}": forms.ChoiceField(
                    label=gettext("%(number)s. ehto") % named, choices=OPERATORS.items(), required=False, initial=">="
                ),
                f"value_{number}": forms.FloatField(
                    label=gettext("%(number)s. raja") % named, required=False, localize=True
                ),
            }

    def groups(self) -> dict[str, list[forms.BoundField]]:
        """The fields by the part of the page they stand in."""

        def rule(number: int) -> list[forms.BoundField]:
            return [self[f"{part}_{number}"] for part in ("question", "op", "value")]

        more = [field for number in range(2, RULES + 1) for field in rule(number)]
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
        names = [f"{part}_{number}" for number in range(2, RULES + 1) for part in ("question", "value")]
        return any(self[name].value() or name in self.errors for name in names) or "combine" in self.errors

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        for number in range(1, RULES + 1):
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
        if found.get("combine") == "at_least" and len(self._rules(found)) <= 1:
            self.add_error("combine", gettext("Valitse ainakin kaksi kysymystä."))
        return found

    def cleaned(self) -> dict[str, Any]:
        """The model's fields."""
        found = self.cleaned_data
        names = {code: found[f"name_{code}"] for code in ("fi", "sv", "en") if found[f"name_{code}"]}
        good = (
            {"column": found["good_question"], "op": ">=", "value": found["good_value"]}
            if found["good_question"]
            else {}
        )
        return {
            "names": names,
            "pillar": found["pillar"],
            "touchpoint": found["touchpoint"],
            "rules": self._rules(found),
            "combine": found["combine"],
            "needed": 2 if found["combine"] == "at_least" else None,
            "good": good,
            "target": None if found["target"] is None else found["target"] / 100,
        }

    @staticmethod
    def _rules(found: dict[str, Any]) -> list[dict[str, Any]]:
        rules = []
        for number in range(1, RULES + 1):
            asked, op = found.get(f"question_{number}"), found.get(f"op_{number}") or ">="
            if asked:
                value = {} if op in THEMES else {"value": found.get(f"value_{number}")}
                rules.append({"column": asked, "op": op, **value})
        return rules


def initial_of(aim: ExperienceAim) -> dict[str, Any]:
    found: dict[str, Any] = {f"name_{code}": aim.names.get(code, "") for code in ("fi", "sv", "en")}
    found |= {"pillar": aim.pillar, "touchpoint": aim.touchpoint, "combine": aim.combine}
    found |= {"good_question": aim.good.get("column", ""), "good_value": aim.good.get("value")}
    found["target"] = None if aim.target is None else round(100 * aim.target, 6)
    for number, rule in enumerate(aim.rules[:RULES], start=1):
        found |= {
            f"question_{number}": rule["column"],
            f"op_{number}": rule["op"],
            f"value_{number}": rule.get("value"),
        }
    return found
