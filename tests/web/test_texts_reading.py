"""Every comment is read in the background: once by each version of model and codebook, also when the work is cut off."""

from __future__ import annotations

import pytest
from django.db import connection
from import_files import SURVEY, imported
from texts_data import Handmade, comments, meaning, reader

from kapula_web.accounts.models import Organisation
from kapula_web.jobs import services as jobs
from kapula_web.jobs.models import Job
from kapula_web.ledger import selectors, snapshot
from kapula_web.ledger.erasure import erase_customer
from kapula_web.ledger.imports.undo import undo
from kapula_web.ledger.models import Comment, LedgerChange, Response
from kapula_web.texts import background, vectors
from kapula_web.texts.models import Codebook, CommentAnalysis, CommentEmbedding, CommentTheme, Correction
from kapula_web.texts.pages.reading import reading_of
from kapula_web.texts.selectors import embeddings, told_of
from kapula_web.texts.services import asking, keep, reading, waiting
from kapula_web.texts.services.codebook import change_theme, codebook_of

__all__ = ["reader"]
TEXTS = ["Jonotin tunnin, huono", "Ystävällinen palvelu", "Ei kommentoitavaa", "Hinta on hyvä"]


@pytest.fixture
def aurinko_says(aurinko: Organisation, reader: Handmade) -> list[Comment]:
    return comments(aurinko, TEXTS)


def read(organisation: Organisation) -> Job | None:
    """What the watch does every half a minute, and the work it asks for."""
    asked = asking.ask_if_needed(organisation)
    jobs.run_due()
    if asked is not None:
        asked.refresh_from_db()
    return asked


@pytest.mark.django_db
class TestReading:
    def test_each_comment_gets_its_labels_its_themes_and_its_place_among_meanings(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        job = read(aurinko)
        assert job is not None
        assert (job.state, job.done, job.total, job.result) == ("done", 4, 4, {"comments": 4})
        first = CommentAnalysis.objects.get(comment=aurinko_says[0])
        assert (first.sentiment, first.dimensions, first.version) == ("negative", ["ease"], asking.version_of(aurinko))
        assert first.themes == [{"code": "waiting_time", "spans": [[0, 4]], "sentiment": "negative"}]
        assert list(first.mentions.values_list("code", "sentiment", "corrected")) == [
            ("waiting_time", "negative", False)
        ]
        ids, found = embeddings(aurinko, [aurinko_says[1].pk], [reader.model])
        assert ids == [aurinko_says[1].pk]
        assert found[0] == pytest.approx(meaning(TEXTS[1]), abs=0.01)

    @pytest.mark.parametrize(
        ("perspective", "said"),
        [("customer", "Kommentteja luetaan"), ("employee", "Asiakkaiden ja henkilöstön kommentteja luetaan")],
    )
    def test_the_staffs_comments_are_named_where_they_are_counted_too(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade, perspective: str, said: str
    ) -> None:
        Response.objects.filter(comments=aurinko_says[0]).update(perspective=perspective)
        job = asking.ask_if_needed(aurinko)
        assert job is not None
        Job.objects.filter(pk=job.pk).update(state=Job.State.RUNNING, done=1)
        assert reading_of(aurinko).label.startswith(said)

    def test_what_has_been_read_is_not_read_again(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        read(aurinko)
        assert read(aurinko) is None
        comments(aurinko, ["Uusi jono"])
        read(aurinko)
        assert sorted(reader.texts) == sorted([*TEXTS, "Uusi jono"])

    def test_a_new_model_reads_everything_anew(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        read(aurinko)
        reader.model = "hand-2"
        read(aurinko)
        assert len(reader.texts) == 8
        assert len(reader.embedded) == 8
        assert set(CommentAnalysis.objects.values_list("version", flat=True)) == {asking.version_of(aurinko)}

    def test_a_changed_codebook_reads_everything_anew_but_leaves_the_meanings(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        read(aurinko)
        theme = codebook_of(aurinko).themes.get(code="price_value")
        change_theme(theme=theme, actor=None, fields={"examples": ["ei kommentoitavaa"]})
        read(aurinko)
        assert len(reader.texts) == 8
        assert len(reader.embedded) == 4
        assert CommentTheme.objects.filter(code="price_value").count() == 2

    def test_a_new_name_or_colour_reads_nothing(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        read(aurinko)
        theme = codebook_of(aurinko).themes.get(code="price_value")
        change_theme(theme=theme, actor=None, fields={"names": {"fi": "Hinnat"}, "colour": "cat-6"})
        assert read(aurinko) is None

    def test_the_oldest_version_is_read_first(self, aurinko: Organisation, reader: Handmade) -> None:
        old, older = comments(aurinko, ["vanha", "vanhin"])
        for comment, version, day in ((old, "b", 2), (older, "a", 1)):
            keep.keep(
                organisation=aurinko, version=version,
                read=[waiting.Waiting(comment.pk, comment.response_id, comment.text)],
                table=reader.analyse([comment.text], told_of(aurinko)),
            )  # fmt: skip
            CommentAnalysis.objects.filter(comment=comment).update(analysed_at=f"2026-01-0{day}T00:00:00Z")
        (new,) = comments(aurinko, ["uusi"])
        order = []
        for batch in waiting.batches(aurinko, "c", 1):
            order += [one.text for one in batch]
            CommentAnalysis.objects.filter(comment=batch[0].comment).update(version="c")
            if batch[0].comment == new.pk:
                keep.keep(
                    organisation=aurinko, read=batch, version="c",
                    table=reader.analyse(["uusi"], told_of(aurinko)),
                )  # fmt: skip
        assert order == ["uusi", "vanhin", "vanha"]


@pytest.mark.django_db
class TestInTheBackground:
    def test_it_gives_way_after_each_slice_and_goes_on_as_the_same_work(
        self, aurinko: Organisation, reader: Handmade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(background, "SLICE_SECONDS", 0.0)
        monkeypatch.setattr(reading, "BATCH", 2)
        comments(aurinko, TEXTS)
        asked = asking.ask_if_needed(aurinko)
        assert asked is not None
        first = jobs.run(asked.pk)
        assert first is not None
        assert (first.state, first.total, first.attempts) == ("queued", 4, 0)
        assert CommentAnalysis.objects.count() == 2
        jobs.run_due()
        assert Job.objects.get(kind=asking.READ).state == "done"
        assert sorted(reader.texts) == sorted(TEXTS)

    def test_a_killed_worker_loses_at_most_the_batch_at_hand(
        self, aurinko: Organisation, reader: Handmade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(reading, "BATCH", 1)
        comments(aurinko, TEXTS)
        reader.fails_at = "Ystävällinen"
        asked = asking.ask_if_needed(aurinko)
        assert asked is not None
        jobs.run(asked.pk)
        assert CommentAnalysis.objects.count() == 2
        Job.objects.filter(pk=asked.pk).update(state="running")
        reader.fails_at = ""
        assert jobs.recover(everything=True) == 1
        Job.objects.filter(pk=asked.pk).update(run_after=None)
        jobs.run_due()
        assert CommentAnalysis.objects.count() == 4
        assert len(reader.texts) == 4

    def test_stopped_by_a_person_it_rests_until_there_is_something_new(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        asked = asking.ask_if_needed(aurinko)
        assert asked is not None
        jobs.cancel(job=asked)
        assert asking.ask_if_needed(aurinko) is None
        comments(aurinko, ["Uusi"])
        assert read(aurinko) is not None
        assert CommentAnalysis.objects.count() == 5

    def test_a_failure_is_not_repeated_every_half_a_minute(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        asked = asking.ask_if_needed(aurinko)
        assert asked is not None
        Job.objects.filter(pk=asked.pk).update(state="failed", finished_at=asked.created_at)
        assert asking.ask_if_needed(aurinko) is None
        Job.objects.filter(pk=asked.pk).update(finished_at=asked.created_at - 2 * asking.AGAIN_AFTER)
        assert asking.ask_if_needed(aurinko) is not None

    def test_each_organisation_is_read_by_its_own_codebook(
        self, aurinko: Organisation, strand: Organisation, reader: Handmade
    ) -> None:
        comments(aurinko, TEXTS)
        comments(strand, ["Jono"])
        theme = codebook_of(strand).themes.get(code="waiting_time")
        change_theme(theme=theme, actor=None, fields={"examples": ["seisoin"]})
        background.watch(None)  # type: ignore[arg-type]
        jobs.run_due()
        assert CommentAnalysis.objects.filter(organisation=strand).count() == 1
        assert {one.version for one in CommentAnalysis.objects.all()} == {
            asking.version_of(aurinko), asking.version_of(strand)
        }  # fmt: skip

    def test_without_comments_there_is_nothing_to_do(self, aurinko: Organisation, reader: Handmade) -> None:
        assert asking.ask_if_needed(aurinko) is None
        assert not Codebook.objects.exists()

    def test_a_comment_that_goes_while_it_is_read_is_left_out(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        told = told_of(aurinko)
        batch = next(waiting.batches(aurinko, "x", 4))
        aurinko_says[0].delete()
        kept = keep.keep(
            organisation=aurinko, read=batch, table=reader.analyse([b.text for b in batch], told), version="x",
            vectors=reader.embed([b.text for b in batch]), embedded_by="x",
        )  # fmt: skip
        assert kept == 3
        assert CommentEmbedding.objects.count() == 3


@pytest.mark.django_db
class TestReachingTheFigures:
    def test_an_analysed_comment_reaches_the_snapshot(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        before = selectors.comments(aurinko).to_pyarrow().to_pylist()
        assert [row["themes"] for row in before] == [None] * 4
        read(aurinko)
        rows = selectors.comments(aurinko).order_by("id").to_pyarrow().to_pylist()
        assert [row["themes"] for row in rows] == [["waiting_time"], ["staff_attitude"], [], ["price_value"]]
        assert [row["theme_sentiments"] for row in rows] == [["negative"], ["positive"], [], ["positive"]]
        first = rows[0]
        assert (first["sentiment"], first["dimensions"], first["abstained"]) == ("negative", ["ease"], False)
        assert (first["intensity"], first["resolved"], first["urgent"], first["language"]) == (2, None, False, "fi")
        assert first["probability"] == pytest.approx(0.9)

    def test_figures_are_not_computed_anew_for_every_batch(
        self, aurinko: Organisation, reader: Handmade, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(background, "SLICE_SECONDS", 0.0)
        monkeypatch.setattr(reading, "BATCH", 2)
        comments(aurinko, TEXTS)
        version = selectors.data_version(aurinko)
        asked = asking.ask_if_needed(aurinko)
        assert asked is not None
        jobs.run(asked.pk)
        assert LedgerChange.objects.exists()
        assert selectors.data_version(aurinko) == version
        jobs.run_due()
        assert selectors.data_version(aurinko) != version

    def test_only_the_comments_are_written_anew(
        self, aurinko: Organisation, aurinko_says: list[Comment], reader: Handmade
    ) -> None:
        before = selectors.current(aurinko).manifest
        read(aurinko)
        after = snapshot.refresh(aurinko.pk)
        assert before.files("responses") == after.files("responses")
        assert before.files("comments") != after.files("comments")

    def test_erasing_a_person_takes_all_that_was_understood_along(
        self, aurinko: Organisation, reader: Handmade
    ) -> None:
        (theirs,) = comments(aurinko, ["Jono"], customer="K-1")
        comments(aurinko, ["Jono"], customer="K-2")
        read(aurinko)
        Correction.objects.create(
            organisation=aurinko, comment=theirs, code="waiting_time", present=True, held_out=False,
            made_at=theirs.response.received_at,
        )  # fmt: skip
        erase_customer(organisation=aurinko, customer="K-1", actor=None)
        for model in (CommentAnalysis, CommentEmbedding, CommentTheme):
            assert model._default_manager.count() == 1
        assert not Correction.objects.exists()
        assert [row["text"] for row in selectors.comments(aurinko).to_pyarrow().to_pylist()] == ["Jono"]


class TestVectors:
    def test_a_vector_is_kept_in_a_byte_for_each_direction(self) -> None:
        data, scale = vectors.packed(meaning("jonotin kauan puhelimessa"))
        assert len(data) == 384
        assert vectors.unpacked([(data, scale)])[0] == pytest.approx(meaning("jonotin kauan puhelimessa"), abs=0.005)

    def test_no_words_have_no_direction(self) -> None:
        data, scale = vectors.packed(meaning(""))
        assert vectors.unpacked([(data, scale)]).tolist() == [[0.0] * 384]


@pytest.mark.django_db
class TestImports:
    def test_undoing_an_import_takes_what_was_understood_along(self, aurinko: Organisation, reader: Handmade) -> None:
        run = imported(aurinko, SURVEY)
        read(aurinko)
        assert CommentAnalysis.objects.count() == 3
        undo(run=run, actor=None)
        for model in (Comment, CommentAnalysis, CommentEmbedding, CommentTheme):
            assert not model._default_manager.exists()
        connection.check_constraints()

    def test_a_comment_said_otherwise_is_read_again_and_the_others_stand(
        self, aurinko: Organisation, reader: Handmade
    ) -> None:
        imported(aurinko, SURVEY)
        read(aurinko)
        imported(aurinko, SURVEY.replace("Jonotin tunnin", "Ystävällinen"), name="uusi.csv")
        connection.check_constraints()
        assert CommentAnalysis.objects.count() == 2
        reader.texts.clear()
        read(aurinko)
        assert reader.texts == ["Ystävällinen"]
        assert [row["themes"] for row in selectors.comments(aurinko).to_pyarrow().to_pylist()].count(
            ["waiting_time"]
        ) == 0
