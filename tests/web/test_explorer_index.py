"""Finding comments by their words: the index says what the ledger says, at every moment."""

from __future__ import annotations

import pytest
from django.db import connection
from texts_data import comments

from kapula_web.accounts.models import Organisation
from kapula_web.ledger.erasure import erase_customer
from kapula_web.ledger.imports.dialect import execute
from kapula_web.ledger.models import Comment
from kapula_web.texts.explorer.index import catch_up, read, search, waiting

TEXTS = (
    "Jonotin puhelimessa tunnin ja jonotusaika oli kohtuuton.",
    "Asiakaspalvelija oli ystävällinen, kiitos avusta!",
    "Lasku oli väärin. Laskun korjaaminen kesti.",
    "Verkkokaupan sovellus ei toimi.",
    "Väntetiden var för lång.",
    "The queue was endless.",
)


def found(asked: str) -> set[str]:
    """The comments a question finds, by their first word."""
    answer = search(read(asked))
    ids = set(answer.ids.tolist())
    every = Comment.objects.exclude(pk__in=ids) if answer.but else Comment.objects.filter(pk__in=ids)
    return {text.split()[0] for text in every.values_list("text", flat=True)}


@pytest.fixture
def said(aurinko: Organisation) -> list[Comment]:
    made = comments(aurinko, TEXTS)
    catch_up()
    return made


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    ("asked", "firsts"),
    [
        ("laskut", {"Lasku"}),  # another form of the word
        ("ystävälliset", {"Asiakaspalvelija"}),
        ("väntetid", {"Väntetiden"}),  # Swedish and English are found by their own rules
        ("queues", {"The"}),
        ("lasku väärin", {"Lasku"}),  # both
        ("lasku sovellus", set()),
        ('"ei toimi"', {"Verkkokaupan"}),  # a phrase
        ("”ei toimi”", {"Verkkokaupan"}),  # as a telephone writes it, and the help below the field
        ("„ei toimi“", {"Verkkokaupan"}),
        ('"toimi ei"', set()),
        ("jonotus*", {"Jonotin"}),  # a beginning
        ("oli -kiitos", {"Jonotin", "Lasku"}),  # without
        ('-"ei toimi" -oli', {"Väntetiden", "The"}),
        ("e-lasku", set()),  # what is joined by a sign is a phrase
        ("JONOTUSAIKA", {"Jonotin"}),
    ],
)
def test_words_phrases_beginnings_and_exclusions(asked: str, firsts: set[str]):
    assert found(asked) == firsts


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize("asked", ['"', "-", '""', "   ", "*", "😀", "-*"])
def test_what_is_no_word_asks_for_nothing(asked: str):
    assert not read(asked)


@pytest.mark.usefixtures("said")
@pytest.mark.parametrize(
    "asked", ["NEAR(a b)", "stems:lasku", "a OR b", "');drop", "{parts}", "a:* & !b", "l'asku", "\\", "x^2"]
)
def test_signs_of_the_databases_own_language_are_just_words(asked: str):
    assert found(asked) == set() if read(asked) else True


@pytest.mark.usefixtures("said")
def test_the_better_match_comes_first():
    answer = search(read("lasku"))
    assert len(answer.ids) == 1
    assert answer.scores[0] > 0


def test_a_new_comment_is_noted_and_found_when_read(aurinko: Organisation, said: list[Comment]):
    assert waiting(aurinko.pk) == 0
    comments(aurinko, ["Hissi on rikki."])
    assert (waiting(aurinko.pk), found("hissi")) == (1, set())
    assert catch_up() == 1
    assert (waiting(aurinko.pk), found("hissi")) == (0, {"Hissi"})


def test_a_changed_comment_is_no_longer_found_by_its_old_words(said: list[Comment]):
    said[3].text = "Palvelu parani."
    said[3].save()
    assert found("sovellus") == set()
    catch_up()
    assert found("palvelu") == {"Palvelu"}


def test_a_removed_comment_is_gone_from_the_index_at_once_however_it_is_removed(said: list[Comment]):
    said[0].delete()
    execute("DELETE FROM ledger_comment WHERE id = %(id)s", id=said[2].pk)
    assert found("jonotus*") | found("lasku") == set()


@pytest.mark.django_db(transaction=True)  # words reach the index's tables when a transaction ends
def test_erasing_a_person_leaves_no_word_of_theirs(aurinko: Organisation, said: list[Comment]):
    comments(aurinko, ["Zorbanautti maistui."], customer="C-1")
    catch_up()
    assert (found("zorbanautti"), kept("orbana")) == ({"Zorbanautti"}, True)
    erase_customer(organisation=aurinko, customer="C-1", actor=None)
    assert (found("zorbanautti"), kept("orbana")) == (set(), False)


def kept(letters: str) -> bool:
    """Whether the letters stand anywhere in the index's own tables, found or not."""
    asked = {
        "sqlite": "SELECT (SELECT count(*) FROM texts_words_data WHERE instr(block, CAST(%s AS blob)) > 0) "
        "+ (SELECT count(*) FROM texts_words_content WHERE instr(c2, %s) > 0)",
        "postgresql": "SELECT count(*) FROM texts_words WHERE strpos(words::text, %s) > 0 OR strpos(words::text, %s) > 0",
    }
    with connection.cursor() as cursor:
        cursor.execute(asked[connection.vendor], [letters, letters])
        return bool(cursor.fetchone()[0])


def test_other_stems_make_the_index_anew(said: list[Comment], monkeypatch: pytest.MonkeyPatch):
    assert catch_up() == 0
    monkeypatch.setattr("kapula.text.stems.version", lambda: "other")
    assert catch_up() == len(said)
    assert found("laskut") == {"Lasku"}


def test_a_comment_of_a_megabyte_is_read(aurinko: Organisation):
    comments(aurinko, ["Pitkä " + "sana " * 200_000])
    assert catch_up() == 1
    assert found("pitkä") == {"Pitkä"}
