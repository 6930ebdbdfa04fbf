"""Correcting the labels of comments."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from kapula.text.labels import SENTIMENTS
from kapula_web.accounts.access import needs, signed_in
from kapula_web.accounts.models import Organisation
from kapula_web.kit import toasts
from kapula_web.ledger.models import Comment
from kapula_web.texts.access import comment_of, theme_of
from kapula_web.texts.models import CodebookTheme
from kapula_web.texts.pages.comment import Shown, labels_of, shown, where_of
from kapula_web.texts.pages.theme import CHECK, read_comments
from kapula_web.texts.selectors import themes_of
from kapula_web.texts.services import correct as services
from kapula_web.texts.services.checking import draw_of
from kapula_web.texts.services.codebook import codebook_of
from kapula_web.texts.showing import pieces

LABEL: Final = "label"
"""What a row says it is on the page of one comment, where each row is a theme."""


@require_GET
@needs("see_rows")
def labels(request: HttpRequest, organisation: Organisation, comment_id: int) -> HttpResponse:
    """Every theme of one comment, and the way to say otherwise of each."""
    comment = comment_of(request.membership, comment_id)  # type: ignore[attr-defined]
    spans = [span for theme in comment.analysis.themes for span in theme["spans"]]
    context = {
        "comment": comment,
        "pieces": pieces(comment.text, comment.analysis.pii, spans),
        "where": where_of(comment),
        "labels": labels_of(comment, themes_of(organisation)),
    }
    return render(request, "texts/labels.html", context)


@require_POST
@needs("see_rows")
def correct(request: HttpRequest, organisation: Organisation, comment_id: int, code: str) -> HttpResponse:
    """``present``: 1 or 0. ``sentiment``: of the theme, or nothing to leave it as the machine said. ``list``: that the comment was on."""
    comment = comment_of(request.membership, comment_id)  # type: ignore[attr-defined]
    present, sentiment = request.POST.get("present", ""), request.POST.get("sentiment", "")
    if present not in ("0", "1") or sentiment not in ("", *SENTIMENTS):
        return HttpResponseBadRequest()
    theme = _theme(organisation, code)
    drawn = None
    if request.POST.get("list") == CHECK:
        drawn = draw_of(read_comments(request.membership), theme, comment)  # type: ignore[attr-defined]
    with _still_there():
        services.correct(
            comment=comment,
            theme=theme,
            present=present == "1",
            sentiment=sentiment or None,
            actor=signed_in(request),
            draw=drawn,
        )
    undo = reverse("texts:correction_undo", args=[organisation.slug, comment.pk, code])
    return _answer(request, comment, theme, gettext("Kiitos, korjaus on tallessa."), undo)


@require_POST
@needs("see_rows")
def take_back(request: HttpRequest, organisation: Organisation, comment_id: int, code: str) -> HttpResponse:
    comment = comment_of(request.membership, comment_id)  # type: ignore[attr-defined]
    theme = _theme(organisation, code)
    with _still_there():
        services.take_back(comment=comment, theme=theme, actor=signed_in(request))
    return _answer(request, comment, theme, gettext("Korjaus on peruttu."))


@contextmanager
def _still_there() -> Iterator[None]:
    """A comment that was erased since it was looked up is not found either."""
    try:
        yield
    except Comment.DoesNotExist as error:
        raise Http404 from error


def _theme(organisation: Organisation, code: str) -> CodebookTheme:
    theme_of(organisation, code)
    codebook_of(organisation)
    return theme_of(organisation, code)


def _answer(request: HttpRequest, comment: Comment, theme: CodebookTheme, text: str, undo: str = "") -> HttpResponse:
    """The comment's row anew where it was asked for in place; otherwise back to the page with a message."""
    row = request.POST.get("row", "")
    if request.headers.get("HX-Request") and row:
        return _row(request, shown([comment], theme)[0], text, of_theme=row == LABEL)
    toasts.done(request, text, undo=undo)
    back = request.POST.get("next") or request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}, require_https=request.is_secure()):
        return redirect(back)
    return redirect("texts:theme", theme.codebook.organisation.slug, theme.code)


def _row(request: HttpRequest, one: Shown, text: str, *, of_theme: bool) -> HttpResponse:
    """``of_theme``: the row is one of the comment's themes, else one of the theme's comments."""
    label = one.label
    told = f"{text} {label.theme.name}: {label.words}."
    context = {"one": one, "comment": one.comment, "chosen": request.POST.get("list", ""), "fresh": True, "told": told}
    return render(request, "texts/parts/corrected.html", context | ({"label": label} if of_theme else {}))
