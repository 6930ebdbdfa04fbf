"""The one door to an organisation: a stranger gets 404, a person without the right 403, an anonymous one signs in.

Views are decorated with :func:`needs`; they get the organisation in place of its slug, and ``request.membership``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, Final, ParamSpec

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase

from kapula_web.accounts.models import Membership, Organisation, Role, User

P = ParamSpec("P")

RIGHTS: Final[dict[str, frozenset[str]]] = {
    "see": frozenset(Role.values),
    "comment": frozenset({Role.MEMBER, Role.TEAM_LEAD, Role.ANALYST, Role.OWNER}),
    "see_rows": frozenset({Role.TEAM_LEAD, Role.ANALYST, Role.OWNER}),
    "lead": frozenset({Role.TEAM_LEAD, Role.ANALYST, Role.OWNER}),
    "import": frozenset({Role.ANALYST, Role.OWNER}),
    "model": frozenset({Role.ANALYST, Role.OWNER}),
    "manage": frozenset({Role.OWNER}),
}
"""What may be done, and by whom. see: figures; see_rows: the answers behind them; import: bring data in and take it back;
model: change measures; manage: people, teams, settings, audit log."""


def may(membership: Membership, right: str) -> bool:
    return membership.role in RIGHTS[right]


def signed_in(request: HttpRequest) -> User:
    """The person who has signed in; views behind :func:`needs` and ``login_required`` always have one."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def membership_of(request: HttpRequest, slug: str) -> Membership:
    """The person's membership in the organisation, or 404: whether it exists at all is nobody else's business."""
    membership = (
        Membership.objects.select_related("organisation", "user")
        .filter(organisation__slug=slug, user_id=signed_in(request).pk)
        .first()
    )
    if membership is None:
        raise Http404
    return membership


def needs(
    right: str,
) -> Callable[[Callable[Concatenate[HttpRequest, Organisation, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """A page of an organisation that asks for ``right``."""

    def decorate(
        view: Callable[Concatenate[HttpRequest, Organisation, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        @login_required
        def guarded(request: HttpRequest, organisation: str, *args: Any, **kwargs: Any) -> HttpResponseBase:
            membership = membership_of(request, organisation)
            request.membership = membership  # type: ignore[attr-defined]
            if not may(membership, right):
                raise PermissionDenied
            return view(request, membership.organisation, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded

    return decorate
