"""Founding an organisation and changing its settings."""

from __future__ import annotations

from django.db import transaction
from django.utils.text import slugify

from kapula_web.accounts.audit import record
from kapula_web.accounts.models import Membership, Organisation, Role, User


@transaction.atomic
def create_organisation(*, founder: User, name: str, language: str = "fi", minimum_n: int = 10) -> Organisation:
    """A new organisation with its founder as owner. Its address is made of its name and stays the same for good."""
    organisation = Organisation.objects.create(name=name, slug=_free_slug(name), language=language, minimum_n=minimum_n)
    Membership.objects.create(organisation=organisation, user=founder, role=Role.OWNER)
    record(organisation=organisation, actor=founder, action="organisation.created", about=organisation, name=name)
    return organisation


@transaction.atomic
def change_organisation(*, organisation: Organisation, actor: User, name: str, language: str, minimum_n: int) -> None:
    """Change the settings; the log keeps what each was before."""
    kept = Organisation.objects.select_for_update().get(pk=organisation.pk)
    wanted = {"name": name, "language": language, "minimum_n": minimum_n}
    changes = {
        field: {"from": getattr(kept, field), "to": value}
        for field, value in wanted.items()
        if getattr(kept, field) != value
    }
    if not changes:
        return
    for field, value in wanted.items():
        setattr(organisation, field, value)
    organisation.save(update_fields=list(wanted))
    record(organisation=organisation, actor=actor, action="organisation.changed", about=organisation, **changes)


def _free_slug(name: str) -> str:
    """The name as an address; a number is added when another has it. Reserved words of the address space cannot collide: it has a
    folder of its own, /o/."""
    stem = slugify(name.translate(str.maketrans("äöåÄÖÅ", "aoaAOA")))[:50].strip("-") or "organisaatio"
    slug, number = stem, 1
    while Organisation.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{stem}-{number}"
    return slug
