"""Keeping what was read, or was learned, takes the comments first and in one order: a person's correction, an import, an erasure and
another reading take them too."""

from __future__ import annotations

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from texts_data import Handmade, comments, reader

from kapula_web.accounts.models import Organisation
from kapula_web.texts.models import Correction
from kapula_web.texts.selectors import told_of
from kapula_web.texts.services import teaching
from kapula_web.texts.services.keep import keep
from kapula_web.texts.services.waiting import batches

__all__ = ["reader"]


def test_comments_are_taken_first_and_in_the_order_of_their_ids(aurinko: Organisation, reader: Handmade):
    comments(aurinko, ["Jono oli pitkä", "Hyvä palvelu", "Sovellus ei toimi"])
    told = told_of(aurinko)
    (read,) = batches(aurinko, reader.version(told), 10)
    assert [one.comment for one in read] == sorted((one.comment for one in read), reverse=True)  # the newest first
    table = reader.analyse([one.text for one in read], told)
    with CaptureQueriesContext(connection) as asked:
        assert keep(organisation=aurinko, read=read, table=table, version="v") == 3
    about = [query["sql"] for query in asked if "ledger_comment" in query["sql"] or "texts_" in query["sql"]]
    assert 'FROM "ledger_comment"' in about[0]
    assert 'SELECT "ledger_comment"."id"' in about[0]
    assert "ORDER BY 1 ASC" in about[0]
    assert connection.vendor == "sqlite" or about[0].endswith("FOR UPDATE")


def test_corrections_that_taught_are_taken_after_their_comments(aurinko: Organisation):
    made = comments(aurinko, ["Jono oli pitkä", "Hyvä palvelu"])
    rows = Correction.objects.bulk_create(
        Correction(
            organisation=aurinko,
            comment=one,
            code="waiting_time",
            present=True,
            made_at="2026-03-03T00:00Z",
            held_out=False,
        )
        for one in reversed(made)
    )
    for row in rows:
        row.refresh_from_db()
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        teaching._must_stand(rows)
    about = [query["sql"] for query in asked if " FROM " in query["sql"]]
    assert ['FROM "ledger_comment"' in one for one in about] == [True, False]
    assert "ORDER BY 1 ASC" in about[0]
    assert connection.vendor == "sqlite" or about[0].endswith("FOR NO KEY UPDATE")
