"""The analysis pages there are."""

from __future__ import annotations

import importlib
import pkgutil
from urllib.parse import urlencode

from django.http import Http404
from django.urls import reverse
from django.utils.module_loading import autodiscover_modules

from kapula_web.accounts.models import Organisation
from kapula_web.insights.analyses.contract import AnalysisPage

_pages: dict[str, AnalysisPage] = {}
_found = False


def register(page: AnalysisPage) -> AnalysisPage:
    if page.name in _pages:
        raise ValueError(f"The analysis page {page.name!r} is registered twice.")
    _pages[page.name] = page
    return page


def page_of(name: str) -> AnalysisPage:
    """The page at an address; 404 when there is none."""
    _discover()
    if name not in _pages:
        raise Http404(name)
    return _pages[name]


def pages() -> tuple[AnalysisPage, ...]:
    """Every page, in the order of the hub."""
    _discover()
    return tuple(sorted(_pages.values(), key=lambda page: page.order))


def about(organisation: Organisation, column: str) -> list[tuple[str, str]]:
    """(question, address) of the pages that can be asked of one question's answers."""
    asking = [page for page in pages() if page.outcome]
    return [
        (
            str(page.question),
            f"{reverse('insights:analysis', args=[organisation.slug, page.name])}?{urlencode({page.outcome: column})}",
        )
        for page in asking
    ]


def _discover() -> None:
    global _found
    if not _found:
        _found = True
        import kapula_web.insights.analyses as package

        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if module.ispkg:
                importlib.import_module(module.name)
        autodiscover_modules("analysis_pages")  # other apps keep theirs in a module of this name
