"""The front door, a person's own choices, invitations, and an organisation's settings."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from kapula_web.accounts.views import home, invitations, log, look, organisation, people

settings: list[URLPattern | URLResolver] = [
    path("", organisation.settings, name="organisation_settings"),
    path("teams/", organisation.teams, name="teams"),
    path("teams/<int:team>/", organisation.team, name="team"),
    path("teams/<int:team>/archive/", organisation.archive_team, name="team_archive"),
    path("teams/<int:team>/restore/", organisation.restore_team, name="team_restore"),
    path("people/", people.people, name="people"),
    path("people/invite/", invitations.invite, name="invite"),
    path("people/<int:person>/", people.person, name="person"),
    path("people/<int:person>/remove/", people.remove_person, name="person_remove"),
    path("people/removed/<int:user>/restore/", people.restore_person, name="person_restore"),
    path("invitations/<int:invitation>/resend/", invitations.resend, name="invitation_resend"),
    path("invitations/<int:invitation>/withdraw/", invitations.withdraw, name="invitation_withdraw"),
    path("invitations/<int:invitation>/reopen/", invitations.reopen, name="invitation_reopen"),
    path("log/", log.log, name="audit_log"),
    path("log.csv", log.log_csv, name="audit_log_csv"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home.home, name="home"),
    path("organisations/", home.chooser, name="organisation_chooser"),
    path("organisations/new/", home.new_organisation, name="organisation_new"),
    path("me/", home.person_settings, name="person_settings"),
    path("language/", look.set_language, name="set_language"),
    path("theme/", look.set_theme, name="set_theme"),
    path("invitation/<str:token>/", invitations.invitation, name="invitation"),
    path("o/<slug:organisation>/settings/", include(settings)),
]
