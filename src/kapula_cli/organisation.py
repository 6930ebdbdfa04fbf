"""An organisation's own tables as a source: ``organisation://aurinkokivi/responses?from=2026-01-01&to=2026-06-30``."""

from __future__ import annotations

from datetime import date
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

from kapula.errors import SourceError
from kapula.schema import TABLES

SCHEME: Final = "organisation://"
INVENTORY: Final = "inventory"
"""Not canonical: the measures, sources and questions the organisation keeps, as ``kapula health`` reads them."""


def organisation_table(address: str) -> Any:
    """The canonical table as the product's pages read it, between two days when the address gives them. Raises :class:`SourceError`."""
    from kapula_cli.web import setup

    setup()
    from kapula_web.accounts.models import Organisation
    from kapula_web.insights.figures.tables import KINDS
    from kapula_web.ledger.selectors import current

    parts = urlsplit(address)
    name = parts.path.strip("/") or "responses"
    organisation = Organisation.objects.filter(slug=parts.netloc).first()
    if organisation is not None and name == INVENTORY:
        return _inventory(organisation)
    if organisation is None or name not in TABLES:
        slugs = ", ".join(Organisation.objects.order_by("slug").values_list("slug", flat=True))
        hint = f"Organisations: {slugs or 'none yet'}. Tables: {', '.join([*TABLES, INVENTORY])}."
        raise SourceError(f"There is nothing at {address}.", hint=hint, source=address)
    table = current(organisation).table(name)
    days = parse_qs(parts.query)
    time = KINDS[name].time if name in KINDS else "occurred_on"
    for key, test in (("from", "__ge__"), ("to", "__le__")):
        if key in days:
            table = table.filter(getattr(table[time], test)(_day(days[key][0], address)))
    return table


def _inventory(organisation: Any) -> Any:
    from kapula.tables import as_table
    from kapula_web.insights.analyses.health.inventory import table

    return as_table(table(organisation))


def _day(text: str, address: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SourceError(f"{text!r} is not a day.", hint="Write days like 2026-01-31.", source=address) from error
