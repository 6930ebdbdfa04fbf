"""The analysis pages there are."""

from __future__ import annotations

import importlib
import pkgutil

from django.http import Http404

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


def _discover() -> None:
    global _found
    if not _found:
        _found = True
        import kapula_web.insights.analyses as package

        for module in pkgutil.iter_modules(package.__path__, f"{package.__name__}."):
            if module.ispkg:
                importlib.import_module(module.name)
