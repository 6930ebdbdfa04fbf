"""The product reads comments with the library's own model, from the answer to the snapshot."""

from __future__ import annotations

import os
import threading

import pytest
from texts_data import comments

from kapula.text import labels
from kapula_web.accounts.models import Organisation
from kapula_web.jobs import services as jobs
from kapula_web.ledger import selectors
from kapula_web.texts.models import CommentAnalysis, CommentEmbedding
from kapula_web.texts.selectors import embeddings, told_of
from kapula_web.texts.services import analyse, asking
from kapula_web.texts.services.codebook import codebook_of, create_theme
from kapula_web.texts.vectors import unpacked

TEXTS = ["Jonotin puhelimessa tunnin.", "Väntade en timme i telefonen.", "Kiitos ystävällisestä palvelusta!", "", "🙂"]


@pytest.fixture(autouse=True)
def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "_nothing_waited", {})


@pytest.mark.slow
@pytest.mark.django_db
class TestTheModelOfTheHouse:
    def test_every_comment_is_read_and_reaches_the_figures(self, aurinko: Organisation) -> None:
        made = comments(aurinko, TEXTS)
        job = asking.ask_if_needed(aurinko)
        assert job is not None
        jobs.run_due()
        rows = CommentAnalysis.objects.in_bulk()
        assert set(rows) == {one.pk for one in made}
        assert all(one.sentiment in labels.SENTIMENTS for one in rows.values())
        assert {one.version for one in rows.values()} == {asking.version_of(aurinko)}
        table = selectors.comments(aurinko).to_pyarrow()
        assert table["sentiment"].null_count == 0
        ids, vectors = embeddings(aurinko, [one.pk for one in made], [analyse.library().embedding_version()])
        assert len(ids) == len(TEXTS)
        assert (vectors**2).sum(axis=1)[:3] == pytest.approx(1.0, abs=1e-5)

    def test_the_version_fits_its_column_and_meanings_outlive_a_changed_codebook(self, aurinko: Organisation) -> None:
        comments(aurinko, TEXTS[:3])
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        before = dict(CommentEmbedding.objects.values_list("pk", "version"))
        codebook = codebook_of(aurinko)
        create_theme(codebook=codebook, actor=None, fields={"names": {"fi": "Sää"}, "examples": ["Kaunis sää tänään"]})
        library = analyse.library()
        assert library.version(told_of(aurinko)) != next(
            iter(CommentAnalysis.objects.values_list("version", flat=True))
        )
        assert len(library.version(told_of(aurinko))) <= 40
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        assert dict(CommentEmbedding.objects.values_list("pk", "version")) == before

    def test_a_kept_vector_is_near_the_models_own(self, aurinko: Organisation) -> None:
        (one,) = comments(aurinko, TEXTS[:1])
        asking.ask_if_needed(aurinko)
        jobs.run_due()
        row = CommentEmbedding.objects.get(pk=one.pk)
        kept = unpacked([(row.vector, row.scale)])[0]
        assert float(kept @ analyse.library().embed(TEXTS[:1])[0]) > 0.999

    def test_corrections_give_a_head(self, aurinko: Organisation) -> None:
        texts = [f"Kaunis sää tänään, {n}" for n in range(6)] + [f"Lasku oli väärin, {n}" for n in range(6)]
        made = codebook_of(aurinko)
        theme = create_theme(codebook=made, actor=None, fields={"names": {"fi": "Sää"}, "examples": ["Kaunis sää"]})
        head = analyse.library().teach(told_of(aurinko), theme.code, texts, [True] * 6 + [False] * 6)
        assert len(head.weights) == 384
        assert head.n >= 12


class TestGivingWay:
    @pytest.mark.skipif(not hasattr(os, "getpriority"), reason="the system has no priorities")
    def test_background_reading_has_a_lower_priority_than_pages(self) -> None:
        told = analyse._thread().submit(lambda: os.getpriority(os.PRIO_PROCESS, threading.get_native_id())).result()
        assert told >= analyse.NICE
        assert os.getpriority(os.PRIO_PROCESS, threading.get_native_id()) < told or told == 19
