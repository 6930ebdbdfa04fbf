"""What a command writes, and where.

- Standard output carries the answer: a text for people, or with ``--json`` one JSON document and nothing else (a command of many rows:
  one document a line).
- Standard error carries all the rest: notes, progress and errors. With ``--json`` an error is one JSON line there,
  ``{"error": {"code", "message", "hint", "context"}}``, and standard output stays empty.
- Exit codes: 0 the answer stands; 1 the command ran and its own verdict is no (a failed test, a failed check); 2 it
could not be run as asked (usage, unreadable input, unusable parameter); 130 interrupted.

JSON numbers are locale-free and never NaN or infinite.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from typing import Any

OK, NO, USAGE = 0, 1, 2

_json = False
_of_reading: list[str] = []


def as_json(wanted: bool) -> None:
    """Whether this run speaks JSON; set once by ``main``, at the beginning."""
    global _json
    _json = wanted
    _of_reading.clear()


def warn(code: str) -> None:
    """A code of :data:`kapula.results.WARNING_CODES` that the reading of a file puts among the answer's own."""
    if code not in _of_reading:
        _of_reading.append(code)


def speaks_json() -> bool:
    return _json


def answer(data: Mapping[str, Any], text: str) -> None:
    """The command's answer: ``data`` with ``--json``, else ``text``; with the codes of :func:`warn`."""
    if _of_reading:
        from kapula_cli.text import explained

        data = {**data, "warnings": [*_of_reading, *data.get("warnings", ())]}
        text = "\n".join([text.rstrip("\n"), *explained(_of_reading)])
    written = json.dumps(data, ensure_ascii=False, allow_nan=False, default=_plain) if _json else text.rstrip("\n")
    _write(sys.stdout, written)


def line(data: Mapping[str, Any]) -> None:
    """One of an answer's many rows, as one line of JSON."""
    _write(sys.stdout, json.dumps(data, ensure_ascii=False, allow_nan=False, default=_plain))


def note(text: str) -> None:
    """Something worth knowing that is not the answer: to standard error."""
    _write(sys.stderr, text)


def fail(code: str, message: str, *, hint: str = "", context: Mapping[str, Any] | None = None) -> None:
    """An error, to standard error."""
    error = {"code": code, "message": message, "hint": hint, "context": dict(context or {})}
    if _json:
        _write(sys.stderr, json.dumps({"error": error}, ensure_ascii=False, default=_plain))
    else:
        _write(sys.stderr, f"kapula: {message}\n{hint}".rstrip("\n"))


def _write(stream: Any, text: str) -> None:
    """Text that a terminal without UTF-8 can show too: what it cannot is written as an escape."""
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "backslashreplace").decode(encoding) + "\n")


def _plain(value: Any) -> Any:
    """Dates and NumPy scalars among group labels."""
    return value.isoformat() if hasattr(value, "isoformat") else value.item() if hasattr(value, "item") else str(value)
