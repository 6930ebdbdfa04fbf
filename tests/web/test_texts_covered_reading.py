"""Labels and meanings are read from what the page shows: neither a search by meaning nor a theme of one's own finds what is covered."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from texts_data import Handmade, comments, meaning, reader

from kapula.text.codebook import Codebook, default
from kapula.text.personal import find
from kapula.text.reading import version
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Comment
from kapula_web.texts.masking import blanked
from kapula_web.texts.models import CodebookTheme, CommentAnalysis, CommentEmbedding, CommentTheme
from kapula_web.texts.selectors import embeddings
from kapula_web.texts.services import analyse, reading, teaching
from kapula_web.texts.services.codebook import codebook_of, create_theme
from kapula_web.texts.services.correct import correct, is_held_out
from kapula_web.texts.services.previewing import trial

__all__ = ["reader"]
SAID = "Liisa Virtanen auttoi, jono oli pitkä, soittakaa 040 555 0199"
PLAIN = "Avusta kiitos"
COVERED = ("liisa", "virtanen", "040 555 0199", "0199")


class Finding(Handmade):
    """Finds personal data too, as the library does."""

    def analyse(self, texts: Sequence[str], codebook: Codebook) -> pa.Table:
        table = super().analyse(texts, codebook)
        found = [[{"type": one.type, "start": one.start, "end": one.end} for one in find(text)] for text in texts]
        rows = [row | {"pii": pii} for row, pii in zip(table.to_pylist(), found, strict=True)]
        return pa.Table.from_pylist(rows, schema=table.schema)


@pytest.fixture
def finding(reader: Handmade, monkeypatch: pytest.MonkeyPatch) -> Finding:
    made = Finding()
    for door in ("library", "library_behind"):
        monkeypatch.setattr(analyse, door, lambda: made)
    return made


@pytest.fixture
def said(aurinko: Organisation, finding: Finding) -> Comment:
    made = comments(aurinko, [SAID, PLAIN])
    read(aurinko)
    return made[0]


def read(organisation: Organisation) -> None:
    assert reading.read_waiting(organisation, lambda done, total: None, lambda: True)[0]


def nearness(organisation: Organisation, comment: Comment, asked: str) -> float:
    _, (vector,) = embeddings(organisation, [comment.pk], [comment.embedding.version])
    return float(np.dot(vector, meaning(asked)))


def draft(organisation: Organisation, *examples: str) -> CodebookTheme:
    return CodebookTheme(codebook=codebook_of(organisation), code="draft", names={"fi": "Oma"}, examples=[*examples])


@pytest.mark.parametrize("asked", COVERED)
def test_the_meaning_of_what_is_covered_is_near_no_comment(aurinko: Organisation, said: Comment, asked: str):
    assert nearness(aurinko, said, asked) == pytest.approx(0, abs=1e-6)


def test_the_meaning_of_what_is_shown_is(aurinko: Organisation, said: Comment):
    assert nearness(aurinko, said, "jono oli pitkä") > 0.5
    assert CommentEmbedding.objects.count() == 2


@pytest.mark.parametrize("asked", COVERED)
def test_a_preview_does_not_tell_what_is_covered(aurinko: Organisation, said: Comment, asked: str):
    tried = trial(Comment.objects.select_related("analysis"), None, draft(aurinko, asked))
    assert (tried.n, tried.after, tried.gained) == (2, 0, [])


def test_a_preview_tells_what_is_shown_and_where(aurinko: Organisation, said: Comment):
    tried = trial(Comment.objects.select_related("analysis"), None, draft(aurinko, "soittakaa"))
    ((found, spans),) = tried.gained
    assert (found, [SAID[start:end] for start, end in spans]) == (said, ["soittakaa"])


def test_a_theme_of_ones_own_finds_nothing_covered_when_comments_are_read_again(aurinko: Organisation, said: Comment):
    fields = {"names": {"fi": "Oma"}, "examples": [*COVERED], "colour": "cat-1"}
    create_theme(codebook=codebook_of(aurinko), actor=None, fields=fields)
    read(aurinko)
    assert list(CommentTheme.objects.values_list("code", flat=True)) == ["waiting_time"]


def test_places_are_those_of_the_comment_as_it_was_written(said: Comment):
    analysis = CommentAnalysis.objects.get(pk=said.pk)
    assert [SAID[start:end] for theme in analysis.themes for start, end in theme["spans"]] == ["jono"]
    assert [SAID[one["start"] : one["end"]] for one in analysis.pii] == ["Liisa Virtanen", "040 555 0199"]
    assert len(blanked(SAID, analysis.pii)) == len(SAID)


def test_what_is_covered_teaches_nothing(aurinko: Organisation, finding: Finding):
    theme = codebook_of(aurinko).themes.get(code="waiting_time")
    texts = [text for text in (f"{SAID}, kerta {number}" for number in range(60)) if not is_held_out(text)]
    made = comments(aurinko, texts[: teaching.NEEDED + 2])
    read(aurinko)
    for place, one in enumerate(made):
        correct(comment=one, theme=theme, present=place % 2 == 0, sentiment=None, actor=None)
    finding.embedded.clear()
    assert teaching.teach(aurinko, "waiting_time") is not None
    assert len(finding.embedded) == len(made)
    assert not any("Virtanen" in text or "0199" in text for text in finding.embedded)


def test_what_was_read_with_them_is_read_again():
    """The version of the product's own reading is another than the library's, by which it was read before."""
    told: Any = analyse.Installed()
    assert told.version(default()) != version(default())
    assert told.embedding_version() != version(Codebook(()))
    assert all(
        len(told.version(default())) <= model._meta.get_field("version").max_length
        for model in (CommentAnalysis, CommentEmbedding)
    )
