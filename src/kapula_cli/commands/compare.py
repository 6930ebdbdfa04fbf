"""``kapula compare``: two periods or groups by the interval of their difference."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.results import Difference

NAME = "compare"
HELP = "compare two periods or groups"
JSON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    arguments.add_measure(parser)
    parser.add_argument(
        "--between",
        nargs=2,
        required=True,
        metavar=("FIRST", "SECOND"),
        help="two periods (2026-W04) or values; several joined by commas",
    )
    parser.add_argument("--on", default="period", metavar="COLUMN", help="the column that holds them (default: period)")
    arguments.add_by(parser)
    arguments.add_time(parser)


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula.results import Difference
    from kapula_cli.source import open_table

    table, names = open_table(args)
    settings = arguments.measure_settings(args, names)
    on = "period" if args.on == "period" else names.one(args.on)
    numeric = on != "period" and names.types[on].is_numeric()
    result = kapula.compare(
        table,
        between=[_side(side, numeric) for side in args.between],
        on=on,
        by=arguments.group_names(args, names),
        time=names.one(args.time),
        period=args.period,
        **settings,
    )
    unit = _unit(settings["measure"])
    differences = [result] if isinstance(result, Difference) else list(result.rows)
    output.answer(result.to_dict(), shown(differences, unit, args.between, args.level))
    return output.OK


def shown(differences: list[Difference], unit: str, between: list[str], level: float) -> str:
    grouped = any(difference.first.by is not None for difference in differences)
    rows = [
        (
            text.label(found.first.by) if grouped else "",
            _figure(found.first.value, found.first.n, unit),
            _figure(found.second.value, found.second.n, unit),
            text.number(found.value, unit),
            text.between(found.low, found.high, unit),
            "surely different" if found.sure else "not surely different",
            ", ".join(found.warnings),
        )
        for found in differences
    ]
    head = ("group", between[0], between[1], "difference", f"{100 * level:g} % interval", "verdict", "notes")
    codes = [code for found in differences for code in found.warnings]
    return "\n".join([text.table(head, rows, left=1), *text.explained(codes)])


def _figure(value: float | None, n: int, unit: str) -> str:
    return f"{text.number(value, unit)} (n {text.count(n)})"


def _side(side: str, numeric: bool) -> list[object]:
    return [arguments.plain(value) if numeric else value for value in side.split(",")]


def _unit(measure: object) -> str:
    from kapula.measures import registry

    return registry.get(measure).unit if isinstance(measure, str) else str(getattr(measure, "unit", "raw"))
