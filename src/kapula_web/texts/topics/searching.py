"""Looking for themes the codebook misses and for topics on the rise, in the background; what is found is kept."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from kapula.text.topics import Discovery, EmergingResult, KnownTheme, discover, emerging
from kapula_web.accounts.models import Organisation, User
from kapula_web.jobs.models import Job
from kapula_web.jobs.registry import Progress
from kapula_web.jobs.services import enqueue
from kapula_web.ledger.comments import lock_comments
from kapula_web.ledger.models import Comment
from kapula_web.texts.models import CommentAnalysis
from kapula_web.texts.topics.data import Read, labelled, searched, versions_of_one_model
from kapula_web.texts.topics.forgetting import keep_what_is_said
from kapula_web.texts.topics.models import (
    OPEN,
    DiscoveredMention,
    DiscoveredTheme,
    EmergingAlert,
    TopicSearch,
)

FIND: Final = "texts.topics"
EVERY: Final = timedelta(days=7)
FALSE_ALARMS_A_YEAR: Final = 1.0
TOLD_FOR: Final = timedelta(days=60)
"""Alerts of periods older than this are not news, also when they are first met with now."""


def last_job(organisation: Organisation) -> Job | None:
    return Job.objects.filter(organisation=organisation, kind=FIND).order_by("-pk").first()


def ask(organisation: Organisation, actor: User | None = None) -> Job:
    return enqueue(
        organisation=organisation,
        kind=FIND,
        key=f"{FIND}:{organisation.pk}",
        requested_by=actor,
        organisation_id=organisation.pk,
    )


def ask_if_due(organisation: Organisation) -> Job | None:
    """Once a week, when there are comments that have been read."""
    last = TopicSearch.objects.filter(organisation=organisation).first()
    job = last_job(organisation)
    rested = job is None or job.created_at < timezone.now() - EVERY
    due = (last is None or last.at < timezone.now() - EVERY) and rested
    return ask(organisation) if due and CommentAnalysis.objects.filter(organisation=organisation).exists() else None


def search(organisation: Organisation, progress: Progress) -> dict[str, Any]:
    """Find, keep, watch; one after the other, because what was found is watched too.

    Comments that are read again by the same model leave a theme as it was: one that was dismissed stays so.
    """
    from kapula.text.reading import model_of  # brings the networks with it

    progress.report(0, 3)
    versions, now = versions_of_one_model(organisation), timezone.now()
    read, version = searched(organisation, versions), versions[0] if versions else ""
    known = [
        KnownTheme(
            one.key, tuple(one.centroid), tuple(sorted({stem for phrase in one.phrases for stem in phrase["stems"]}))
        )
        for one in DiscoveredTheme.objects.filter(organisation=organisation).exclude(centroid=[])
        if model_of(one.embedded_by) == model_of(version)
    ]
    found = discover(read.texts, read.vectors, read.days, read.themes, known, languages=read.languages)
    progress.report(1, 3)
    keep_themes(organisation, read, found, version, now)
    progress.report(2, 3)
    risen = watch(organisation, timezone.localdate())
    keep_alerts(organisation, risen, now)
    told = {name: value for name, value in found.to_dict().items() if name not in ("themes", "merged", "faded")}
    TopicSearch.objects.update_or_create(
        organisation=organisation,
        defaults={"at": now, "version": version, "found": told, "watched": _watched(risen)},
    )
    return {"themes": len(found.themes), "alerts": len(risen.current)}


@transaction.atomic
def keep_themes(organisation: Organisation, read: Read, found: Discovery, version: str, now: datetime) -> None:
    """Themes by their keys: what a person decided of one holds when it is found again."""
    there = _still_there(organisation, read)
    # In the order of their ids before any is written: whoever forgets what is gone takes them so (kapula_web.ledger.comments).
    list(DiscoveredTheme.objects.select_for_update().filter(organisation=organisation).order_by("pk").values_list("pk"))
    for theme in found.themes:
        fields = {
            "phrases": [phrase.to_dict() for phrase in theme.phrases],
            "centroid": [round(one, 5) for one in theme.centroid],
            "embedded_by": version,
            "n": theme.n,
            "share": theme.share,
            "stability": theme.stability,
            "status": theme.status,
            "months": dict(theme.months),
            "seen_at": now,
        }
        kept, _new = DiscoveredTheme.objects.update_or_create(
            organisation=organisation, key=theme.id, defaults=fields, create_defaults={**fields, "found_at": now}
        )
        kept.mentions.all().delete()
        quoted = [place for quote in theme.quotes for place in theme.comments if _same(read.texts[place], quote)][:3]
        order = [read.ids[place] for place in dict.fromkeys([*quoted, *theme.comments])]
        DiscoveredMention.objects.bulk_create(
            DiscoveredMention(theme=kept, comment_id=comment, place=number)
            for number, comment in enumerate(one for one in order if one in there)
        )
        # A phrase is found as all comments most often write it; kept as the theme's own do, or it could outlive whoever wrote it so.
        keep_what_is_said(kept)


def _still_there(organisation: Organisation, read: Read) -> set[int]:
    """Those that have not been deleted while themes were sought. They stay until the transaction ends, and so do those in which themes
    were found before: their mentions are removed here."""
    before = DiscoveredMention.objects.filter(theme__organisation=organisation).values("comment")
    chosen = Comment.objects.filter(Q(pk__in=read.ids) | Q(pk__in=before))
    return set(lock_comments(chosen, sharing_key=True))


def _same(text: str, quote: str) -> bool:
    return " ".join(text.split()) == quote


def watch(organisation: Organisation, today: date) -> EmergingResult:
    """The codebook's themes and the discovered ones that nobody has dismissed, week by week."""
    table = labelled(organisation)
    days, themes, ids = table["day"].to_pylist(), table["themes"].to_pylist(), table["comment"].to_pylist()
    extra: dict[int, list[str]] = {}
    shown = DiscoveredMention.objects.filter(theme__organisation=organisation, theme__state=OPEN)
    for comment, key in shown.values_list("comment_id", "theme__key"):
        extra.setdefault(comment, []).append(key)
    topics = [[*said, *extra.get(comment, [])] for comment, said in zip(ids, themes, strict=True)]
    return emerging(days, topics, rate=FALSE_ALARMS_A_YEAR, as_of=today)


@transaction.atomic
def keep_alerts(organisation: Organisation, risen: EmergingResult, now: datetime) -> None:
    """New alerts, and of the old ones whether they go on."""
    EmergingAlert.objects.filter(organisation=organisation).update(current=False)
    for alert in risen.alerts:
        if not alert.current and timezone.localdate(now) - date.fromisocalendar(*_week(alert.period), 1) > TOLD_FOR:
            continue
        told = alert.to_dict()
        fields = {
            name: told[name]
            for name in ("window", "count", "total", "expected", "ratio", "low", "high", "p", "current")
        }
        EmergingAlert.objects.update_or_create(
            organisation=organisation,
            topic=alert.topic,
            period=alert.period,
            defaults=fields,
            create_defaults={**fields, "found_at": now},
        )


def _week(label: str) -> tuple[int, int]:
    year, _, week = label.partition("-W")
    return int(year), int(week)


def _watched(risen: EmergingResult) -> dict[str, Any]:
    return {
        "verdict": risen.verdict,
        "needed_n": risen.needed_n,
        "topics": len(risen.topics),
        "periods": len(risen.periods),
        "rate": risen.rate,
        "warnings": list(risen.warnings),
    }
