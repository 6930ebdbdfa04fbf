"""The one door to comments and themes: another organisation's are not found, and nobody reads more than their role and teams allow."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from kapula_web.accounts.models import Membership, Organisation, Role
from kapula_web.ledger.models import Comment, Response
from kapula_web.texts.models import Codebook, CodebookTheme
from kapula_web.texts.selectors import default_themes


def visible_comments(membership: Membership) -> QuerySet[Comment]:
    """The comments a person with the right "see_rows" may read: a team lead those of their own teams; staff's own nobody."""
    found = Comment.objects.filter(response__organisation=membership.organisation)
    found = found.exclude(response__perspective=Response.Perspective.EMPLOYEE)  # staff answered anonymously
    if membership.role == Role.TEAM_LEAD:
        found = found.filter(response__team__in=membership.teams.all())
    return found


def comment_of(membership: Membership, comment: int) -> Comment:
    """A comment that has been read by the machine and may be read by this person, or 404."""
    found = visible_comments(membership).filter(analysis__isnull=False)
    return get_object_or_404(
        found.select_related("analysis", "response__touchpoint", "response__team", "response__organisation"), pk=comment
    )


def theme_of(organisation: Organisation, code: str, *, retired: bool = False) -> CodebookTheme:
    """The theme, or 404. Retired ones are found only where they can be taken back; those of the default codebook also before the
    organisation has its own."""
    found = CodebookTheme.objects.filter(codebook__organisation=organisation).select_related("codebook__organisation")
    theme = (found if retired else found.filter(retired_at=None)).filter(code=code).first()
    if theme is None and not Codebook.objects.filter(organisation=organisation).exists():
        theme = next((one for one in default_themes(Codebook(organisation=organisation)) if one.code == code), None)
    if theme is None:
        raise Http404
    return theme
