"""The page of what is spoken of, and what is decided on it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kapula_web.accounts.access import needs, signed_in
from kapula_web.accounts.models import Organisation
from kapula_web.kit import toasts
from kapula_web.texts.services.names import NameTakenError
from kapula_web.texts.topics import deciding, searching
from kapula_web.texts.topics.access import alert_of, discovered
from kapula_web.texts.topics.models import DISMISSED, MERGED, DiscoveredTheme
from kapula_web.texts.topics.page import Asked, context
from kapula_web.texts.wordings import name_taken


@require_GET
@needs("see")
def topics(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    membership = request.membership  # type: ignore[attr-defined]
    return render(request, "texts/topics/topics.html", context(membership, Asked.read(request.GET.dict())))


@require_POST
@needs("model")
def find(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    searching.ask(organisation, signed_in(request))
    toasts.done(request, gettext("Uusia teemoja etsitään taustalla. Sivun voi sulkea."))
    return redirect("texts:topics", organisation.slug)


@require_POST
@needs("model")
def merge(request: HttpRequest, organisation: Organisation, key: str) -> HttpResponse:
    theme = discovered(organisation, key)
    try:
        made = deciding.merge(theme=theme, actor=signed_in(request))
    except NameTakenError as error:
        toasts.failed(request, name_taken(error.theme))
        return redirect("texts:topics", organisation.slug)
    except deciding.TooFewSaidError:
        text = gettext("Teemaa ei voi lisätä koodikirjaan: yhtäkään sen lauseista ei ole sanonut kaksi eri asiakasta.")
        toasts.failed(request, text)
        return redirect("texts:topics", organisation.slug)
    if made is None:
        return _decided_already(request, theme)
    undo = reverse("texts:topic_back", args=[organisation.slug, key])
    toasts.done(
        request,
        gettext("%(name)s on nyt koodikirjassa. Kommentit luetaan uudelleen taustalla.") % {"name": made.name},
        undo=undo,
    )
    return redirect("texts:theme", organisation.slug, made.code)


@require_POST
@needs("model")
def dismiss(request: HttpRequest, organisation: Organisation, key: str) -> HttpResponse:
    theme = discovered(organisation, key)
    if not deciding.dismiss(theme=theme, actor=signed_in(request)):
        return _decided_already(request, theme)
    undo = reverse("texts:topic_back", args=[organisation.slug, key])
    toasts.done(request, gettext("Teemaa ei enää ehdoteta."), undo=undo)
    return redirect("texts:topics", organisation.slug)


@require_POST
@needs("model")
def back(request: HttpRequest, organisation: Organisation, key: str) -> HttpResponse:
    deciding.take_back(theme=discovered(organisation, key), actor=signed_in(request))
    toasts.done(request, gettext("Teema on taas ehdotettujen joukossa."))
    return redirect("texts:topics", organisation.slug)


def _decided_already(request: HttpRequest, theme: DiscoveredTheme) -> HttpResponse:
    """A second click, or a page older than another person's decision: what holds, and on the page how to change it."""
    told = {
        MERGED: gettext("%(name)s on jo lisätty koodikirjaan. Ellei se ole teema, poista se käytöstä koodikirjassa."),
        DISMISSED: gettext("%(name)s on jo hylätty, eikä sitä enää ehdoteta."),
    }
    toasts.failed(request, told[theme.state] % {"name": theme.name})
    return redirect("texts:topics", theme.organisation.slug)


@require_POST
@needs("model")
def seen(request: HttpRequest, organisation: Organisation, alert: int) -> HttpResponse:
    deciding.seen(alert=alert_of(organisation, alert), actor=signed_in(request))
    toasts.done(request, gettext("Hälytys on merkitty nähdyksi."))
    return redirect("texts:topics", organisation.slug)
