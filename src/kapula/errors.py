"""One tree of errors. Each says what is wrong, where, and how to mend it.

The library speaks in codes: ``code`` and ``context`` are the contract, and the web layer words them in Finnish,
Swedish and English (a test demands a wording for every code). ``str(error)`` is the English text for terminals.
"""

from __future__ import annotations

from typing import Any, ClassVar


class KapulaError(Exception):
    """Base of every error Kapula raises on purpose.

    ``code`` names the kind of error, ``context`` holds the particulars (file, row, column, values, counts …; plain
    JSON types only) and ``hint`` says what to do next.
    """

    code: ClassVar[str] = "error"

    def __init__(self, message: str, *, hint: str = "", **context: Any) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.context = context

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()

    def to_dict(self) -> dict[str, Any]:
        return {"code": self.code, "message": self.message, "hint": self.hint, "context": self.context}


def all_error_codes() -> dict[str, type[KapulaError]]:
    """Every error code in the tree, for the contract test of wordings."""
    found: dict[str, type[KapulaError]] = {}
    pending: list[type[KapulaError]] = [KapulaError]
    while pending:
        kind = pending.pop()
        found[kind.code] = kind
        pending.extend(kind.__subclasses__())
    return found


class TableError(KapulaError):
    """The table itself cannot be used."""

    code = "table"


class UnknownColumnError(TableError):
    """A named column is not in the table. Context: column, columns, suggestion."""

    code = "unknown_column"


class ColumnTypeError(TableError):
    """A column holds another type than the measure needs. Context: column, type, expected."""

    code = "column_type"


class NotFiniteError(TableError):
    """A column of numbers holds infinite values. Context: column, count."""

    code = "not_finite"


class MeasureError(KapulaError):
    """A measure cannot be computed as asked."""

    code = "measure"


class UnknownMeasureError(MeasureError):
    """No measure of that name is registered. Context: measure, suggestion."""

    code = "unknown_measure"


class OffScaleError(MeasureError):
    """Answers lie off the declared scale. Context: column, scale, values (value → count, at most ten), count."""

    code = "off_scale"


class ParameterError(KapulaError):
    """A parameter has a value that cannot be used. Context: parameter, value, allowed."""

    code = "parameter"


class SourceError(KapulaError):
    """A file, folder or database cannot be read. Context: source and what was found there."""

    code = "source"
