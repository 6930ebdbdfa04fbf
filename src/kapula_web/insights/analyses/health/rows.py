"""The organisation's measures, sources and questions, a row each as the library's inventory wants them."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Count, F, Sum

from kapula.schema import ANSWER_PREFIX
from kapula.tables import fetch
from kapula_web.accounts.models import Organisation
from kapula_web.insights.models import ModelMeasure
from kapula_web.insights.openings.services import last_opened
from kapula_web.ledger.models import Import, Question, RejectedRow, Source
from kapula_web.ledger.selectors import current

OF_ONE_THING: Final = ("nps", "csat", "ces", "fcr")
"""Measures that name what is measured; the others only say how a figure is made of answers."""


def measures(organisation: Organisation, counted: bool) -> list[dict[str, Any]]:
    """The measures of the organisation's model."""
    days = last_opened(organisation) if counted else {}
    found = ModelMeasure.objects.filter(organisation=organisation, archived_at=None).select_related("owner__user")
    return [
        {"kind": "measure", "code": one.code, "owner": one.owner_name or None, "last_opened": days.get(one.pk)}
        for one in found
    ]


def sources(organisation: Organisation) -> list[dict[str, Any]]:
    """The sources, with what of theirs was received and refused."""
    taken = Import.objects.filter(organisation=organisation, state=Import.State.DONE).values("source")
    counts = taken.annotate(n=Sum(F("added") + F("updated") + F("unchanged"))).values_list("source", "n")
    refused = RejectedRow.objects.filter(
        import_run__organisation=organisation, import_run__state=Import.State.DONE, resolved_at=None
    )
    rejected = dict(refused.values("import_run__source").annotate(n=Count("pk")).values_list("import_run__source", "n"))
    received, comments = dict(counts), _comments(organisation)
    return [
        {"kind": "source", "code": one.code, "comments": comments.get(one.code, 0), **_counts(one, received, rejected)}
        for one in Source.objects.filter(organisation=organisation)
    ]


def _counts(source: Source, received: dict[int, int], rejected: dict[int, int]) -> dict[str, int]:
    """Where anything came by import: a source that answers on pages refuses nothing."""
    if source.pk not in received:
        return {}
    return {"received": received[source.pk] or 0, "rejected": rejected.get(source.pk, 0)}


def _comments(organisation: Organisation) -> dict[str, int]:
    """Source → how many comments its responses have."""
    from kapula_web.insights.figures.cache import ANSWERS

    snapshot = current(organisation)

    def count() -> dict[str, int]:
        comments, responses = snapshot.table("comments"), snapshot.table("responses")
        joined = comments.join(responses, comments.response == responses.id)
        found = fetch(joined.group_by("source").aggregate(n=joined.count()))
        return {str(row["source"]): int(row["n"]) for row in found.to_pylist()}

    kept: dict[str, int] = ANSWERS.get((snapshot.version, "health", "comments"), count)
    return kept


def questions(organisation: Organisation) -> list[dict[str, Any]]:
    """The questions, with their scale, words and last change."""
    found = Question.objects.filter(organisation=organisation, is_comment=False).prefetch_related("versions")
    rows = []
    for one in found:
        versions = list(one.versions.all())
        rows.append(
            {
                "kind": "question",
                "code": ANSWER_PREFIX + one.code,
                "measure": one.measure if one.measure in OF_ONE_THING else None,
                "low": one.low,
                "high": one.high,
                "wording": _words(one.wording),
                "changed": versions[-1].valid_from if len(versions) > 1 else None,
            }
        )
    return rows


def _words(wording: dict[str, str]) -> str | None:
    """The wording in one language, the same whoever looks: Finnish, else the first there is."""
    return wording.get("fi") or next((text for _, text in sorted(wording.items()) if text), None)
