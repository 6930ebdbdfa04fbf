"""What became of a file's rows that did not fall into its columns, told to the person whose file it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kapula_cli import output

if TYPE_CHECKING:
    from kapula.connectors import RowsTold


def tell(told: RowsTold, file: str, *, every_row: bool = False) -> None:
    """Says on standard error what was mended and what was left out. With ``every_row`` what was left out is an error."""
    from kapula.connectors import telling

    for sentence in telling.mended(told, file):
        output.note(sentence)
    if not told.left_out:
        return
    hint = telling.hint(told)
    if not every_row:
        output.note(f"{telling.left_out(told, file)} {hint}")
        return
    from kapula.errors import SourceError

    count = telling.many(told.left_out)
    message = f"{count} of {file} cannot be read, and the answer has one line a row: {telling.because(told)}."
    lines = [row.line for row in told.first if row.line is not None]
    raise SourceError(message, hint=hint, file=file, rows=told.left_out, lines=lines)
