"""What is covered on the page cannot be searched for: the index holds the words that are shown, before the machine has read a comment,
after it, and when it reads the comment again."""

from __future__ import annotations

import pytest
from django.db import connection
from explorer_data import written
from texts_data import Handmade, comments, reader

from kapula.text.personal import find
from kapula_web.accounts.models import Organisation
from kapula_web.ledger.models import Comment
from kapula_web.texts.explorer.index import catch_up, forget, read, search, waiting
from kapula_web.texts.models import CommentAnalysis

__all__ = ["reader"]
SAID = "Kiitos Liisa Virtaselle avusta, soittakaa 040 555 0199 tai 0405550199 heti."
COVERED = [{"type": one.type, "start": one.start, "end": one.end} for one in find(SAID)]
SHOWN = ("kiitos", "avusta", "soittakaa", "heti")


def found(asked: str) -> list[int]:
    answer = search(read(asked))
    assert not answer.but
    return answer.ids.tolist()


def excluded(asked: str) -> list[int]:
    answer = search(read(asked))
    assert answer.but
    return answer.ids.tolist()


@pytest.fixture
def said(aurinko: Organisation, reader: Handmade) -> Comment:
    (made,) = written(aurinko, [SAID], personal=COVERED)
    return made


@pytest.mark.parametrize(
    "asked",
    ["5550199", "0405550199", "040", "555", "0199", "555*", "0*", "liisa", "virtanen", "virta*", '"liisa virtanen"'],
)
def test_what_is_covered_is_not_found(said: Comment, asked: str):
    assert found(asked) == []
    assert found(f"kiitos {asked}") == []
    assert excluded(f"-{asked}") == []


def test_what_is_shown_is_found(said: Comment):
    assert all(found(word) == [said.pk] for word in SHOWN)


def test_words_around_what_is_covered_are_no_phrase(said: Comment):
    assert found('"kiitos avusta"') == []
    assert found('"avusta soittakaa"') == [said.pk]


def test_a_word_of_which_a_part_is_covered_is_left_out(aurinko: Organisation, reader: Handmade):
    (made,) = written(aurinko, ["Oma hetu131052 katosi"], personal=[{"type": "hetu", "start": 8, "end": 14}])
    assert found("hetu131052") == found("hetu*") == []
    assert found("katosi") == [made.pk]


def test_a_comment_the_machine_has_not_read_is_covered_too(aurinko: Organisation):
    (made,) = comments(aurinko, [SAID])
    catch_up()
    assert found("5550199") == found("liisa") == []
    assert found("soittakaa") == [made.pk]


def test_when_a_comment_is_read_again_its_words_are_put_in_anew(aurinko: Organisation, said: Comment):
    analysis = CommentAnalysis.objects.filter(pk=said.pk)
    analysis.update(pii=[])
    assert (found("soittakaa"), waiting(aurinko.pk)) == ([], 1)
    catch_up()
    assert (found("5550199"), found("0405550199"), waiting(aurinko.pk)) == ([], [said.pk], 0)
    analysis.update(pii=COVERED)
    assert found("0405550199") == []
    catch_up()
    assert (found("0405550199"), found("soittakaa")) == ([], [said.pk])


def test_reading_it_again_with_the_same_result_changes_nothing(aurinko: Organisation, said: Comment):
    CommentAnalysis.objects.filter(pk=said.pk).update(pii=COVERED, version="another")
    assert catch_up() == 0


def test_the_first_reading_takes_away_what_it_covers_at_once(aurinko: Organisation, reader: Handmade):
    plain, named = comments(aurinko, ["Palvelu sujui", "Palvelija oli Zorbas"])
    catch_up()
    assert found("zorbas") == [named.pk]  # a name that nothing told
    _read(aurinko, plain, [])
    _read(aurinko, named, [{"type": "name", "start": 14, "end": 20}])
    assert found("zorbas") == []
    assert found("sujui") == [
        plain.pk
    ]  # the other stays findable, though its language is now known and it is read anew
    assert waiting(aurinko.pk) == 1
    assert catch_up() == 2
    assert found("palvelija") == [named.pk]


def _read(organisation: Organisation, comment: Comment, pii: list[dict[str, object]]) -> None:
    CommentAnalysis.objects.create(
        comment=comment, organisation=organisation, version="v", language="fi", sentiment="neutral", probability=0.9, abstained=False,
        intensity=0, emotion="none", churn_risk=False, urgent=False, suggestion=False, pii=pii, analysed_at=comment.response.occurred_at,
    )  # fmt: skip


def test_the_language_the_machine_tells_is_the_one_of_the_stems(aurinko: Organisation, reader: Handmade):
    (made,) = written(aurinko, ["Väntetiden var för lång"])
    CommentAnalysis.objects.filter(pk=made.pk).update(language="sv")
    assert catch_up() == 1
    assert found("väntetid") == [made.pk]


def test_without_its_analysis_a_comment_is_looked_through_again(said: Comment):
    CommentAnalysis.objects.filter(pk=said.pk).update(pii=[])
    catch_up()
    CommentAnalysis.objects.filter(pk=said.pk).delete()
    assert found("0405550199") == []
    catch_up()
    assert (found("0405550199"), found("soittakaa")) == ([], [said.pk])


def test_an_index_that_holds_what_is_covered_is_made_anew(said: Comment):
    """One made before covered words were left out bears the stems' version alone."""
    from kapula.text import stems

    with connection.cursor() as cursor:
        cursor.execute("UPDATE texts_index SET version = %s", [stems.version()])
    assert catch_up() == 1
    assert catch_up() == 0


def test_words_whose_comment_is_gone_are_forgotten(said: Comment):
    left = {
        "sqlite": "INSERT INTO texts_words (rowid, stems, parts, forms) VALUES (987654, 'zorb', '', 'zorbas')",
        "postgresql": "INSERT INTO texts_words (comment_id, words) VALUES (987654, $$'zorbas':1$$)",
    }
    with connection.cursor() as cursor:
        cursor.execute(left[connection.vendor])
        cursor.execute("INSERT INTO texts_unread (comment_id) VALUES (987654)")
    assert found("zorbas*") == [987654]
    forget()
    assert found("zorbas*") == []
    assert found("soittakaa") == [said.pk]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM texts_unread")
        assert cursor.fetchone() == (0,)
