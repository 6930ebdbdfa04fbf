"""The codebook, in the rail beside the understanding it serves."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kapula_web.kit.navigation import place

place("codebook", _("Koodikirja"), "texts:codebook", right="see", order=54, icon="dot")
