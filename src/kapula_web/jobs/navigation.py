from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from kapula_web.jobs.selectors import waiting_count
from kapula_web.kit.navigation import place

place("jobs", _("Taustatyöt"), "jobs:jobs", right="see", order=10, group="bell", icon="bell", count=waiting_count)
