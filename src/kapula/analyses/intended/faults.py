"""What is wrong in a declaration, where, and how to mend it."""

from __future__ import annotations

import difflib
from collections.abc import Mapping, Sequence
from typing import Any, Final

from kapula.errors import ParameterError

LONGEST: Final = 80  # signs of a value that are shown


def is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < float("inf")


def only_known(given: Any, allowed: Sequence[str], where: str) -> None:
    if not isinstance(given, Mapping):
        raise fault(where, given, f"Give {', '.join(allowed)} by name.")
    for key in given:
        if key not in allowed:
            near = difflib.get_close_matches(str(key), allowed, n=1)
            hint = f"Did you mean {near[0]!r}?" if near else f"There are: {', '.join(allowed)}."
            raise fault(f"{where}.{key}", None, hint, given, str(key), allowed)


def fault(
    where: str, value: Any, hint: str, given: Any = None, key: str = "", allowed: Sequence[str] = ()
) -> ParameterError:
    """What is wrong, where (with the line when it was read from a file), and how to mend it."""
    line = getattr(given, "lines", {}).get(key, getattr(given, "line", None))
    shown = value if isinstance(value, str | int | float | bool | None) else repr(value)
    if isinstance(shown, str) and len(shown) > LONGEST:
        shown = f"{shown[:LONGEST]}…"  # a file of something else altogether is one long text
    at = f" (line {line})" if line else ""
    what = "is missing" if value is None and not (given is not None and key in given) else f"cannot be {shown!r}"
    if value is None and given is not None and key in given and allowed:
        what = "is not known" if key not in allowed else "cannot be empty"
    context = {"parameter": where, "value": shown, "allowed": list(allowed), **({"line": line} if line else {})}
    return ParameterError(f"{where} {what}{at}.", hint=hint, **context)
