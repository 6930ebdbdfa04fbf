"""``kapula expectations``: does the score fall although the performance does not?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.expectations.results import ExpectationsResult

NAME = "expectations"
HELP = "split a score's change into drift, performance and mix"
JSON = True
UNIT = "scale"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    add = parser.add_argument
    add("--score", required=True, metavar="COLUMN", help="the score")
    add("--performance", required=True, metavar="A,B,…", help="what was done, rated or measured: one column or several")
    add("--time", required=True, metavar="COLUMN", help="the column of dates, ISO periods or numbers of periods")
    add("--expectation", metavar="COLUMN", help="the question on expectations, where it was asked")
    add("--mix", metavar="A,B,…", help="columns of groups whose shares may have shifted")
    add(
        "--unit",
        choices=arguments.PERIODS,
        help="how long a number of --time is (default: as its name says, else year)",
    )
    add("--grain", choices=arguments.PERIODS, help="the periods of dates (default: by their number and size)")
    add("--margin", type=float, metavar="CHANGE", help="the largest drift a year that counts as none")
    add("--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated")
    add("--weight", metavar="COLUMN", help="sampling weights")
    add("--cluster", metavar="COLUMN", help="the customer or account whose answers belong together")
    add("--minimum-n", type=int, default=0, metavar="N", help="leave periods of fewer answers out")
    add("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    add("--timezone", default="UTC", metavar="ZONE", help="the clock that days follow")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)
    performance, mix = (
        [names.one(name) for name in arguments.several(given)] for given in (args.performance, args.mix)
    )
    result = kapula.expectations(
        table,
        names.one(args.score),
        performance,
        names.one(args.time),
        mix=mix,
        **{name: names.one(getattr(args, name)) for name in ("expectation", "weight", "cluster")},
        **{name: getattr(args, name) for name in ("unit", "grain", "margin", "minimum_n", "level", "timezone")},
        filters=names.filters(args.filter),
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def shown(result: ExpectationsResult) -> str:
    """The verdict, the split, and the periods."""
    from kapula.analyses.expectations.verdict import VERDICTS

    lines = [f"{result.verdict}: {VERDICTS[result.verdict]}", f"n = {text.count(result.n)} in {result.periods} periods"]
    if not result.slopes:
        periods = f" and {result.needed_periods} periods" if result.needed_periods else ""
        if result.needed_n:
            lines.append(f"About {text.count(result.needed_n)} answers{periods} are needed.")
        return "\n".join([*lines, *text.explained(result.warnings)])
    level = f"{100 * result.method['level']:g} % interval"
    rows = [
        (
            name,
            text.number(part.value, UNIT),
            text.between(part.low, part.high, UNIT),
            "" if part.p is None else f"{part.p:.3f}",
        )
        for name, part in result.slopes.items()
    ]
    points = [
        (
            point.period,
            *(text.number(part.value, UNIT) for part in (point.score, point.constant)),
            text.between(point.constant.low, point.constant.high, UNIT),
            text.count(point.n),
        )
        for point in result.points
    ]
    lines += ["", text.table(("part", "per year", level, "p"), rows, left=1), ""]
    lines += [text.table(("period", "score", "at the same performance", level, "n"), points, left=1), ""]
    if result.expectation is not None:
        slope = result.expectation.slope
        told = f"{text.number(slope.value, UNIT)} ({text.between(slope.low, slope.high, UNIT)})"
        lines.append(f"The expectation question: {told} a year")
    for one in result.sensitivity:
        told = f"{text.number(one.drift.value, UNIT)} ({text.between(one.drift.low, one.drift.high, UNIT)})"
        lines.append(f"Drift were the performance measured with reliability {one.reliability:g}: {told}")
    return "\n".join([*lines, *text.explained(result.warnings)])
