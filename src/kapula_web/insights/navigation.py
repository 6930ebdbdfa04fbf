"""The first page, the measures and the questions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kapula_web.kit.navigation import place

place("now", _("Nyt"), "insights:overview", right="see", order=10, icon="now", exact=True)
place("model", _("Mittarit"), "insights:model", right="see", order=45, icon="measures")
place("understanding", _("Ymmärrys"), "insights:questions", right="see", order=50, icon="insight")
