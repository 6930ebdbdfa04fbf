"""The form of one theme: its name, what it is about, and phrases a customer would use."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.texts.models import COLOURS, CodebookTheme

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
    """``cleaned()`` gives the fields of :class:`CodebookTheme`."""

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

    def __init__(self, *args: Any, theme: CodebookTheme | None = None, known: bool = False, **kwargs: Any) -> None:
        """``known``: a theme the model knows without example phrases."""
        kwargs["initial"] = (_initial(theme) if theme else {"colour": COLOURS[0]}) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.known = known

    def groups(self) -> dict[str, list[forms.BoundField]]:
        """The fields by the part of the page they stand in."""
        parts = {
            "main": ("name_fi", "description_fi", "examples", "colour"),
            "languages": ("name_sv", "description_sv", "name_en", "description_en"),
        }
        return {part: [self[name] for name in names] for part, names in parts.items()}

    def clean_examples(self) -> list[str]:
        lines = [" ".join(line.split()) for line in str(self.cleaned_data["examples"]).splitlines()]
        phrases = list(dict.fromkeys(line for line in lines if line))
        if not phrases and not self.known:
            raise forms.ValidationError(gettext("Kirjoita ainakin yksi lause: sen mukaan kone tunnistaa teeman."))
        if len(phrases) > MOST_EXAMPLES:
            raise forms.ValidationError(
                gettext("Lauseita voi olla enintään %(most)s. Jätä erilaisimmat.") % {"most": MOST_EXAMPLES}
            )
        if long := next((phrase for phrase in phrases if len(phrase) > 300), ""):
            raise forms.ValidationError(gettext("Lyhennä tätä lausetta: %(phrase)s…") % {"phrase": long[:60]})
        return phrases

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
    return found | {"examples": "\n".join(theme.examples), "colour": theme.colour}
