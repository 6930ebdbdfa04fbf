"""What can go wrong with organisations and people. kit/wordings.py words each code in the interface's languages."""

from __future__ import annotations

from kapula.errors import KapulaError


class AccountError(KapulaError):
    """An organisation or its people cannot be changed as asked."""

    code = "account"


class LastOwnerError(AccountError):
    """The organisation would be left without an owner. Context: person."""

    code = "last_owner"


class AlreadyMemberError(AccountError):
    """The person is already in the organisation. Context: email."""

    code = "already_member"


class AlreadyInvitedError(AccountError):
    """An open invitation to the address exists. Context: email."""

    code = "already_invited"


class InvitationClosedError(AccountError):
    """The invitation has been used or withdrawn, or has expired. Context: state."""

    code = "invitation_closed"


class InvitationForAnotherError(AccountError):
    """The invitation was sent to another address than the person's. Context: email, invited."""

    code = "invitation_for_another"


class TeamCodeTakenError(AccountError):
    """Another team already has that name in the data. Context: code."""

    code = "team_code_taken"
