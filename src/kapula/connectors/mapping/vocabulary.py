"""The words in which files say yes and no, name languages and name perspectives."""

from __future__ import annotations

from typing import Final

YES: Final = (
    "1",
    "true",
    "t",
    "yes",
    "y",
    "kyllä",
    "k",
    "ja",
    "j",
    "x",
    "aktiivinen",
    "active",
    "aktiv",
    "tosi",
    "on",
    "voimassa",
)
NO: Final = (
    "0", "false", "f", "no", "n", "ei", "e", "nej", "passiivinen", "inactive", "inaktiv", "epätosi", "off", "churned",
    "poistunut", "päättynyt",
)  # fmt: skip
LANGUAGES: Final = {
    "fi": ("fi", "fin", "suomi", "finnish", "finska", "fi-fi", "fi_fi"),
    "sv": ("sv", "swe", "ruotsi", "swedish", "svenska", "se", "sv-fi", "sv-se", "sv_fi"),
    "en": ("en", "eng", "englanti", "english", "engelska", "en-gb", "en-us", "en_gb", "en_us"),
}
PERSPECTIVES: Final = {
    "customer": ("customer", "asiakas", "kund"),
    "employee": ("employee", "työntekijä", "henkilöstö", "medarbetare", "personal"),
    "mystery": ("mystery", "mystery shopping", "haamuasiakas", "havainnointi"),
}
