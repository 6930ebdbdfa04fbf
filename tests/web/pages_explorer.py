"""The explorer of comments."""

from __future__ import annotations

from pages import Page
from pages_texts import read

PAGES = [
    Page("texts:comments", "see_rows", make=read),
    Page("texts:comments_table", "see_rows", make=read, method="POST", looks=False),
]
