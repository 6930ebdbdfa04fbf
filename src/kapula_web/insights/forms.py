"""The form of one measure. Scale and meaning come from the library's measure and the declared question, never from a guess."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula import measures
from kapula_web.accounts.models import Membership, Organisation
from kapula_web.insights.figures.recipe import declared
from kapula_web.insights.models import Area, Grain, ModelMeasure, Rhythm
from kapula_web.kit import codes
from kapula_web.ledger.models import Observation, Question, Source, Touchpoint

LANGUAGES: Final = ("fi", "sv", "en")
FILTERS: Final = ("source", "touchpoint", "team")
WORDS: Final = {"names": 120, "definitions": 600, "when_missed": 600}


class MeasureForm(forms.Form):
    """``cleaned()`` gives the fields of :class:`ModelMeasure`."""

    name_fi = forms.CharField(label=_("Nimi"), max_length=120)
    area = forms.ChoiceField(label=_("Alue"), choices=Area.choices)
    parent = forms.ModelChoiceField(label=_("Kuuluu mittariin"), queryset=ModelMeasure.objects.none(), required=False)
    measure = forms.ChoiceField(label=_("Mittari"), help_text=_("Laskutapa ja asteikko tulevat mittarista."))
    origin = forms.ChoiceField(label=_("Kysymys tai luku"), help_text=_("Mistä luku lasketaan."))
    second = forms.ChoiceField(
        label=_("Odotuksen kysymys"), required=False, help_text=_("Vain kun mittari vertaa kokemusta odotukseen.")
    )
    source = forms.ChoiceField(label=_("Vain lähteestä"), required=False)
    touchpoint = forms.ChoiceField(label=_("Vain kohtaamispisteestä"), required=False)
    team = forms.ChoiceField(label=_("Vain tiimiltä"), required=False)
    weighted = forms.BooleanField(label=_("Käytä vastausten painokertoimia"), required=False)
    cluster = forms.ChoiceField(
        label=_("Samalta vastaajalta monta vastausta"),
        required=False,
        choices=[("", _("ei oteta huomioon")), ("customer", _("sama asiakas")), ("account", _("sama yritysasiakas"))],
    )
    definition_fi = forms.CharField(
        label=_("Määritelmä"), required=False, max_length=600, widget=forms.Textarea(attrs={"rows": 2})
    )
    target = forms.FloatField(
        label=_("Tavoite"), required=False, localize=True, help_text=_("Osuudet prosentteina, esimerkiksi 75.")
    )
    unit_label = forms.CharField(label=_("Yksikkö"), required=False, max_length=20, help_text=_("Esimerkiksi s tai €."))
    better = forms.ChoiceField(
        label=_("Kumpi on parempi"),
        required=False,
        choices=[("", _("mittarin mukaan")), ("higher", _("suurempi")), ("lower", _("pienempi"))],
    )
    owner = forms.ModelChoiceField(label=_("Omistaja"), queryset=Membership.objects.none(), required=False)
    owner_role = forms.CharField(label=_("Vastuurooli"), required=False, max_length=120)
    rhythm = forms.ChoiceField(label=_("Tarkastellaan"), choices=Rhythm.choices)
    when_missed_fi = forms.CharField(
        label=_("Mitä teemme, jos tavoite ei täyty"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    period = forms.ChoiceField(label=_("Kuvan aikajakso"), choices=Grain.choices)
    headline = forms.BooleanField(label=_("Näytä Nyt-sivulla"), required=False)
    name_sv = forms.CharField(label=_("Nimi ruotsiksi"), required=False, max_length=120)
    name_en = forms.CharField(label=_("Nimi englanniksi"), required=False, max_length=120)
    definition_sv = forms.CharField(label=_("Määritelmä ruotsiksi"), required=False, max_length=600)
    definition_en = forms.CharField(label=_("Määritelmä englanniksi"), required=False, max_length=600)
    when_missed_sv = forms.CharField(label=_("Mitä teemme, ruotsiksi"), required=False, max_length=600)
    when_missed_en = forms.CharField(label=_("Mitä teemme, englanniksi"), required=False, max_length=600)

    GROUPS: Final = {
        "main": ("name_fi", "definition_fi", "area", "parent"),
        "data": ("measure", "origin", "second", "source", "touchpoint", "team", "weighted", "cluster"),
        "lead": (
            "target",
            "unit_label",
            "better",
            "owner",
            "owner_role",
            "rhythm",
            "when_missed_fi",
            "period",
            "headline",
        ),
        "languages": ("name_sv", "name_en", "definition_sv", "definition_en", "when_missed_sv", "when_missed_en"),
    }

    def __init__(
        self, *args: Any, organisation: Organisation, instance: ModelMeasure | None = None, **kwargs: Any
    ) -> None:
        if instance is not None:
            kwargs["initial"] = initial_of(instance) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.organisation, self.instance = organisation, instance
        others = ModelMeasure.objects.filter(organisation=organisation, archived_at=None)
        self.fields["parent"].queryset = others.exclude(pk=instance.pk) if instance else others  # type: ignore[attr-defined]
        self.fields["owner"].queryset = organisation.memberships.select_related("user")  # type: ignore[attr-defined]
        for name, choices in choices_of(organisation).items():
            self.fields[name].choices = choices  # type: ignore[attr-defined]

    def groups(self) -> dict[str, list[forms.BoundField]]:
        """The fields by the part of the page they stand in."""
        return {part: [self[name] for name in names] for part, names in self.GROUPS.items()}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        name, data = found.get("measure"), found.get("origin", "")
        if not name or not data:
            return found
        roles = declared(name).roles
        if len(roles) > 1 and not found.get("second"):
            self.add_error("second", gettext("Tämä mittari tarvitsee kaksi kysymystä: valitse myös odotuksen kysymys."))
        parent = found.get("parent")
        if parent and parent.area != found.get("area"):
            self.add_error("parent", gettext("Ylemmän mittarin pitää olla samalla alueella."))
        if self.instance and parent and self.instance in _above(parent):
            self.add_error("parent", gettext("Mittari ei voi kuulua omaan alamittariinsa."))
        return found

    def cleaned(self) -> dict[str, Any]:
        """The model's fields."""
        from kapula_web.insights.form_fields import fields_of

        return fields_of(self.cleaned_data, self.organisation, self.instance)


def initial_of(measure: ModelMeasure) -> dict[str, Any]:
    from kapula_web.insights.form_fields import initial

    return initial(measure)


def choices_of(organisation: Organisation) -> dict[str, list[tuple[str, str]]]:
    """What the selects offer: the library's measures and the organisation's own questions, series and places."""
    questions = [
        (f"responses:{one.code}", str(one))
        for one in Question.objects.filter(organisation=organisation, is_comment=False)
    ]
    series = (
        Observation.objects.filter(organisation=organisation)
        .order_by("measure")
        .values_list("measure", flat=True)
        .distinct()
    )
    observed = [(f"observations:{code}", code) for code in series]
    outcomes = [("outcomes:revenue", gettext("liikevaihto")), ("outcomes:active", gettext("asiakkuus jatkuu"))]
    data: list[Any] = [
        (gettext("Kysymykset"), questions),
        (gettext("Toiminnan luvut"), observed),
        (gettext("Asiakkaiden jaksot"), outcomes),
    ]
    everything = ("", gettext("kaikki"))
    return {
        "measure": [(name, codes.words("measure", name)) for name in measures.names()],
        "origin": [group for group in data if group[1]],
        "second": [("", "–"), *((code.split(":")[1], label) for code, label in questions)],
        "source": [everything, *((one.code, str(one)) for one in Source.objects.filter(organisation=organisation))],
        "touchpoint": [
            everything,
            *((one.code, str(one)) for one in Touchpoint.objects.filter(organisation=organisation)),
        ],
        "team": [everything, *((one.code, str(one)) for one in organisation.teams.all())],
    }


def new_code(organisation: Organisation, name: str) -> str:
    """A code of the name that nothing else in the organisation has."""
    base = slugify(name)[:60].replace("-", "_") or "measure"
    taken = set(
        ModelMeasure.objects.filter(organisation=organisation, code__startswith=base).values_list("code", flat=True)
    )
    return next(code for code in (base, *(f"{base}_{number}" for number in range(2, 10_000))) if code not in taken)


def _above(measure: ModelMeasure) -> list[ModelMeasure]:
    """The measure and those above it."""
    found = []
    one: ModelMeasure | None = measure
    while one is not None and one not in found:
        found.append(one)
        one = one.parent
    return found
