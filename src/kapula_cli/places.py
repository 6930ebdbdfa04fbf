"""Which of --table, --query and --sheet a file or an address has a use for: one that would be passed over in silence is refused."""

from __future__ import annotations

from pathlib import Path
from typing import Final

DATABASES: Final = (".duckdb", ".ddb", ".sqlite", ".sqlite3", ".db")
"""Endings of files that are databases (as in ``kapula.backends``)."""


def require_fitting(address: str, *, table: str | None, query: str | None, sheet: str | None) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for an option that the data has no use for, and for a table beside a query;
    :class:`~kapula.errors.SourceError` for a query of a file that is not there. A sheet of a file that is no workbook is refused by the
    connectors, which look into it."""
    from kapula.errors import SourceError

    local = "://" not in address or address.startswith("file://")
    path = Path(address.removeprefix("file://"))
    database = path.suffix.lower() in DATABASES if local else not address.startswith("organisation://")
    if table and query:
        raise _refused("table", table, "--table and --query were both given", "Give one of them.")
    if local and not (path.exists() or any(sign in address for sign in "*?[")):
        if query:  # an engine would open a new, empty database of that name
            raise SourceError(f"There is no file or folder {address!r}.", hint="Check the path.", source=address)
        return  # that there is no such file is the error, told where it is opened
    for option, value in (("table", table), ("query", query)):
        if value and not database:
            sheets = "; a workbook's sheet is named with --sheet" if local and option == "table" else ""
            hint = f"Leave --{option} out{sheets}."
            raise _refused(option, value, f"{_shown(address)} is no database, and --{option} has no use", hint)
    if sheet and (database or not local or path.is_dir()):
        raise _refused(
            "sheet", sheet, f"{_shown(address)} is no workbook, and has no sheet {sheet!r}", "Leave --sheet out."
        )


def _shown(address: str) -> str:
    from kapula.backends import hidden

    return hidden(address)


def _refused(parameter: str, value: str, message: str, hint: str) -> Exception:
    from kapula.errors import ParameterError

    return ParameterError(f"{message}.", hint=hint, parameter=parameter, value=value)
