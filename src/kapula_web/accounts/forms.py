"""The forms of organisations and people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import Invitation, Membership, Organisation, Role, Team, User

NATIVE = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
"""Each language by its own name: a reader looks for that one."""


class OrganisationForm(forms.Form):
    name = forms.CharField(label=_("Organisaation nimi"), max_length=120)
    language = forms.ChoiceField(
        label=_("Oletuskieli"),
        choices=NATIVE,
        help_text=_("Kutsut ja raportit kirjoitetaan tällä kielellä, ellei toisin valita."),
    )
    minimum_n = forms.IntegerField(
        label=_("Pienin ryhmä, jonka luku näytetään"),
        min_value=1,
        max_value=1000,
        initial=10,
        help_text=_("Tätä pienemmän ryhmän lukua ei näytetä eikä sen voi laskea erotuksesta. Tavallisesti 10."),
    )

    @classmethod
    def of(cls, organisation: Organisation) -> OrganisationForm:
        return cls(initial={name: getattr(organisation, name) for name in cls.base_fields})


class TeamForm(forms.Form):
    name = forms.CharField(label=_("Tiimin nimi"), max_length=120)
    code = forms.CharField(
        label=_("Nimi aineistoissa"),
        max_length=120,
        required=False,
        help_text=_("Se nimi tai tunnus, jolla tiimi esiintyy tuotavissa tiedostoissa. Ellei täytetä, sama kuin nimi."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        cleaned["code"] = cleaned.get("code") or cleaned.get("name", "")[:120]
        return cleaned


class _PlaceForm(forms.Form):
    """A role and teams in one organisation."""

    role = forms.ChoiceField(label=_("Rooli"), choices=Role.choices, initial=Role.MEMBER)
    teams = forms.ModelMultipleChoiceField(
        label=_("Tiimit"), queryset=Team.objects.none(), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = organisation.teams.filter(archived_at=None)
        teams = self.fields["teams"]
        assert isinstance(teams, forms.ModelMultipleChoiceField)
        teams.queryset = offered
        if not offered.exists():
            del self.fields["teams"]


class MembershipForm(_PlaceForm):
    @classmethod
    def of(cls, membership: Membership) -> MembershipForm:
        initial = {"role": membership.role, "teams": membership.teams.all()}
        return cls(initial=initial, organisation=membership.organisation)


class InvitationForm(_PlaceForm):
    email = forms.EmailField(
        label=_("Sähköposti"),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
        help_text=_("Kutsu lähtee tähän osoitteeseen."),
    )
    language = forms.ChoiceField(label=_("Kutsun kieli"), choices=NATIVE)
    field_order = ["email", "role", "teams", "language"]


class PersonForm(forms.Form):
    name = forms.CharField(
        label=_("Nimi"), max_length=120, required=False, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = forms.ChoiceField(
        label=_("Kieli"), choices=NATIVE, help_text=_("Tällä kielellä näet sivut ja saat viestit.")
    )


class JoinForm(PersonForm):
    """A new person's account; the address is known from the invitation."""

    password = forms.CharField(
        label=_("Salasana"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Vähintään 10 merkkiä. Kolme tai neljä satunnaista sanaa on hyvä salasana."),
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        validate_password(password, User(email=self.invitation.email, name=self.cleaned_data.get("name", "")))
        return password


assert dict(NATIVE).keys() == dict(settings.LANGUAGES).keys(), "every language of the interface has its own name here"
