"""Words for organisations and people: roles, what each may do, errors, and what the audit log tells."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import Role
from kapula_web.kit.codes import Text, register

ROLE_MEANINGS: Final[dict[str, Text]] = {
    Role.READER: _("Näkee luvut."),
    Role.MEMBER: _("Näkee luvut ja voi kommentoida."),
    Role.TEAM_LEAD: _("Näkee lisäksi vastaukset lukujen takana ja johtaa tiiminsä tekemistä."),
    Role.ANALYST: _("Tuo lisäksi aineistoa ja muokkaa mittareita."),
    Role.OWNER: _("Hallitsee lisäksi ihmisiä, tiimejä, asetuksia ja lokia."),
}

ERRORS: Final[dict[str, Text]] = {
    "account": _("Muutosta ei voi tehdä. Lataa sivu uudelleen ja yritä uudestaan."),
    "last_owner": _("{person} on organisaation ainoa omistaja. Anna ensin jollekulle toiselle omistajan rooli."),
    "already_member": _("{email} on jo mukana organisaatiossa. Roolin voi vaihtaa ihmisten listasta."),
    "already_invited": _("Osoitteeseen {email} on jo lähetetty kutsu. Lähetä se uudelleen ihmisten listasta."),
    "invitation_closed": _("Kutsu ei ole enää voimassa. Lähetä uusi."),
    "invitation_for_another": _("Kutsu on lähetetty osoitteeseen {invited}. Kirjaudu sillä osoitteella."),
    "team_code_taken": _(
        "Toisella tiimillä on jo aineistoissa nimi {code}. Anna toinen nimi, tai palauta arkistoitu tiimi."
    ),
}

AUDIT: Final[dict[str, Text]] = {
    "organisation.created": _("Perusti organisaation"),
    "organisation.changed": _("Muutti asetuksia"),
    "team.created": _("Lisäsi tiimin"),
    "team.renamed": _("Muutti tiimiä"),
    "team.archived": _("Arkistoi tiimin"),
    "team.restored": _("Palautti tiimin"),
    "person.joined": _("Liittyi"),
    "person.role_changed": _("Vaihtoi roolin"),
    "person.teams_changed": _("Vaihtoi tiimit"),
    "person.removed": _("Poisti henkilön"),
    "person.restored": _("Palautti henkilön"),
    "invitation.sent": _("Lähetti kutsun"),
    "invitation.sent_again": _("Lähetti kutsun uudelleen"),
    "invitation.withdrawn": _("Perui kutsun"),
    "invitation.reopened": _("Avasi kutsun uudelleen"),
}

register("role", dict(Role.choices), lambda: set(Role.values))
register("role_meaning", ROLE_MEANINGS, lambda: set(Role.values))
register("error", ERRORS)
register("audit", AUDIT)
