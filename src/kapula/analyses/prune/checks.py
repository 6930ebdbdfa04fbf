"""The settings checked before any data is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from kapula.analyses.prune.settings import LIMITS, Settings
from kapula.errors import ParameterError
from kapula.statistics.seeds import require_seed

MOST_QUESTIONS: Final = 80


def checked(**given: Any) -> Settings:
    """Raises :class:`~kapula.errors.ParameterError` that names the setting."""
    for name in ("questions", "leading", "always", "scale"):
        given[name] = _names(given[name])
    if given["scale"] == ():
        given["scale"] = given["questions"]
    found = Settings(**given)
    if not 1 <= len(found.questions) <= MOST_QUESTIONS:
        raise _fault("questions", list(found.questions), f"Name 1 to {MOST_QUESTIONS} questions that could go.")
    for name in ("always", "scale"):
        strange = sorted(set(getattr(found, name)) - set(found.questions))
        if strange:
            raise _fault(name, strange, f"{name} names questions among those given; {strange[0]!r} is not.")
    for name, (least, most) in LIMITS.items():
        value = getattr(found, name)
        whole = isinstance(least, int)
        if (
            isinstance(value, bool)
            or not isinstance(value, int if whole else int | float)
            or not least <= value <= most
        ):
            raise _fault(name, value, f"Give {'a whole number' if whole else 'a number'} from {least:g} to {most:g}.")
    require_seed(found.seed)
    return _with_seconds(found)


def _with_seconds(found: Settings) -> Settings:
    if isinstance(found.seconds, Mapping):
        for name, value in found.seconds.items():
            if name not in found.questions or not isinstance(value, int | float) or not 0 < value < 86_400:
                raise _fault("seconds", str(name), "Give a column, or question → seconds above zero.")
    elif isinstance(found.seconds, str) and found.seconds in found.figures:
        raise _fault("seconds", found.seconds, "The response time is a column of its own.")
    return found


def _names(given: str | Sequence[str] | None) -> tuple[str, ...]:
    return () if given is None else (given,) if isinstance(given, str) else tuple(given)


def _fault(parameter: str, value: Any, hint: str) -> ParameterError:
    return ParameterError(f"{parameter}={value!r} cannot be used.", hint=hint, parameter=parameter, value=value)
