"""Pages of the codebook, and of what people correct."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from pages import Page
from texts_data import Handmade, comments

from kapula_web.accounts.models import Organisation, Team
from kapula_web.jobs.models import Job
from kapula_web.texts.models import Codebook, CodebookTheme, TaughtHead
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import asking, keep, trying
from kapula_web.texts.services.codebook import codebook_of
from kapula_web.texts.services.waiting import batches

TEXTS = ["Jonotin tunnin, huono palvelu"] * 12 + ["Ystävällinen palvelu"] * 6 + ["Ei kommentoitavaa"] * 6
THEME = {"name_fi": "Palautus", "examples": "palautin tuotteen", "colour": "cat-3"}


def read(organisation: Organisation) -> dict[str, Any]:
    """Comments of the helpline, which Leo leads, as they are when they have been read."""
    made = comments(organisation, TEXTS)
    team, _ = Team.objects.get_or_create(organisation=organisation, code="helpline", defaults={"name": "Puhelin"})
    for one in made:
        one.response.team = team
        one.response.save()
    reader, told = Handmade(), told_of(organisation)
    version = asking.version_of(organisation)
    for batch in batches(organisation, version, 100):
        texts = [one.text for one in batch]
        keep.keep(
            organisation=organisation, read=batch, table=reader.analyse(texts, told), version=version,
            vectors=reader.embed(texts), embedded_by=reader.model,
        )  # fmt: skip
    return {}


def being_read(organisation: Organisation) -> dict[str, Any]:
    comments(organisation, TEXTS)
    job = asking.ask(organisation)
    Job.objects.filter(pk=job.pk).update(state="running", done=8, total=24)
    return {}


def a_theme(organisation: Organisation) -> dict[str, Any]:
    read(organisation)
    taught(codebook_of(organisation))
    return {"code": "waiting_time"}


def taught(codebook: Codebook) -> TaughtHead:
    return TaughtHead.objects.create(
        codebook=codebook, code="waiting_time", head={"weights": [0.0] * 384, "bias": 0.0, "trust": 1.0, "n": 16, "tier": "careful"},
        n=16, held_out=8, f1_before=0.71, low_before=0.5, high_before=0.85, f1_after=0.8, low_after=0.66, high_after=0.89,
        used=False, at=datetime(2026, 3, 2, tzinfo=UTC),
    )  # fmt: skip


def a_retired_theme(organisation: Organisation) -> dict[str, Any]:
    codebook = codebook_of(organisation)
    CodebookTheme.objects.filter(codebook=codebook, code="facilities").update(
        retired_at=datetime(2026, 3, 2, tzinfo=UTC)
    )
    return {"code": "facilities"}


def a_comment(organisation: Organisation) -> dict[str, Any]:
    read(organisation)
    found = organisation.commentanalysis_set.first()
    assert found is not None
    return {"comment_id": found.pk}


def a_label(organisation: Organisation) -> dict[str, Any]:
    return a_comment(organisation) | {"code": "waiting_time"}


def a_trial(organisation: Organisation) -> dict[str, Any]:
    job = Job.objects.create(
        organisation=organisation, kind=trying.TRY, state=Job.State.DONE,
        result={"n": 24, "before": 0, "after": 6, "new": True, "gained": 6, "lost": 0, "gaining": [], "losing": []},
    )  # fmt: skip
    return {"job": job.pk}


PAGES = [
    Page("texts:codebook", "see", make=read),
    Page("texts:reading", "see", make=being_read, looks=False),
    Page("texts:read_on", "model", make=read, method="POST"),
    Page("texts:theme_create", "model", make=read, posts=True, data=THEME),
    Page("texts:theme_tried", "model", make=a_trial, looks=False),
    Page("texts:theme", "see", make=a_theme),
    Page("texts:theme_change", "model", make=a_theme, posts=True, data=THEME),
    Page("texts:theme_up", "model", make=a_theme, method="POST"),
    Page("texts:theme_down", "model", make=a_theme, method="POST"),
    Page("texts:theme_retire", "model", make=a_theme, method="POST"),
    Page("texts:theme_restore", "model", make=a_retired_theme, method="POST"),
    Page("texts:labels", "see_rows", make=a_comment),
    Page("texts:correct", "see_rows", make=a_label, method="POST", data={"present": "0", "sentiment": ""}),
    Page("texts:correction_undo", "see_rows", make=a_label, method="POST"),
]
