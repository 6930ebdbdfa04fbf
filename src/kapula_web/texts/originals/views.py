"""The page of an original. Opening it shows the covered words; only asking for the original, which is a deed, shows and logs it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from kapula_web.accounts.access import needs, signed_in
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Comment
from kapula_web.texts.access import visible_comments
from kapula_web.texts.masking import covered, personal_of
from kapula_web.texts.originals.services import look
from kapula_web.texts.pages.comment import where_of


@never_cache
@require_http_methods(["GET", "POST"])
@needs("see_rows")
def original(request: HttpRequest, organisation: Organisation, comment_id: int) -> HttpResponse:
    found = visible_comments(request.membership).select_related(  # type: ignore[attr-defined]
        "analysis", "response__touchpoint", "response__team", "response__organisation", "response__source"
    )
    comment = get_object_or_404(found, pk=comment_id)
    try:
        shown = look(comment=comment, actor=signed_in(request)) if request.method == "POST" else ""
    except Comment.DoesNotExist as error:
        raise Http404 from error
    personal = personal_of(comment)
    context = {
        "comment": comment,
        "masked": covered(comment.text, personal),
        "hides": bool(personal),
        "original": shown,
        "where": where_of(comment),
    }
    return render(request, "texts/originals/original.html", context)
