"""Every page of an organisation lies under /o/<organisation>/; each app owns its part of the address space."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("kapula_web.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("o/<slug:organisation>/understanding/", include("kapula_web.texts.urls")),
    path("o/<slug:organisation>/", include("kapula_web.insights.urls")),
    path("o/<slug:organisation>/data/", include("kapula_web.ledger.urls")),
    path("o/<slug:organisation>/jobs/", include("kapula_web.jobs.urls")),
]
