"""The measures there are. A module of this package that says ``register(Measure(...))`` is found by itself."""

from __future__ import annotations

import difflib
import importlib
import pkgutil

from kapula.errors import ParameterError, UnknownMeasureError
from kapula.measures.contract import UNITS, Measure

_measures: dict[str, Measure] = {}
_aliases: dict[str, str] = {}
_found = False


def register(measure: Measure) -> Measure:
    """Make a measure known by its name. Raises :class:`ParameterError` when another measure has the name."""
    known = _measures.get(measure.name)
    if measure.name in _aliases or (known is not None and known != measure):
        raise _taken(measure.name)
    if measure.unit not in UNITS:
        raise ParameterError(
            f"{measure.unit!r} is not a unit.",
            hint=f"Use one of {', '.join(UNITS)}.",
            parameter="unit",
            value=measure.unit,
            allowed=list(UNITS),
        )
    _measures[measure.name] = measure
    return measure


def alias(name: str, measure: Measure) -> None:
    """Let ``name`` stand for a registered measure: what people call a question whose usual measure it is. Results say the measure's own
    name. Raises :class:`ParameterError` when the name is taken."""
    if name in _measures or _aliases.get(name, measure.name) != measure.name:
        raise _taken(name)
    _aliases[name] = measure.name


def get(name: str) -> Measure:
    """The registered measure of that name or alias. Raises :class:`UnknownMeasureError` with the nearest name."""
    _discover()
    name = _aliases.get(name, name)
    if name in _measures:
        return _measures[name]
    near = difflib.get_close_matches(name.lower(), [*_measures, *_aliases], n=1)
    hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(names())}."
    raise UnknownMeasureError(
        f"There is no measure {name!r}.", hint=hint, measure=name, suggestion=near[0] if near else None
    )


def names() -> tuple[str, ...]:
    """Names of all registered measures, in alphabetical order."""
    _discover()
    return tuple(sorted(_measures))


def aliases() -> dict[str, str]:
    """Alias → name of the measure it stands for, in alphabetical order."""
    _discover()
    return dict(sorted(_aliases.items()))


def _taken(name: str) -> ParameterError:
    return ParameterError(
        f"There is already a measure {name!r}.",
        hint="Choose another name, or pass the measure itself instead of registering it.",
        parameter="name",
        value=name,
    )


def _discover() -> None:
    global _found
    if not _found:
        _found = True
        import kapula.measures as package

        for module in pkgutil.iter_modules(package.__path__, "kapula.measures."):
            if not module.ispkg:
                importlib.import_module(module.name)
