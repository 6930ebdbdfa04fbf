"""Kapula's analysis library: honest figures about customer experience, wherever the data is."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kapula.analyses.accounts import accounts as accounts
    from kapula.analyses.contact_reasons import contact_reasons as contact_reasons
    from kapula.analyses.decompose import decompose as decompose
    from kapula.analyses.drivers import drivers as drivers
    from kapula.analyses.expectations import expectations as expectations
    from kapula.analyses.health import health as health
    from kapula.analyses.intended import intended as intended
    from kapula.analyses.leading import leading as leading
    from kapula.analyses.linkage import linkage as linkage
    from kapula.analyses.memory import memory as memory
    from kapula.analyses.noticed import noticed as noticed
    from kapula.analyses.prune import prune as prune
    from kapula.backends import connect as connect
    from kapula.backends import table_from as table_from
    from kapula.measures.engine.categories import shares as shares
    from kapula.measures.engine.compare import compare as compare
    from kapula.measures.engine.run import measure as measure
    from kapula.statistics.raking import rake as rake
    from kapula.tables import as_table as as_table
    from kapula.trends import trend as trend

_PUBLIC = {
    "accounts": "kapula.analyses.accounts",
    "as_table": "kapula.tables",
    "compare": "kapula.measures.engine.compare",
    "connect": "kapula.backends",
    "contact_reasons": "kapula.analyses.contact_reasons",
    "decompose": "kapula.analyses.decompose",
    "drivers": "kapula.analyses.drivers",
    "expectations": "kapula.analyses.expectations",
    "health": "kapula.analyses.health",
    "intended": "kapula.analyses.intended",
    "leading": "kapula.analyses.leading",
    "linkage": "kapula.analyses.linkage",
    "measure": "kapula.measures.engine.run",
    "memory": "kapula.analyses.memory",
    "noticed": "kapula.analyses.noticed",
    "prune": "kapula.analyses.prune",
    "rake": "kapula.statistics.raking",
    "shares": "kapula.measures.engine.categories",
    "table_from": "kapula.backends",
    "trend": "kapula.trends",
}

__all__ = [
    "accounts",
    "as_table",
    "compare",
    "connect",
    "contact_reasons",
    "decompose",
    "drivers",
    "expectations",
    "health",
    "intended",
    "leading",
    "linkage",
    "measure",
    "memory",
    "noticed",
    "prune",
    "rake",
    "shares",
    "table_from",
    "trend",
]


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that ``import kapula`` is quick."""
    if name not in _PUBLIC:
        raise AttributeError(f"module 'kapula' has no attribute {name!r}")
    value = getattr(import_module(_PUBLIC[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *_PUBLIC})
