"""How one column of a file writes its days, told from its first rows as when the file is read."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kapula.connectors import registry
from kapula.connectors.base import TableConnector
from kapula.connectors.columns.profile import profiles
from kapula.connectors.naming import name_key

SAMPLE = 5_000


def day_format(path: str | Path, column: str, **options: Any) -> str | None:
    """The family of :data:`kapula.connectors.mapping.dates.FORMATS`, or None where the file has no such column of days. ``options``: as in
    :func:`kapula.connectors.read_table`. Raises :class:`~kapula.errors.SourceError`."""
    path = Path(path)
    connector = registry.choose(path)
    if not isinstance(connector, TableConnector):
        return None
    with connector.open(path, options, peek=True) as source:
        first = next(source.batches(SAMPLE), None)
        names = [name_key(field.name) for field in source.fields]
        if first is None or name_key(column) not in names:
            return None
        place = names.index(name_key(column))
        sample = first.table.select([place]).slice(0, SAMPLE)
        return profiles(sample, [source.fields[place]], source.options.get("decimal"))[0][0].date_format
