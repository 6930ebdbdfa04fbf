"""The people of the example organisation: one for each role, so that every view can be tried."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kapula_web.accounts.models import Membership, Organisation, Role, Team, User


@dataclass(frozen=True, slots=True)
class Person:
    email: str
    name: str
    role: str
    teams: tuple[str, ...] = ()


PEOPLE: Final = (
    Person("laura@aurinkokivi.example", "Laura Lehtinen", Role.OWNER),
    Person("antti@aurinkokivi.example", "Antti Aalto", Role.ANALYST),
    Person("tiina@aurinkokivi.example", "Tiina Turunen", Role.TEAM_LEAD, ("phone_tampere",)),
    Person("mikael@aurinkokivi.example", "Mikael Sjöberg", Role.MEMBER, ("phone_turku",)),
    Person("ritva@aurinkokivi.example", "Ritva Rantanen", Role.READER),
)


def invite_all(organisation: Organisation, password: str) -> User:
    """Give each their account and place; the owner is returned."""
    teams = {team.code: team for team in Team.objects.filter(organisation=organisation)}
    users = []
    for person in PEOPLE:
        user = User.objects.filter(email=person.email).first()
        user = user or User.objects.create_user(person.email, password, name=person.name)
        place, _ = Membership.objects.update_or_create(
            organisation=organisation, user=user, defaults={"role": person.role}
        )
        place.teams.set(teams[code] for code in person.teams if code in teams)
        users.append(user)
    return users[0]
