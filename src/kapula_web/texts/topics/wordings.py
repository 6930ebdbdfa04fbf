"""Words for what is decided of discovered themes, in the audit log."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from kapula_web.kit.codes import Text, register

AUDIT: Final[dict[str, Text]] = {
    "topics.merged": _("Lisäsi löydetyn teeman koodikirjaan"),
    "topics.dismissed": _("Hylkäsi löydetyn teeman"),
    "topics.taken_back": _("Perui päätöksen löydetystä teemasta"),
    "topics.alert_seen": _("Merkitsi nousevan aiheen nähdyksi"),
}

register("audit", AUDIT)
