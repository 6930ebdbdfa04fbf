"""Choosing a file and saying where it comes from."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula import connectors
from kapula.connectors.naming import code_of
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Source

NEW = ""


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("Tiedosto"),
        allow_empty_file=True,  # the reader says of an empty file what to do about it
        help_text=_("Valitse tiedosto tai pudota se kehykseen. CSV, Excel, SPSS tai Parquet sellaisena kuin se on."),
        widget=forms.FileInput(attrs={"accept": ",".join(connectors.suffixes())}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        file = self.fields["file"]
        largest = gettext("Enintään %(size)s.") % {"size": filesizeformat(settings.IMPORT_MAX_BYTES)}
        file.help_text = f"{file.help_text} {largest}"


class UploadForm(FileForm):
    source = forms.ChoiceField(
        label=_("Mistä tiedosto tulee?"),
        required=False,
        help_text=_("Samasta lähteestä tuotu tiedosto luetaan samoin kuin edellinen, eikä sama vastaus tule kahdesti."),
    )
    name = forms.CharField(
        label=_("Uuden lähteen nimi"),
        max_length=80,
        required=False,
        help_text=_("Esimerkiksi Asiakaskysely 2026. Ellei täytetä, nimi otetaan tiedostosta."),
    )

    def __init__(self, *args: Any, organisation: Organisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sources = Source.objects.filter(organisation=organisation).order_by("-last_received_at", "code")
        source = self.fields["source"]
        assert isinstance(source, forms.ChoiceField)
        source.choices = [(NEW, _("uusi lähde")), *((each.code, str(each)) for each in sources)]

    def chosen(self) -> tuple[str, str]:
        """The code and the name of the source."""
        said = self.cleaned_data
        if said["source"]:
            return said["source"], ""
        name = said["name"] or said["file"].name.rsplit(".", 1)[0]
        return code_of(name), name[:80]
