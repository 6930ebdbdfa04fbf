"""Finding comments by their words: an index beside the ledger, kept by the database itself and read by stems (kapula.text.stems).

SQLite: FTS5. PostgreSQL: tsvector with GIN. Triggers take a comment's words away in the same transaction in which it is changed or
erased, whoever does it, and note new comments; :func:`catch_up` reads the noted ones.
"""

from kapula_web.texts.explorer.index.find import Found, search
from kapula_web.texts.explorer.index.keep import catch_up, forget, waiting
from kapula_web.texts.explorer.index.question import Question, Term, read

__all__ = ["Found", "Question", "Term", "catch_up", "forget", "read", "search", "waiting"]
