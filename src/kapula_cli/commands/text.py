"""``kapula text``: what comments say, one JSON object a comment."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from kapula_cli import arguments, output

NAME = "text"
HELP = "read comments: sentiment, themes with the words that show them, urgency, personal data"
JSON = True
LANGUAGES = ("fi", "sv", "en")
TIERS = ("careful", "fast")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--column", required=True, metavar="NAME", help="the column of comments")
    parser.add_argument("--codebook", metavar="YAML", help="your own themes (default: the fourteen of Kapula)")
    parser.add_argument("--languages", nargs="+", choices=LANGUAGES, default=LANGUAGES, help="those customers write in")
    parser.add_argument("--tier", choices=TIERS, default="careful", help="careful (default), or fast: more a second")
    parser.add_argument("--masked", action="store_true", help="print the comment too, its personal data masked")


def run(args: argparse.Namespace) -> int:
    from kapula.text import codebook
    from kapula.text.reading import check, stream
    from kapula_cli.source import open_table

    check(args.tier, args.languages)
    # Without --json it is a count of what could be read, and the rows left out are told beside it.
    table, names = open_table(args, verbatim=args.column, every_row=output.speaks_json())
    column = names.one(args.column)
    texts = _texts(table.select(column), column)
    chosen = codebook.read(args.codebook) if args.codebook else codebook.default()
    rows = _rows(stream(texts, chosen, args.languages, args.tier))
    if output.speaks_json():
        for row, text in zip(rows, texts, strict=True):
            output.line(_masked(row, text) if args.masked else row)
    else:
        output.answer({}, summary(list(rows)))
    return output.OK


def _texts(table: Any, column: str) -> Sequence[str | None]:
    """The comments as strings, in the order of the file. Raises ColumnTypeError for a column that no text was ever in.

    A column of nothing but numbers or dates is read as their text: such are the answers of a question that few answered in words.
    """
    from kapula.connectors.arrowtext import as_text
    from kapula.errors import ColumnTypeError

    kind = table.schema()[column]
    if not (kind.is_string() or kind.is_null() or kind.is_numeric() or kind.is_temporal()):
        raise ColumnTypeError(
            f"{column!r} holds {kind}, not comments.", hint="Name the column of text.", column=column, expected="text"
        )
    found: list[str | None] = as_text(table.to_pyarrow()[column].combine_chunks()).to_pylist()
    return found


def _rows(batches: Iterator[Any]) -> Iterator[dict[str, Any]]:
    from kapula.text.contract import to_dicts

    for batch in batches:
        yield from to_dicts(batch)


def _masked(row: dict[str, Any], text: str | None) -> dict[str, Any]:
    from kapula.text.corpus import Personal
    from kapula.text.personal import mask

    found = [Personal(one["type"], one["start"], one["end"]) for one in row["pii"]]
    return {**row, "text": mask(text or "", found)}


def summary(rows: list[dict[str, Any]]) -> str:
    """How many of each: for a person at a terminal."""
    if not rows:
        return "There are no comments."
    surely = [row for row in rows if not row["abstained"]]
    lines = [f"{len(rows)} comments; the sentiment of {len(rows) - len(surely)} is too unsure to count.", ""]
    lines += _counts("sentiment", [row["sentiment"] for row in surely], len(surely))
    lines += _counts("language", [row["language"] for row in rows], len(rows))
    lines += _counts("theme", [theme["code"] for row in rows for theme in row["themes"]], len(rows))
    flags = [name for row in rows for name in ("urgent", "churn_risk", "suggestion") if row[name]]
    lines += _counts("flag", flags, len(rows))
    lines += _counts("personal data", [one["type"] for row in rows for one in row["pii"]], len(rows))
    return "\n".join(lines)


def _counts(name: str, values: Sequence[str], total: int) -> list[str]:
    told = Counter(values).most_common()
    if not told:
        return []
    return [name, *(f"  {value:<24}{n:>8}  {100 * n / total:5.1f} %" for value, n in told), ""]
