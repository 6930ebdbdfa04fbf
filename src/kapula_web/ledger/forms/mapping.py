"""How a file is read, as a form: one part for the whole file, one for each column."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from kapula.connectors.contract import ColumnPlan, Plan
from kapula.connectors.naming import code_of
from kapula_web.kit import codes
from kapula_web.ledger.models import Response

_COMMON: Final = ("ignore", "attribute")
_WHO: Final = ("customer", "account", "team", "touchpoint", "channel", "segment", "language", "weight", "perspective")
ROLES_OF: Final[dict[str, tuple[str, ...]]] = {
    "wide": (*_COMMON, "score", "comment", "occurred_at", "external_id", *_WHO, "received_at"),
    "long": (*_COMMON, "question", "answer", "occurred_at", "external_id", *_WHO, "received_at"),
    "observations": ("ignore", "period", "measure", "value", "n", "touchpoint", "team"),
    "events": (*_COMMON, "occurred_at", "kind", "customer", "account", "touchpoint", "external_id"),
    "outcomes": (*_COMMON, "customer", "account", "period", "revenue", "active"),
}
DATE_FORMATS: Final = [
    ("", _("päivä soluissa valmiina, tai 2026-12-31")),
    ("%d.%m.%Y", "31.12.2026"),
    ("%d.%m.%y", "31.12.26"),
    ("%d/%m/%Y", "31/12/2026"),
    ("%m/%d/%Y", "12/31/2026"),
    ("%d-%m-%Y", "31-12-2026"),
    ("%Y/%m/%d", "2026/12/31"),
    ("%Y%m%d", "20261231"),
    ("week:yw", _("2026-W05 (viikko)")),
    ("week:wy", _("5/2026 (viikko)")),
    ("month:ym", _("2026-05 (kuukausi)")),
    ("month:my", _("5/2026 (kuukausi)")),
    ("month:ny", _("toukokuu 2026")),
    ("quarter:yq", "2026-Q1"),
    ("quarter:qy", "Q1/2026"),
    ("year", "2026"),
]
GRAINS: Final = [
    ("day", _("päivä")),
    ("week", _("viikko")),
    ("month", _("kuukausi")),
    ("quarter", _("neljännesvuosi")),
    ("year", _("vuosi")),
]
OF_PERIODS: Final = frozenset({"observations", "outcomes"})
SCALED: Final = frozenset({"score"})
NAMED: Final = frozenset({"score", "comment", "attribute"})


class FileForm(forms.Form):
    """What concerns the whole file."""

    shape = forms.ChoiceField(label=_("Mitä yksi rivi on?"))
    default_date = forms.DateField(
        label=_("Rivien päivä"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Käytetään riveillä, joilla ei ole omaa päivää."),
    )
    perspective = forms.ChoiceField(label=_("Kenen näkökulma"), choices=Response.Perspective.choices, required=False)
    grain = forms.ChoiceField(label=_("Jakson pituus"), choices=GRAINS, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shape = self.fields["shape"]
        assert isinstance(shape, forms.ChoiceField)
        shape.choices = codes.choices("file_shape")


class ColumnForm(forms.Form):
    """One column: what it is, and what its kind needs besides."""

    role = forms.ChoiceField(label=_("Mikä tämä on?"))
    question = forms.CharField(label=_("Tunnus"), max_length=60, required=False)
    low = forms.FloatField(label=_("Pienin arvo"), required=False)
    high = forms.FloatField(label=_("Suurin arvo"), required=False)
    missing = forms.CharField(
        label=_("Nämä eivät ole vastauksia"), required=False, help_text=_("Erota pilkulla, esimerkiksi 0, 6.")
    )
    date_format = forms.ChoiceField(label=_("Päivän muoto"), choices=DATE_FORMATS, required=False)

    def __init__(self, *args: Any, column: ColumnPlan, shape: str, found: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.column, self.found = column, found
        role = self.fields["role"]
        assert isinstance(role, forms.ChoiceField)
        offered = dict.fromkeys((*ROLES_OF[shape], column.role))
        role.choices = [(code, codes.words("column_role", code)) for code in offered]
        known = [value for value, _words in DATE_FORMATS]
        if column.date_format and column.date_format not in known:
            date_format = self.fields["date_format"]
            assert isinstance(date_format, forms.ChoiceField)
            date_format.choices = [*DATE_FORMATS, (column.date_format, column.date_format)]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        low, high = cleaned.get("low"), cleaned.get("high")
        if cleaned.get("role") in SCALED and "low" not in self.errors and "high" not in self.errors:
            if low is None or high is None:
                self.add_error(
                    "low" if low is None else "high", _("Kerro asteikon pienin ja suurin arvo, esimerkiksi 0 ja 10.")
                )
            elif low >= high:
                self.add_error("high", _("Suurin arvo on pienintä suurempi."))
        return cleaned

    def plan(self) -> ColumnPlan:
        said = self.cleaned_data
        role = said["role"]
        scaled, named = role in SCALED, role in NAMED
        return replace(
            self.column,
            role=role,
            question=(code_of(said["question"]) if said["question"] else code_of(self.column.column))
            if named
            else None,
            low=said["low"] if scaled else None,
            high=said["high"] if scaled else None,
            missing=tuple(part.strip() for part in said["missing"].split(",") if part.strip()),
            date_format=said["date_format"] or None,
        )


class MappingForm:
    """A plan as a form. ``data``: what was posted, or None to show the plan as it is."""

    def __init__(self, plan: Plan, peek: dict[str, Any], data: QueryDict | None = None) -> None:
        self.base = plan
        shape = data.get("shape", plan.shape) if data is not None else plan.shape
        self.shape = shape if shape in ROLES_OF else plan.shape
        self.file = FileForm(data, initial=_file_initial(plan))
        found = {column["name"]: column for column in peek.get("columns", [])}
        self.columns = [
            ColumnForm(
                data,
                prefix=f"c{index}",
                initial=_column_initial(column),
                column=column,
                shape=self.shape,
                found=found.get(column.column, {}),
            )
            for index, column in enumerate(plan.columns)
        ]

    def is_valid(self) -> bool:
        return all([self.file.is_valid(), *(form.is_valid() for form in self.columns)])

    @property
    def errors(self) -> list[tuple[str, str, str]]:
        """(field's id, column, message) of everything that is wrong, for the summary."""
        forms_ = [("", self.file), *((form.column.column, form) for form in self.columns)]
        return [
            (form[name].id_for_label, label or str(form[name].label), str(error))
            for label, form in forms_
            for name, errors in form.errors.items()
            for error in errors
        ]

    def plan(self) -> Plan:
        said = self.file.cleaned_data
        own = {
            "perspective": said["perspective"],
            "default_date": said["default_date"].isoformat() if said["default_date"] else "",
            "grain": said["grain"] if said["shape"] in OF_PERIODS else "",
        }
        kept = {key: value for key, value in self.base.options.items() if key not in own}
        options = kept | {key: value for key, value in own.items() if value}
        return replace(self.base, shape=said["shape"], columns=tuple(f.plan() for f in self.columns), options=options)


def _file_initial(plan: Plan) -> dict[str, Any]:
    options = plan.options
    return {
        "shape": plan.shape,
        "default_date": options.get("default_date"),
        "perspective": options.get("perspective") or Response.Perspective.CUSTOMER,
        "grain": options.get("grain") or "week",
    }


def _column_initial(column: ColumnPlan) -> dict[str, Any]:
    return {
        "role": column.role,
        "question": column.question or "",
        "low": _tidy(column.low),
        "high": _tidy(column.high),
        "missing": ", ".join(column.missing),
        "date_format": column.date_format or "",
    }


def _tidy(number: float | None) -> float | int | None:
    return int(number) if number is not None and number == int(number) else number
