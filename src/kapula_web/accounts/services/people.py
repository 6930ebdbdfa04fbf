"""People's own settings, and their places in an organisation. An organisation always keeps an owner."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from kapula_web.accounts.audit import record
from kapula_web.accounts.errors import LastOwnerError
from kapula_web.accounts.models import AuditEntry, Membership, Organisation, Role, Team, User


def choose_language(*, user: User, language: str) -> None:
    """The language the person is shown and written to in."""
    change_person(user=user, name=user.name, language=language)


def change_person(*, user: User, name: str, language: str) -> None:
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])


@transaction.atomic
def change_membership(*, membership: Membership, actor: User, role: str, teams: Iterable[Team]) -> None:
    """Give the person another role or other teams. Raises :class:`LastOwnerError`."""
    if role != Role.OWNER:
        _demand_another_owner(membership)
    wanted = {team.pk: team.name for team in teams}
    before = {"role": membership.role, "teams": sorted(membership.teams.values_list("name", flat=True))}
    membership.role = role
    membership.save(update_fields=["role"])
    membership.teams.set(wanted)
    after = {"role": role, "teams": sorted(wanted.values())}
    if before == after:
        return
    action = "person.role_changed" if before["role"] != role else "person.teams_changed"
    details = {"person": str(membership.user), "before": before, **after}
    record(organisation=membership.organisation, actor=actor, action=action, about=membership.user, **details)


@transaction.atomic
def remove_person(*, membership: Membership, actor: User) -> None:
    """Take away the person's place. The log keeps role and teams, so that it can be given back. Raises :class:`LastOwnerError`."""
    _demand_another_owner(membership)
    record(
        organisation=membership.organisation,
        actor=actor,
        action="person.removed",
        about=membership.user,
        person=str(membership.user),
        role=membership.role,
        team_ids=list(membership.teams.values_list("pk", flat=True)),
    )
    membership.delete()


@transaction.atomic
def restore_person(*, organisation: Organisation, user_id: int, actor: User) -> Membership | None:
    """Give a removed person the place back as it was; None when nobody was removed or the person is here already."""
    removed = AuditEntry.objects.filter(
        organisation=organisation, action="person.removed", object_id=str(user_id)
    ).first()
    user = User.objects.filter(pk=user_id).first()
    if removed is None or user is None or organisation.memberships.filter(user=user).exists():
        return None
    membership = Membership.objects.create(organisation=organisation, user=user, role=removed.details["role"])
    membership.teams.set(organisation.teams.filter(pk__in=removed.details["team_ids"]))
    record(
        organisation=organisation,
        actor=actor,
        action="person.restored",
        about=user,
        person=str(user),
        role=membership.role,
    )
    return membership


def _demand_another_owner(membership: Membership) -> None:
    """Raise unless somebody else owns the organisation too. The organisation's row is held, so two owners cannot both leave at once."""
    organisation = Organisation.objects.select_for_update().get(pk=membership.organisation_id)
    owners = organisation.memberships.filter(role=Role.OWNER)
    if membership.role == Role.OWNER and not owners.exclude(pk=membership.pk).exists():
        raise LastOwnerError(
            f"{membership.user} is the only owner.",
            hint="Make someone else an owner first.",
            person=str(membership.user),
        )
