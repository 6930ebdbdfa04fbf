"""The fields of one aim's form: what it is called, where it holds, and its rules."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula.schema import ANSWER_PREFIX
from kapula_web.accounts.models import Organisation
from kapula_web.insights.aims.models import ExperienceAim
from kapula_web.insights.aims.stored import initial_of, rows
from kapula_web.insights.aims.wordings import COMBINATIONS, OPERATORS
from kapula_web.ledger.models import Question, Touchpoint


class AimFields(forms.Form):
    """``organisation``: whose questions and touchpoints there are to choose from."""

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
        self.rows = rows(instance, self.data)
        asked = Question.objects.filter(organisation=organisation, is_comment=False)
        questions = [("", "–"), *((ANSWER_PREFIX + one.code, str(one)) for one in asked)]
        places = [(one.code, str(one)) for one in Touchpoint.objects.filter(organisation=organisation)]
        self.fields["touchpoint"].choices = [("", gettext("kaikki")), *places]  # type: ignore[attr-defined]
        self.fields["good_question"].choices = questions  # type: ignore[attr-defined]
        for number in range(1, self.rows + 1):
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
