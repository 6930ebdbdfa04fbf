"""``kapula linkage``: does the staff's experience show in the customers'?"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.linkage.effects import Effect, Slope
    from kapula.analyses.linkage.results import LinkageResult

NAME = "linkage"
HELP = "look for the staff's experience in the customers', by touchpoint and lag"
JSON = True
MOST_LAGS = 1000
"""A longer row of lags is a slip of the keys, and is not even written out."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--unit", required=True, metavar="COLUMN", help="the team or site both sides belong to")
    parser.add_argument("--time", metavar="COLUMN", help="the column of dates, ISO periods or numbers of periods")
    parser.add_argument("--customer", required=True, metavar="COLUMN", help="the customers' score")
    parser.add_argument(
        "--staff", required=True, metavar="A,B,…", help="the staff's score, or several items of one scale"
    )
    parser.add_argument("--touchpoint", metavar="COLUMN", help="look at each touchpoint by itself")
    parser.add_argument("--lags", default="0-6", metavar="0-6", help="periods from staff to customers (default: 0-6)")
    parser.add_argument(
        "--period", choices=arguments.PERIODS, help="the length of a period (default: the one --time names, else week)"
    )
    parser.add_argument(
        "--staff-scale", nargs=2, type=float, metavar=("LOW", "HIGH"), help="the staff's scale, for r_wg"
    )
    parser.add_argument(
        "--adjust", choices=("season", "none"), default="season", help="what is taken out (default: season)"
    )
    parser.add_argument(
        "--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated"
    )
    parser.add_argument(
        "--minimum-n", type=int, default=0, metavar="N", help="withhold units' figures of fewer answers"
    )
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="the clock that weeks follow")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)
    result = kapula.linkage(
        table,
        names.one(args.unit),
        names.one(args.time),
        names.one(args.customer),
        [names.one(name) for name in arguments.several(args.staff)],
        touchpoint=names.one(args.touchpoint),
        lags=whole_numbers(args.lags),
        period=args.period,
        staff_scale=tuple(args.staff_scale) if args.staff_scale else None,
        adjust=args.adjust,
        minimum_n=args.minimum_n,
        level=args.level,
        filters=names.filters(args.filter),
        timezone=args.timezone,
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def whole_numbers(given: str) -> tuple[int, ...]:
    """ "0-6" or "0,2,4". Raises :class:`~kapula.errors.ParameterError`."""
    from kapula.errors import ParameterError

    found: list[int] = []
    for part in given.split(","):
        match = re.fullmatch(r"\s*(-?\d+)(?:-(-?\d+))?\s*", part)
        if match is None:
            raise ParameterError(f"{given!r} are no lags.", hint="Write 0-6 or 0,2,4.", parameter="lags", value=given)
        first, last = int(match[1]), int(match[2] if match[2] is not None else match[1])
        if not first <= last <= first + MOST_LAGS:
            raise ParameterError(
                f"{part.strip()} are no lags.",
                hint="Write 0-6, the smaller first, or 0,2,4.",
                parameter="lags",
                value=given,
            )
        found += range(first, last + 1)
    return tuple(found)


def shown(result: LinkageResult) -> str:
    """The verdict, then a line for each touchpoint and lag."""
    lines = [f"Verdict: {result.verdict} ({result.n} units, {text.count(result.n_staff)} staff and "
             f"{text.count(result.n_customers)} customer answers)"]  # fmt: skip
    if result.needed_n is not None:
        told = f"Too little data: about {result.needed_n} units are needed."
        return "\n".join([lines[0], told, *text.explained(result.warnings)])
    if result.staff:
        one, two = result.staff.icc1, result.staff.icc2
        lines.append(
            f"Staff ICC(1) {one[0]:.3f} ({one[1]:.3f} … {one[2]:.3f}), ICC(2) {two[0]:.2f} ({two[1]:.2f} … {two[2]:.2f})"
        )
    if result.agreement:
        lines.append(f"Staff r_wg, median of {result.agreement.groups} groups: {result.agreement.median:.2f}")
    head = ("touchpoint", "lag", "within", "interval", "q", "between", "interval", "q", "units", "cells")
    return "\n".join(
        [*lines, "", text.table(head, list(_rows(result.effects)), left=1), *text.explained(result.warnings)]
    )


def _rows(effects: Iterable[Effect]) -> Iterable[tuple[str, ...]]:
    for one in effects:
        if one.within or one.between:
            yield (
                "all" if one.touchpoint is None else str(one.touchpoint),
                str(one.lag),
                *_slope(one.within),
                *_slope(one.between),
                str(one.n_units),
                text.count(one.n_cells),
            )


def _slope(one: Slope | None) -> tuple[str, str, str]:
    if one is None:
        return text.DASH, text.DASH, text.DASH
    found = one.estimate
    q = text.DASH if one.q is None else f"{one.q:.3f}"
    return f"{found.value:.3f}", f"{found.low:.3f} … {found.high:.3f}", q + ("*" if one.sure else "")
