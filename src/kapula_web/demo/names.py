"""What Aurinkokivi calls the codes in its data: customer groups, regions, roles, stages."""

from __future__ import annotations

from typing import Final

import kapula.example.model as example
from kapula.example.words import Words
from kapula_web.accounts.models import Organisation
from kapula_web.insights.models import ValueName

ATTRIBUTES: Final[dict[str, Words]] = {
    "region": Words("Alue", "Region", "Region"),
    "role": Words("Rooli", "Roll", "Role"),
    "life_stage": Words("Asiakkuuden vaihe", "Kundskapets skede", "Stage of the relationship"),
    "form": Words("Lomake", "Blankett", "Form"),
    "wave": Words("Kyselykierros", "Enkätomgång", "Survey wave"),
    "handed_off": Words("Siirrettiin toiselle", "Överlämnades", "Handed off"),
    "outage_message": Words("Katkoviesti", "Avbrottsmeddelande", "Outage message"),
}
CHANNELS: Final[dict[str, Words]] = {
    "email": Words("Sähköposti", "E-post", "E-mail"),
    "sms": Words("Tekstiviesti", "Sms", "Text message"),
    "phone_interview": Words("Puhelinhaastattelu", "Telefonintervju", "Phone interview"),
    "web": Words("Verkko", "Webben", "Web"),
    "app": Words("Sovellus", "Appen", "App"),
    "chat": Words("Chat", "Chatt", "Chat"),
    "observation": Words("Havainnointi", "Observation", "Observation"),
}


def name_values(organisation: Organisation, told: example.Organisation) -> None:
    """Names for every code a page may show."""
    given: list[tuple[str, str, Words]] = [("segment", one.code, one.name) for one in told.segments]
    given += [("channel", code, words) for code, words in CHANNELS.items()]
    given += [("series", one.code, one.name) for one in told.series]
    given += [(f"attribute_{name}", "", words) for name, words in ATTRIBUTES.items()]
    given += [
        (f"attribute_{name}", code, words) for name, values in told.attributes.items() for code, words in values.items()
    ]
    ValueName.objects.bulk_create(
        ValueName(
            organisation=organisation,
            dimension=about,
            code=code,
            names={"fi": words.fi, "sv": words.sv, "en": words.en},
        )
        for about, code, words in given
    )
