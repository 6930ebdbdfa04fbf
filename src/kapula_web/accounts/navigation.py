"""The organisation's own settings, for those who manage it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kapula_web.kit.navigation import place

place("settings", _("Asetukset"), "organisation_settings", right="manage", order=100, group="settings", icon="settings")
