"""The door to what was found: another organisation's is not found."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from kapula_web.accounts.models import Organisation
from kapula_web.texts.topics.models import DiscoveredTheme, EmergingAlert


def discovered(organisation: Organisation, key: str) -> DiscoveredTheme:
    return get_object_or_404(DiscoveredTheme.objects.select_related("organisation"), organisation=organisation, key=key)


def alert_of(organisation: Organisation, alert: int) -> EmergingAlert:
    return get_object_or_404(EmergingAlert.objects.select_related("organisation"), organisation=organisation, pk=alert)
