"""One theme: its page, and the form that changes it or makes a new one, with a look at how comments would be coded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from kapula.text.labels import THEMES
from kapula_web.accounts.access import needs, signed_in
from kapula_web.accounts.models import Organisation
from kapula_web.jobs.models import Job
from kapula_web.kit import toasts
from kapula_web.texts.access import theme_of
from kapula_web.texts.forms import ThemeForm
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.pages.preview import preview_of
from kapula_web.texts.pages.theme import theme_context
from kapula_web.texts.services import codebook as services
from kapula_web.texts.services import trying
from kapula_web.texts.services.names import NameTakenError, names_taken


@needs("see")
def theme(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    found = theme_of(organisation, code)
    asked = request.GET
    context = theme_context(request.membership, found, asked.get("list", ""), asked.get("page", "1"))  # type: ignore[attr-defined]
    return render(request, "texts/theme.html", context)


@needs("model")
def create(request: HttpRequest, organisation: Organisation) -> HttpResponse:
    form = ThemeForm(request.POST or None, initial=_suggested(request), taken=names_taken(organisation))
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return _form(request, organisation, form, None)
        codebook = services.codebook_of(organisation)
        try:
            made = services.create_theme(codebook=codebook, actor=signed_in(request), fields=form.cleaned())
        except NameTakenError as error:
            form.refuse(error)
            return _form(request, organisation, form, None)
        undo = reverse("texts:theme_retire", args=[organisation.slug, made.code])
        toasts.done(request, gettext("%(name)s on nyt koodikirjassa.") % {"name": made.name}, undo=undo)
        return redirect("texts:theme", organisation.slug, made.code)
    return _form(request, organisation, form, None)


@needs("model")
def change(request: HttpRequest, organisation: Organisation, code: str) -> HttpResponse:
    found = theme_of(organisation, code)
    taken = names_taken(organisation, but=code)
    form = ThemeForm(request.POST or None, theme=found, known=code in THEMES, taken=taken)
    if request.method == "POST" and form.is_valid():
        if "preview" in request.POST:
            return _form(request, organisation, form, found)
        services.codebook_of(organisation)
        kept = theme_of(organisation, code)
        fields, seen = form.cleaned(), form.cleaned_data["seen"]
        try:
            services.change_theme(theme=kept, actor=signed_in(request), fields=fields, seen=seen)
        except NameTakenError as error:
            form.refuse(error)
            return _form(request, organisation, form, found)
        except services.ThemeChangedError:
            return _as_it_is(request, kept, taken)
        toasts.done(request, gettext("%(name)s on muutettu.") % {"name": kept.name})
        return redirect("texts:theme", organisation.slug, code)
    return _form(request, organisation, form, found)


@needs("model")
def tried(request: HttpRequest, organisation: Organisation, job: int) -> HttpResponse:
    """The look at past comments in its place; nothing to put there while it is on its way."""
    asked = get_object_or_404(Job, kind=trying.TRY, organisation=organisation, pk=job)
    found = preview_of(request.membership, asked)  # type: ignore[attr-defined]
    if found.get("waits"):
        return HttpResponse(status=204)
    return render(request, "texts/parts/preview.html", {"preview": found})


def _form(
    request: HttpRequest, organisation: Organisation, form: ThemeForm, theme: CodebookTheme | None
) -> HttpResponse:
    """The form; with a look at past comments when one was asked for and the form says enough."""
    in_place = request.headers.get("HX-Target") == "preview"
    if form.errors:
        form.lead_to_errors()
    context: dict[str, Any] = {"form": form, "parts": form.groups(), "about": theme}
    if form.errors:
        return _again(request, context) if in_place else render(request, "texts/theme_form.html", context, status=422)
    if form.is_bound:
        membership = request.membership  # type: ignore[attr-defined]
        context["preview"] = preview_of(membership, trying.ask(membership, theme, form.cleaned()))
        context["mended"] = in_place and "mending" in request.POST
    return render(request, "texts/parts/theme_tried.html" if in_place else "texts/theme_form.html", context)


def _as_it_is(request: HttpRequest, theme: CodebookTheme, taken: Mapping[str, str]) -> HttpResponse:
    """The theme as somebody else, or an erasure, has left it while this person was changing it."""
    form = ThemeForm(theme=theme, known=theme.code in THEMES, taken=taken)
    told = gettext("Teema on muuttunut sillä aikaa, kun muutit sitä. Tässä se on nyt: tee muutoksesi siihen.")
    context = {"form": form, "parts": form.groups(), "about": theme, "changed": told}
    return render(request, "texts/theme_form.html", context, status=409)


def _again(request: HttpRequest, context: dict[str, Any]) -> HttpResponse:
    """The form with its errors, in place of the one on the page: htmx shows nothing of an answer whose status says that it failed."""
    response = render(request, "texts/parts/theme_again.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = "#theme-form", "outerHTML"
    return response


def _suggested(request: HttpRequest) -> dict[str, str]:
    """A name and phrases given in the address, as when a discovered theme is taken into the codebook."""
    return {name: request.GET[name] for name in ("name_fi", "examples") if name in request.GET}
