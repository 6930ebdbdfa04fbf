"""``kapula measure``: a measure's figures from a file or a database."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.results import MeasureResult

NAME = "measure"
HELP = "measure NPS, CSAT, CES … from a file or a database"
JSON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    arguments.add_measure(parser)
    arguments.add_by(parser)
    arguments.add_time(parser)


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)
    settings = arguments.measure_settings(args, names)
    result = kapula.measure(
        table, by=arguments.group_names(args, names), time=names.one(args.time), period=args.period, **settings
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def shown(result: MeasureResult) -> str:
    """The figures as a table, and below it how they were made."""
    differ = any(abs(row.n_effective - row.n) > 0.5 for row in result.rows if row.n)
    grouped = any(row.by is not None for row in result.rows)
    rows = [
        (
            text.label(row.by) if grouped else "",
            row.period or "",
            text.number(row.value, result.unit),
            text.between(row.low, row.high, result.unit),
            text.count(row.n),
            text.count(row.n_effective) if differ else "",
            ", ".join(row.warnings),
        )
        for row in result.rows
    ]
    level = result.method.get("level", 0.95)
    head = ("group", "period", result.measure, f"{100 * level:g} % interval", "n", "effective n", "notes")
    lines = [text.table(head, rows, left=2), "", f"Interval: {result.method.get('interval')}."]
    if result.set_aside:
        lines.append(f"Set aside: {text.pairs(result.set_aside)}.")
    lines += text.explained([*result.warnings, *(code for row in result.rows for code in row.warnings)])
    return "\n".join(lines)
