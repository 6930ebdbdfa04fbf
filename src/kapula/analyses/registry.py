"""The analyses there are. A package beside this one that says ``register(Analysis(...))`` is found by itself."""

from __future__ import annotations

import difflib
import importlib
import pkgutil

from kapula.analyses.contract import NOT_ENOUGH, Analysis
from kapula.errors import ParameterError

_analyses: dict[str, Analysis] = {}
_found = False


def register(analysis: Analysis) -> Analysis:
    """Make an analysis known by its name. Raises :class:`ParameterError` for a name that is taken."""
    if analysis.name in _analyses:
        raise ParameterError(
            f"There is already an analysis {analysis.name!r}.",
            hint="Choose another name.",
            parameter="name",
            value=analysis.name,
        )
    if NOT_ENOUGH not in analysis.verdicts:
        raise ParameterError(
            f"The analysis {analysis.name!r} has no answer for too little data.",
            hint=f"Give {NOT_ENOUGH!r} among its verdicts.",
            parameter="verdicts",
            value=sorted(analysis.verdicts),
        )
    _analyses[analysis.name] = analysis
    return analysis


def get(name: str) -> Analysis:
    """The registered analysis. Raises :class:`ParameterError` with the nearest name."""
    _discover()
    if name in _analyses:
        return _analyses[name]
    near = difflib.get_close_matches(name.lower(), _analyses, n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(names())}."
    raise ParameterError(f"There is no analysis {name!r}.", hint=hint, parameter="analysis", value=name)


def names() -> tuple[str, ...]:
    """Names of all registered analyses, in alphabetical order."""
    _discover()
    return tuple(sorted(_analyses))


def _discover() -> None:
    global _found
    if not _found:
        _found = True
        import kapula.analyses as package

        for module in pkgutil.iter_modules(package.__path__, "kapula.analyses."):
            if module.ispkg:
                importlib.import_module(module.name)
