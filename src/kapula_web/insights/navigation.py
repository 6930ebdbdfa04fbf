"""The first page and the measures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kapula_web.kit.navigation import place

place("now", _("Nyt"), "insights:overview", right="see", order=10, icon="now", exact=True)
place("model", _("Mittarit"), "insights:model", right="see", order=50, icon="measures")
