"""What the example organisation aims at: four promises and the answers that show whether they were kept."""

from __future__ import annotations

from typing import Any, Final

from kapula_web.accounts.models import Organisation
from kapula_web.insights.aims.models import ExperienceAim

_GOOD: Final = {"column": "answer_nps", "op": ">=", "value": 9}


def _at_least(question: str, value: float) -> dict[str, Any]:
    return {"column": f"answer_{question}", "op": ">=", "value": value}


AIMS: Final[tuple[dict[str, Any], ...]] = (
    {
        "code": "invoice_is_clear", "touchpoint": "invoice", "pillar": "Me aina kerromme selvästi, mistä asiakas maksaa.",
        "names": {"fi": "Lasku on heti selvä", "sv": "Fakturan är genast klar", "en": "The invoice is clear at once"},
        "rules": [_at_least("ease", 4), _at_least("emotion", 3)], "target": 0.5,
    },
    {
        "code": "moving_carries_over", "touchpoint": "moving", "pillar": "Me emme koskaan pudota asiaa kahden tiimin väliin.",
        "names": {"fi": "Muutto hoituu kerralla", "sv": "Flytten ordnas på en gång", "en": "The move is settled at once"},
        "rules": [_at_least("ces", 5), {"column": "answer_fcr", "op": "present"}], "target": 0.6,
    },
    {
        "code": "phone_solves_warmly", "touchpoint": "phone", "pillar": "Me aina ratkaisemme asian ja jätämme hyvän mielen.",
        "names": {
            "fi": "Puhelu jättää hyvän mielen", "sv": "Samtalet lämnar en god känsla",
            "en": "The call leaves a good feeling",
        },
        "rules": [{"column": "answer_fcr", "op": "present"}, _at_least("emotion", 4)], "target": 0.5,
    },
    {
        "code": "visit_is_worth_it", "touchpoint": "field_visit", "pillar": "Me aina hoidamme asian loppuun käynnin aikana.",
        "names": {"fi": "Käynti auttaa vaivatta", "sv": "Besöket hjälper utan möda", "en": "The visit helps without effort"},
        "rules": [_at_least("effectiveness", 4), _at_least("ease", 4), _at_least("emotion", 4)],
        "combine": "at_least", "needed": 2, "target": 0.6,
    },
)  # fmt: skip


def aim_at(organisation: Organisation) -> None:
    """The four aims as the organisation's own."""
    ExperienceAim.objects.bulk_create(ExperienceAim(organisation=organisation, good=_GOOD, **aim) for aim in AIMS)
