"""The data in the words of a shell command."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kapula_web.insights.analyses.answers import CUSTOMER
from kapula_web.insights.analyses.contract import Data


def address(data: Data, table: str = "responses", start: date | None = None, end: date | None = None) -> str:
    """The table's address for the command line: ``organisation://aurinkokivi/responses?from=2026-01-01&to=2026-06-30``."""
    days = f"?from={start.isoformat()}&to={end.isoformat()}" if start is not None and end is not None else ""
    return f"organisation://{data.organisation.slug}/{table}{days}"


def filters(
    perspective: str = CUSTOMER, *, source: str = "", where: Mapping[str, Sequence[str]] | None = None
) -> list[str]:
    """The words of a command that leave the rows of :func:`rows`: ``--filter perspective=customer …``."""
    pairs = [("perspective", perspective), *([("source", source)] if source else [])]
    pairs += [(name, value) for name, wanted in (where or {}).items() for value in wanted]
    return [word for name, value in pairs for word in ("--filter", f"{name}={value}")]
