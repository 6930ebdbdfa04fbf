"""The index's tables and triggers. They are no models: a virtual table and a tsvector are each database's own.

A comment's words go when its text changes, and when what is covered in it does: an analysis that covers something takes them away at
once, and the comment is put in anew without what is covered.
Made after every migrate, in tests as well, and again where they are missing: SQLite drops a table's triggers when a migration
rebuilds it.
"""

from __future__ import annotations

from typing import Any, Final

from django.db import connections

_SQLITE: Final = (
    """CREATE VIRTUAL TABLE IF NOT EXISTS texts_words
    USING fts5(stems, parts, forms, tokenize = "unicode61 remove_diacritics 0")""",
    "CREATE TABLE IF NOT EXISTS texts_unread (comment_id integer PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS texts_index (version varchar(40) NOT NULL)",
    """CREATE TRIGGER IF NOT EXISTS texts_comment_added AFTER INSERT ON ledger_comment BEGIN
        INSERT OR IGNORE INTO texts_unread (comment_id) VALUES (new.id);
    END""",
    """CREATE TRIGGER IF NOT EXISTS texts_comment_changed AFTER UPDATE OF text, language ON ledger_comment BEGIN
        DELETE FROM texts_words WHERE rowid = old.id;
        INSERT OR IGNORE INTO texts_unread (comment_id) VALUES (new.id);
    END""",
    """CREATE TRIGGER IF NOT EXISTS texts_comment_removed AFTER DELETE ON ledger_comment BEGIN
        DELETE FROM texts_words WHERE rowid = old.id;
        DELETE FROM texts_unread WHERE comment_id = old.id;
    END""",
    # These name no table of the ledger: SQLite checks every trigger while a migration has one of those renamed.
    """CREATE TRIGGER IF NOT EXISTS texts_analysis_added AFTER INSERT ON texts_commentanalysis BEGIN
        DELETE FROM texts_words WHERE rowid = new.comment_id AND new.pii <> '[]';
        INSERT OR IGNORE INTO texts_unread (comment_id) VALUES (new.comment_id);
    END""",
    """CREATE TRIGGER IF NOT EXISTS texts_analysis_changed AFTER UPDATE OF pii, language ON texts_commentanalysis
    WHEN old.pii IS NOT new.pii OR old.language IS NOT new.language BEGIN
        DELETE FROM texts_words WHERE rowid = new.comment_id AND old.pii IS NOT new.pii;
        INSERT OR IGNORE INTO texts_unread (comment_id) VALUES (new.comment_id);
    END""",
    """CREATE TRIGGER IF NOT EXISTS texts_analysis_removed AFTER DELETE ON texts_commentanalysis BEGIN
        DELETE FROM texts_words WHERE rowid = old.comment_id;
        INSERT OR IGNORE INTO texts_unread (comment_id) VALUES (old.comment_id);
    END""",
)

_POSTGRESQL: Final = (
    "CREATE TABLE IF NOT EXISTS texts_words (comment_id bigint PRIMARY KEY, words tsvector NOT NULL)",
    "CREATE INDEX IF NOT EXISTS texts_words_words ON texts_words USING gin (words)",
    "CREATE TABLE IF NOT EXISTS texts_unread (comment_id bigint PRIMARY KEY)",
    "CREATE TABLE IF NOT EXISTS texts_index (version varchar(40) NOT NULL)",
    """CREATE OR REPLACE FUNCTION texts_comment_written() RETURNS trigger AS $$ BEGIN
        IF tg_op <> 'INSERT' THEN DELETE FROM texts_words WHERE comment_id = old.id; END IF;
        IF tg_op = 'DELETE' THEN DELETE FROM texts_unread WHERE comment_id = old.id;
        ELSE INSERT INTO texts_unread (comment_id) VALUES (new.id) ON CONFLICT DO NOTHING; END IF;
        RETURN NULL;
    END $$ LANGUAGE plpgsql""",
    """CREATE OR REPLACE FUNCTION texts_comments_gone() RETURNS trigger AS $$ BEGIN
        DELETE FROM texts_words; DELETE FROM texts_unread; RETURN NULL;
    END $$ LANGUAGE plpgsql""",
    """CREATE OR REPLACE TRIGGER texts_comment_written AFTER INSERT OR DELETE OR UPDATE OF text, language
    ON ledger_comment FOR EACH ROW EXECUTE FUNCTION texts_comment_written()""",
    """CREATE OR REPLACE TRIGGER texts_comments_gone AFTER TRUNCATE
    ON ledger_comment FOR EACH STATEMENT EXECUTE FUNCTION texts_comments_gone()""",
    # The comment is locked, so that a batch that is reading what was covered before is waited for and its words removed after it.
    """CREATE OR REPLACE FUNCTION texts_analysis_written() RETURNS trigger AS $$ DECLARE about bigint; BEGIN
        IF tg_op = 'DELETE' THEN about := old.comment_id; ELSE about := new.comment_id; END IF;
        PERFORM 1 FROM ledger_comment WHERE id = about FOR NO KEY UPDATE;
        IF NOT FOUND THEN RETURN NULL; END IF;
        IF tg_op = 'DELETE' THEN DELETE FROM texts_words WHERE comment_id = about;
        ELSIF tg_op = 'UPDATE' THEN DELETE FROM texts_words WHERE comment_id = about AND old.pii IS DISTINCT FROM new.pii;
        ELSE DELETE FROM texts_words WHERE comment_id = about AND new.pii <> '[]'::jsonb; END IF;
        INSERT INTO texts_unread (comment_id) VALUES (about) ON CONFLICT DO NOTHING;
        RETURN NULL;
    END $$ LANGUAGE plpgsql""",
    """CREATE OR REPLACE TRIGGER texts_analysis_written AFTER INSERT OR DELETE
    ON texts_commentanalysis FOR EACH ROW EXECUTE FUNCTION texts_analysis_written()""",
    """CREATE OR REPLACE TRIGGER texts_analysis_changed AFTER UPDATE OF pii, language ON texts_commentanalysis FOR EACH ROW
    WHEN (old.pii IS DISTINCT FROM new.pii OR old.language IS DISTINCT FROM new.language)
    EXECUTE FUNCTION texts_analysis_written()""",
)

STATEMENTS: Final = {"sqlite": _SQLITE, "postgresql": _POSTGRESQL}


def ensure_index(using: str = "default", **_signal: Any) -> None:
    """Make what is missing. Comments that were there before the index are noted as unread."""
    connection = connections[using]
    if not {"ledger_comment", "texts_commentanalysis"} <= set(connection.introspection.table_names()):
        return
    with connection.cursor() as cursor:
        new = "texts_unread" not in connection.introspection.table_names(cursor)
        for statement in STATEMENTS[connection.vendor]:
            cursor.execute(statement)
        if new:
            cursor.execute("INSERT INTO texts_unread (comment_id) SELECT id FROM ledger_comment")
