"""``kapula shares``: how large a share of comments speaks of each theme, or is of each sentiment."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.text.shares import SharesResult

NAME = "shares"
HELP = "shares of themes or sentiments over time, corrected for the classifier's error"
JSON = True
TIERS = ("careful", "fast")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--column", metavar="NAME", help="the column of comments, to be read now")
    what.add_argument("--labels", metavar="NAME", help="a column of labels that are there already (themes with commas)")
    parser.add_argument(
        "--of", choices=("themes", "sentiment"), default="themes", help="what is told (default: themes)"
    )
    parser.add_argument("--by", metavar="NAME", help="a share for each group")
    arguments.add_time(parser, default="month")
    parser.add_argument("--customer", metavar="NAME", help="the customer whose comments belong together")
    parser.add_argument("--model-version", metavar="NAME", help="the column of the version that made the labels")
    parser.add_argument(
        "--errors", metavar="JSON", help="error rates: {theme: {true_positive: …}}, or a confusion matrix"
    )
    parser.add_argument("--codebook", metavar="YAML", help="a codebook of your own, with --column")
    parser.add_argument("--tier", choices=TIERS, default="careful", help="which model reads (default: careful)")
    parser.add_argument("--minimum-n", type=int, default=0, metavar="N", help="withhold figures of fewer comments")
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the seed of the resamples (default: 1)")


def run(args: argparse.Namespace) -> int:
    from kapula.text.shares import shares
    from kapula_cli.source import open_table

    table, names = open_table(args)
    column, abstained = names.one(args.labels), None
    if args.column:
        table, column, abstained = _read_now(table, names.one(args.column), args)
    result = shares(
        table,
        column,
        of=args.of,
        time=names.one(args.time),
        period=args.period,
        by=names.one(args.by),
        cluster=names.one(args.customer),
        version=names.one(args.model_version),
        abstained=abstained,
        errors=_errors(args.errors),
        minimum_n=args.minimum_n,
        level=args.level,
        seed=args.seed,
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def _read_now(table: Any, column: str, args: argparse.Namespace) -> tuple[Any, str, str | None]:
    """The table with what the machine says of each comment; blank comments are left out."""
    from kapula.tables import fetch
    from kapula.text import codebook
    from kapula.text.reading import analyse

    rows = fetch(table.filter(table[column].notnull()))
    told = analyse(rows[column].to_pylist(), codebook.read(args.codebook) if args.codebook else None, tier=args.tier)
    rows = rows.append_column("kapula_said", told[args.of])
    if args.of == "themes":
        return rows, "kapula_said", None
    return rows.append_column("kapula_abstained", told["abstained"]), "kapula_said", "kapula_abstained"


def _errors(path: str | None) -> Any:
    if path is None:
        return None
    from kapula.errors import SourceError
    from kapula.text.shares import Confusion, rates_from

    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise SourceError("The error rates cannot be read.", hint="Give a JSON file.", source=path) from error
    if isinstance(told, dict) and "counts" in told:
        return Confusion.from_dict(told)
    if not isinstance(told, dict) or not all(isinstance(one, dict) for one in told.values()):
        raise SourceError("The error rates are not by theme.", hint="Write {theme: {true_positive: …}}.", source=path)
    return {code: rates_from(one) for code, one in told.items()}


def shown(result: SharesResult) -> str:
    from kapula.text.shares.run import VERDICTS

    lines = [f"{VERDICTS[result.verdict]} n = {text.count(result.n)}"]
    if result.needed_n:
        lines[0] += f", {result.needed_n} needed"
    head = ("label", "group", "period", "share", "interval", "as labelled", "n")
    rows = [
        (
            row.label,
            "" if row.by is None else text.label(row.by),
            row.period or "",
            text.number(row.value, "share"),
            text.between(row.low, row.high, "share"),
            text.number(row.apparent, "share"),
            text.count(row.n),
        )
        for row in result.rows
    ]
    if rows:
        lines += ["", text.table(head, rows, left=3)]
    for one in result.differences:
        if one.sure:
            where = (
                f"{one.first} → {one.second}" if one.kind == "period" else f"{text.label(one.by)} against the others"
            )
            lines.append(
                f"{one.label}, {where}: {text.number(one.value, 'share')} ({text.between(one.low, one.high, 'share')})"
            )
    return "\n".join([*lines, "", *text.explained(result.warnings)])
