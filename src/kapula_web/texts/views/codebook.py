"""The codebook's pages: the list of themes, and what changes it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kapula_web.accounts.access import may, needs, signed_in
from kapula_web.accounts.models import Organisation
from kapula_web.kit import toasts
from kapula_web.texts.access import theme_of
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.pages.codebook import codebook_context
from kapula_web.texts.pages.reading import reading_of
from kapula_web.texts.services import asking
from kapula_web.texts.services import codebook as services
from kapula_web.texts.services.names import NameTakenError


@require_GET
@needs("see")
def codebook(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    return render(request, "texts/codebook.html", codebook_context(request.membership))  # type: ignore[attr-defined]


@require_GET
@needs("see")
def reading(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """How far the reading is, as a fragment that asks for itself again while it goes on."""
    membership = request.membership  # type: ignore[attr-defined]
    standing = reading_of(organisation)
    context = {"reading": standing, "may_change": may(membership, "model")}
    response = render(request, "texts/parts/reading.html", context)
    if standing.state == "done":
        response["HX-Refresh"] = "true"  # the figures around it are old now
    return response


@require_POST
@needs("model")
def read_on(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    """Go on with what was stopped, or try again what failed."""
    asking.ask(organisation, actor=signed_in(request), version=asking.version_of(organisation))
    toasts.done(request, gettext("Kommentteja luetaan taustalla. Sivun voi sulkea."))
    return redirect("texts:codebook", organisation.slug)


@require_POST
@needs("model")
def move(request: HttpRequest, organisation: Organisation, code: str, steps: int) -> HttpResponse:
    theme = _kept(organisation, code)
    services.move_theme(theme=theme, actor=signed_in(request), steps=steps)
    return redirect(f"{reverse('texts:codebook', args=[organisation.slug])}#{theme.code}")


@require_POST
@needs("model")
def retire(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    theme = _kept(organisation, code)
    services.retire_theme(theme=theme, actor=signed_in(request))
    undo = reverse("texts:theme_restore", args=[organisation.slug, theme.code])
    toasts.done(request, gettext("%(name)s ei ole enää käytössä.") % {"name": theme.name}, undo=undo)
    return redirect("texts:codebook", organisation.slug)


@require_POST
@needs("model")
def restore(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    theme = _kept(organisation, code, retired=True)
    try:
        services.restore_theme(theme=theme, actor=signed_in(request))
    except NameTakenError as error:
        text = gettext("Koodikirjassa on jo teema %(name)s. Anna sille ensin toinen nimi.")
        toasts.failed(request, text % {"name": error.theme})
        return redirect("texts:codebook", organisation.slug)
    toasts.done(request, gettext("%(name)s on taas käytössä.") % {"name": theme.name})
    return redirect("texts:codebook", organisation.slug)


def _kept(organisation: Organisation, code: str, *, retired: bool = False) -> CodebookTheme:
    """The theme in the organisation's own codebook, which is made now if it has none."""
    theme_of(organisation, code, retired=retired)
    services.codebook_of(organisation)
    return theme_of(organisation, code, retired=retired)
