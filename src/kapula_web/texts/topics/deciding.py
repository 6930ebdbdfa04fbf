"""What people decide of what was found: into the codebook, or away. Each in the audit log, each undone by a click.

Of one theme there is one decision at a time: a second click, or another person's page that is older, changes nothing.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from kapula_web.accounts.audit import record
from kapula_web.accounts.models import User
from kapula_web.ledger.comments import lock_comments
from kapula_web.ledger.models import Comment
from kapula_web.texts.models import COLOURS, CodebookTheme
from kapula_web.texts.services.codebook import codebook_of, create_theme, locked, retire_theme
from kapula_web.texts.topics.examples import said_by_several, take_along
from kapula_web.texts.topics.models import DISMISSED, MERGED, OPEN, DiscoveredTheme, EmergingAlert


class TooFewSaidError(Exception):
    """None of the theme's phrases has been said by enough customers to be an example of it."""


@transaction.atomic
def merge(*, theme: DiscoveredTheme, actor: User | None) -> CodebookTheme | None:
    """A theme of the codebook with the discovered one's phrases as examples, those that several customers said; None when it has been
    decided of already. Customers' whole sentences do not go along: they could not be erased from there. Its code is none of their words,
    for codes stay. Raises :class:`TooFewSaidError` and :class:`kapula_web.texts.services.names.NameTakenError`."""
    comments = Comment.objects.filter(pk__in=theme.mentions.values("comment"))
    there = set(
        lock_comments(comments, sharing_key=True)
    )  # nobody who said a phrase goes before it is written down who did
    if _state_now(theme) != OPEN:
        return None
    codebook = locked(codebook_of(theme.organisation))
    said = said_by_several(theme, there)
    if not said:
        raise TooFewSaidError
    colour, name = COLOURS[codebook.themes.count() % len(COLOURS)], next(iter(said)).capitalize()
    fields = {"names": {(get_language() or "fi")[:2]: name}, "examples": list(said), "colour": colour}
    made = create_theme(codebook=codebook, actor=actor, fields=fields, code=f"found_{theme.key}")
    take_along(made, said)
    theme.state, theme.code = MERGED, made.code
    theme.save(update_fields=["state", "code"])
    record(organisation=theme.organisation, actor=actor, action="topics.merged", about=theme, theme=made.name)
    return made


@transaction.atomic
def dismiss(*, theme: DiscoveredTheme, actor: User | None) -> bool:
    """Whether it could be: one that is in the codebook is there until that is taken back, and one dismissed stays so."""
    if _state_now(theme) != OPEN:
        return False
    theme.state = DISMISSED
    theme.save(update_fields=["state"])
    record(organisation=theme.organisation, actor=actor, action="topics.dismissed", about=theme, theme=theme.name)
    return True


@transaction.atomic
def take_back(*, theme: DiscoveredTheme, actor: User | None) -> bool:
    """As it was before: a merged theme also leaves the codebook. Whether there was anything to take back."""
    state = _state_now(theme)
    if state == OPEN:
        return False
    if state == MERGED:
        made = CodebookTheme.objects.filter(codebook__organisation=theme.organisation, code=theme.code, retired_at=None)
        for one in made:
            retire_theme(theme=one, actor=actor)
    theme.state, theme.code = OPEN, ""
    theme.save(update_fields=["state", "code"])
    record(organisation=theme.organisation, actor=actor, action="topics.taken_back", about=theme, theme=theme.name)
    return True


def _state_now(theme: DiscoveredTheme) -> str:
    """As it stands and stays until the transaction ends, whoever else is deciding of it."""
    theme.refresh_from_db(
        fields=["state", "code", "phrases"], from_queryset=DiscoveredTheme.objects.select_for_update()
    )
    return theme.state


@transaction.atomic
def seen(*, alert: EmergingAlert, actor: User | None) -> None:
    alert.dismissed_at = timezone.now()
    alert.save(update_fields=["dismissed_at"])
    record(organisation=alert.organisation, actor=actor, action="topics.alert_seen", about=alert, topic=alert.topic)
