"""The form of one theme: its name, what it is about, and phrases a customer would use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.texts.models import COLOURS, CodebookTheme
from kapula_web.texts.services.codebook import digest
from kapula_web.texts.services.names import NameTakenError, alike
from kapula_web.texts.wordings import name_taken

LANGUAGES: Final = ("fi", "sv", "en")
MOST_EXAMPLES: Final = 50
_COLOUR_NAMES: Final = (
    ("cat-1", _("sinivihreä")),
    ("cat-2", _("oranssi")),
    ("cat-3", _("sininen")),
    ("cat-4", _("keltainen")),
    ("cat-5", _("violetti")),
    ("cat-6", _("vihreä")),
)


def _long() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class ThemeForm(forms.Form):
    """``cleaned()`` gives the fields of :class:`CodebookTheme`. ``seen``: what the theme was when the form was opened."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    name_fi = forms.CharField(label=_("Nimi"), max_length=80, help_text=_("Kuten siitä puhutaan: Odotusaika."))
    description_fi = forms.CharField(
        label=_("Mistä teemassa on kyse?"), max_length=400, required=False, widget=_long(),
        help_text=_("Kirjoita myös, mikä ei kuulu siihen."),
    )  # fmt: skip
    examples = forms.CharField(
        label=_("Esimerkkilauseita"), required=False, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_(
            "Yksi riville, kuten asiakas sen sanoisi, suomeksi, ruotsiksi tai englanniksi. Kone etsii kommentteja, jotka "
            "tarkoittavat samaa. Viisi erilaista lausetta on hyvä alku."
        ),
    )  # fmt: skip
    colour = forms.ChoiceField(label=_("Väri kuvissa"), choices=_COLOUR_NAMES, widget=forms.RadioSelect)
    name_sv = forms.CharField(label=_("Nimi ruotsiksi"), max_length=80, required=False)
    description_sv = forms.CharField(label=_("Kuvaus ruotsiksi"), max_length=400, required=False, widget=_long())
    name_en = forms.CharField(label=_("Nimi englanniksi"), max_length=80, required=False)
    description_en = forms.CharField(label=_("Kuvaus englanniksi"), max_length=400, required=False, widget=_long())

    def __init__(
        self,
        *args: Any,
        theme: CodebookTheme | None = None,
        known: bool = False,
        taken: Mapping[str, str] | None = None,
        **kwargs: Any,
    ) -> None:
        """``known``: a theme the model knows without example phrases. ``taken``: names of the other themes (``names_taken``)."""
        kwargs["initial"] = (_initial(theme) if theme else {"colour": COLOURS[0]}) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.taken = taken or {}
        self.fields["examples"].required = not known
        self.fields["examples"].error_messages["required"] = gettext(
            "Kirjoita ainakin yksi lause: sen mukaan kone tunnistaa teeman."
        )

    def groups(self) -> dict[str, Any]:
        """The fields by the part of the page they stand in. The other languages are unfolded when there is something to mend."""
        parts = {
            "main": ("seen", "name_fi", "description_fi", "examples", "colour"),
            "languages": ("name_sv", "description_sv", "name_en", "description_en"),
        }
        found: dict[str, Any] = {part: [self[name] for name in names] for part, names in parts.items()}
        return found | {"languages_open": any(field.errors for field in found["languages"])}

    def clean_examples(self) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["examples"]).splitlines()]
        phrases = list(dict.fromkeys(line for line in lines if line))
        if len(phrases) > MOST_EXAMPLES:
            raise forms.ValidationError(
                gettext("Lauseita voi olla enintään %(most)s. Jätä erilaisimmat.") % {"most": MOST_EXAMPLES}
            )
        if long := next((phrase for phrase in phrases if len(phrase) > 300), ""):
            raise forms.ValidationError(gettext("Lyhennä tätä lausetta: %(phrase)s…") % {"phrase": long[:60]})
        return phrases

    def clean(self) -> dict[str, Any]:
        """Two themes of one name could not be told apart on any page."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for code in LANGUAGES:
            found = self.taken.get(alike(given.get(f"name_{code}", "")))
            if found:
                self.add_error(f"name_{code}", name_taken(found))
        return given

    def refuse(self, error: NameTakenError) -> None:
        """Another theme was given the name while this was being saved."""
        same = (f"name_{code}" for code in LANGUAGES if alike(self.cleaned_data.get(f"name_{code}", "")) == error.name)
        self.add_error(next(same, "name_fi"), name_taken(error.theme))

    def lead_to_errors(self) -> None:
        """Focus goes to the first field that is to be mended, wherever the form is shown next."""
        first = next((self.fields[name] for name in self.fields if name in self.errors), None)
        if first is not None:
            first.widget.attrs["autofocus"] = True

    def cleaned(self) -> dict[str, Any]:
        """The model's fields."""
        given = self.cleaned_data
        return {
            "names": {code: text for code in LANGUAGES if (text := given[f"name_{code}"].strip())},
            "descriptions": {code: text for code in LANGUAGES if (text := given[f"description_{code}"].strip())},
            "examples": given["examples"],
            "colour": given["colour"],
        }


def _initial(theme: CodebookTheme) -> dict[str, Any]:
    found: dict[str, Any] = {f"name_{code}": theme.names.get(code, "") for code in LANGUAGES}
    found |= {f"description_{code}": theme.descriptions.get(code, "") for code in LANGUAGES}
    return found | {"examples": "\n".join(theme.examples), "colour": theme.colour, "seen": digest(theme)}
