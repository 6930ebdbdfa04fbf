"""The rejected rows of an import as a file: the original columns, why each row was refused, and its identity."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from django.db.models import QuerySet

from kapula_web.ledger.imports.correct import IDENTITY, REASONS
from kapula_web.ledger.models import Import, RejectedRow

Worded = Callable[[RejectedRow], str]


def open_rows(run: Import) -> QuerySet[RejectedRow]:
    """The rows nobody has corrected or set aside yet, in the file's order."""
    return RejectedRow.objects.filter(import_run=run, resolved_at=None)


def as_csv(run: Import, worded: Worded) -> Iterator[bytes]:
    """Semicolons and a byte-order mark: so it opens right in a Finnish Excel. ``worded``: the reasons of a row in words."""
    columns = _columns(run)
    yield b"\xef\xbb\xbf" + _line([*columns, REASONS, IDENTITY])
    for row in open_rows(run).iterator(chunk_size=2000):
        yield _line([*(row.raw.get(name) or "" for name in columns), worded(row), row.external_id])


def as_xlsx(run: Import, worded: Worded) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    # Cells stay text: a corrected row must say exactly what the original said, and no cell may become a formula.
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with xlsxwriter.Workbook(buffer, options) as book:
        sheet = book.add_worksheet()
        columns = _columns(run)
        sheet.write_row(0, 0, [*columns, REASONS, IDENTITY], book.add_format({"bold": True}))
        for number, row in enumerate(open_rows(run).iterator(chunk_size=2000), start=1):
            sheet.write_row(number, 0, [*(row.raw.get(name) or "" for name in columns), worded(row), row.external_id])
    return buffer.getvalue()


def _columns(run: Import) -> list[str]:
    """In the file's order; a row with more fields than the header has names of its own for the rest."""
    names = [column["column"] for column in run.plan["columns"]]
    first = open_rows(run).first()
    return list(dict.fromkeys([*names, *(first.raw if first else {})]))


def _line(cells: list[str]) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerow(cells)
    return buffer.getvalue().encode()
