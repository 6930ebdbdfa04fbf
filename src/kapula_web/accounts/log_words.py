"""The particulars of a log entry in one line of words."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kapula_web.accounts.models import AuditEntry
from kapula_web.kit import codes, dates

FIELDS = {
    "name": _("nimi"),
    "code": _("nimi aineistoissa"),
    "person": _("henkilö"),
    "email": _("sähköposti"),
    "role": _("rooli"),
    "teams": _("tiimit"),
    "language": _("kieli"),
    "minimum_n": _("pienin ryhmä"),
    "file": _("tiedosto"),
    "file_name": _("tiedosto"),
    "source": _("lähde"),
    "added": _("lisätty"),
    "updated": _("päivitetty"),
    "rejected": _("hylätty"),
    "measure": _("mittari"),
    "rows": _("rivejä"),
    "theme": _("teema"),
    "names": _("nimet"),
    "descriptions": _("kuvaukset"),
    "examples": _("esimerkkilauseet"),
    "colour": _("väri"),
    "present": _("puhuu teemasta"),
    "answered": _("vastattu"),
    "used": _("käytössä"),
}
HIDDEN = {"team_ids", "before"}


def told(entry: AuditEntry) -> str:
    """ "rooli: analyytikko (oli jäsen), tiimit: Puhelinpalvelu". Of a deed on a comment it is told which: its number, never its words."""
    before = entry.details.get("before") or {}
    parts = [_part(name, value, before.get(name)) for name, value in entry.details.items() if name not in HIDDEN]
    if entry.object_type == "comment" and entry.object_id:
        parts.insert(0, gettext("kommentti %(number)s") % {"number": entry.object_id})
    return ", ".join(part for part in parts if part)


def _part(name: str, value: Any, before: Any) -> str:
    if isinstance(value, dict) and value.keys() == {"from", "to"}:
        value, before = value["to"], value["from"]
    if value in (None, "", [], {}):
        return ""
    label = str(FIELDS.get(name, name))
    was = "" if before in (None, "", [], value) else " ← " + _shown(name, before)
    return f"{label}: {_shown(name, value)}{was}"


def _shown(name: str, value: Any) -> str:
    if name == "answered":
        return dates.date(value)
    return codes.words("role", value) if name == "role" else codes.shown(value)
