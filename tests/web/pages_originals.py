"""Comments as they were written."""

from __future__ import annotations

from pages import Page
from pages_texts import a_comment

PAGES = [Page("texts:original", "see_rows", make=a_comment, posts=True)]
