"""Every page of the product, with who may open it. A page that is not here fails tests/web/test_access.py.

An app lists its pages in a file of its own beside this one, ``pages_<app>.py``:

    PAGES = [
        Page("insights:measure", "see", make=a_measure),                       # GET, for those with the right
        Page("ledger:undo", "import", method="POST", make=an_import, data={}),  # POST, with what it needs to succeed
    ]

The access contract (test_access.py) and the accessibility contract (tests/browser) run over all of them.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import URLResolver, get_resolver, reverse

from kapula_web.accounts.models import Organisation

ANYONE, SIGNED_IN = "anyone", "signed in"
Make = Callable[[Organisation], Mapping[str, Any]]


@dataclass(frozen=True)
class Page:
    """``right``: a right of accounts/access.py, ANYONE or SIGNED_IN. ``make``: makes what the page shows and gives the address's
    arguments besides the organisation. ``method``: the one the page is for; a page for GET that has a form also takes POST: ``posts``.
    ``data``: what a POST needs to succeed. ``looks``: whether it is a page to look at (no downloads, no fragments). ``status``: what a
    person with the right gets, besides 200 and redirects."""

    name: str
    right: str
    make: Make | None = None
    method: str = "GET"
    posts: bool = False
    data: Mapping[str, Any] = field(default_factory=dict)
    looks: bool = True
    query: str = ""
    status: int | None = None

    def address(self, organisation: Organisation) -> str:
        given = dict(self.make(organisation)) if self.make else {}
        if self.right not in (ANYONE, SIGNED_IN):
            given["organisation"] = organisation.slug
        return reverse(self.name, kwargs=given) + self.query


def all_pages() -> list[Page]:
    modules = sorted(path.stem for path in Path(__file__).parent.glob("pages_*.py"))
    return [page for module in modules for page in importlib.import_module(module).PAGES]


def all_names() -> set[str]:
    """The name of every address the project answers at, with its namespace; a nameless one by its pattern."""
    return set(_names(get_resolver(), ""))


def _names(resolver: URLResolver, space: str) -> list[str]:
    found: list[str] = []
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            found += _names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.append(space + (pattern.name or str(pattern.pattern)))
    return found
