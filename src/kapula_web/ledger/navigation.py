"""Where the data is, in the rail."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.access import may
from kapula_web.accounts.models import Membership
from kapula_web.kit.navigation import place
from kapula_web.ledger.models import Import


def waiting(membership: Membership) -> int:
    """Imports that wait for someone to agree with the mapping, or to try again."""
    if not may(membership, "import"):
        return 0
    states = (Import.State.MAPPING, Import.State.FAILED)
    return Import.objects.filter(organisation=membership.organisation, state__in=states).count()


place("data", _("Aineistot"), "ledger:home", right="see", order=40, icon="listening", count=waiting)
