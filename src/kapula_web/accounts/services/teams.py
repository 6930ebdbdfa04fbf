"""Teams: made, renamed, put away and taken back. A team is never deleted: the signals it got stay its own."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from kapula_web.accounts.audit import record
from kapula_web.accounts.errors import TeamCodeTakenError
from kapula_web.accounts.models import Organisation, Team, User


@transaction.atomic
def create_team(*, organisation: Organisation, actor: User, name: str, code: str = "") -> Team:
    """``code`` is the team's name in the data; without one it is the name itself."""
    code = code or name
    _demand_free_code(organisation, code)
    team = Team.objects.create(organisation=organisation, name=name, code=code)
    record(organisation=organisation, actor=actor, action="team.created", about=team, name=name, code=code)
    return team


@transaction.atomic
def change_team(*, team: Team, actor: User, name: str, code: str) -> None:
    _demand_free_code(team.organisation, code, besides=team)
    before = {"name": team.name, "code": team.code}
    team.name, team.code = name, code
    team.save(update_fields=["name", "code"])
    record(
        organisation=team.organisation,
        actor=actor,
        action="team.renamed",
        about=team,
        before=before,
        name=name,
        code=code,
    )


@transaction.atomic
def archive_team(*, team: Team, actor: User) -> None:
    """Put the team away: it is no longer offered, its figures stay."""
    team.archived_at = timezone.now()
    team.save(update_fields=["archived_at"])
    record(organisation=team.organisation, actor=actor, action="team.archived", about=team, name=team.name)


@transaction.atomic
def restore_team(*, team: Team, actor: User) -> None:
    team.archived_at = None
    team.save(update_fields=["archived_at"])
    record(organisation=team.organisation, actor=actor, action="team.restored", about=team, name=team.name)


def _demand_free_code(organisation: Organisation, code: str, besides: Team | None = None) -> None:
    others = Team.objects.filter(organisation=organisation, code=code)
    if besides is not None:
        others = others.exclude(pk=besides.pk)
    if others.exists():
        raise TeamCodeTakenError(
            f"Another team is already called {code!r} in the data.",
            hint="Give this team another name in the data, or take the archived one back.",
            code=code,
        )
