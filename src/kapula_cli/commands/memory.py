"""``kapula memory``: what of a journey is remembered."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.memory.results import MemoryResult, Part, Theme, Trace

NAME = "memory"
HELP = "what of a journey is remembered: peak, end, mean, and which moments leave a trace"
JSON = True
_SETTINGS = ("peak", "neutral", "days", "minimum_n", "level", "timezone")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--customer", required=True, metavar="COLUMN", help="whose journey it is")
    parser.add_argument("--time", required=True, metavar="COLUMN", help="the column of dates")
    parser.add_argument("--moment", required=True, metavar="COLUMN", help="the kind of moment, such as its touchpoint")
    parser.add_argument("--score", required=True, metavar="COLUMN", help="the score given at the moment")
    parser.add_argument(
        "--remembered", required=True, metavar="COLUMN",
        help="the score given afterwards, on a row of its own or on the moments' rows",
    )  # fmt: skip
    parser.add_argument("--designed", metavar="A,B,…", default="", help="the moments meant to be remembered")
    parser.add_argument("--themes", metavar="COLUMN", help="what the row's comment mentions, a list or a text")
    parser.add_argument(
        "--peak",
        choices=("extreme", "worst", "best"),
        default="extreme",
        help="which moment is the peak (default: extreme)",
    )
    parser.add_argument("--neutral", type=float, metavar="N", help="the score that is neither good nor bad")
    parser.add_argument("--days", type=int, metavar="N", help="only moments at most so many days before the answer")
    parser.add_argument(
        "--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated"
    )
    parser.add_argument("--minimum-n", type=int, default=0, metavar="N", help="withhold figures of fewer journeys")
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="the clock that days follow")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)
    result = kapula.memory(
        table,
        *(names.one(getattr(args, name)) for name in ("customer", "time", "moment", "score", "remembered")),
        designed=arguments.several(args.designed),
        themes=names.one(args.themes),
        filters=names.filters(args.filter),
        **{name: getattr(args, name) for name in _SETTINGS},
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def shown(result: MemoryResult) -> str:
    """Peak, end and mean, then every kind of moment, then themes."""
    first = f"{result.verdict}: n = {result.n} journeys of {result.customers} customers, {result.n_moments} moments"
    strange = ", ".join(result.method["designed_unknown"])
    warned = [
        f"{line} ({strange})" if line.startswith("designed_unknown") else line
        for line in text.explained(result.warnings)
    ]
    if result.needed_n:
        return "\n".join([f"{first}; about {result.needed_n} journeys needed", *warned])
    rows = [(name, *_figures(part)) for name, part in result.parts.items()]
    lines = [first, "", text.table(("part", "per point", "interval", "q"), rows, left=1)]
    lines.append(
        f"Explained: {text.number(result.r2, 'share')}, by the mean alone {text.number(result.r2_mean, 'share')}."
    )
    head = ("moment", "designed", "journeys", "trace", "interval", "q", "what")
    lines += ["", text.table(head, [_moment(one) for one in result.moments], left=1)]
    if result.themes:
        told = ("theme", "at the moment", "later", "difference", "interval", "sure")
        lines += ["", text.table(told, [_theme(one) for one in result.themes], left=1)]
    return "\n".join([*lines, "", *warned])


def _figures(part: Part | None) -> tuple[str, ...]:
    if part is None:
        return text.DASH, text.DASH, text.DASH
    return (
        text.number(part.value, "scale"),
        text.between(part.low, part.high, "scale"),
        text.DASH if part.q is None else f"{part.q:.3g}",
    )


def _moment(one: Trace) -> tuple[str, ...]:
    what = one.verdict if one.needed_n is None else f"not enough: about {one.needed_n} needed"
    return (one.moment, "yes" if one.designed else "no", text.count(one.n), *_figures(one.trace), what)


def _theme(one: Theme) -> tuple[str, ...]:
    shares = [text.number(share, "share") for share in (one.at_moment, one.later, one.value)]
    return (one.theme, *shares, text.between(one.low, one.high, "share"), "yes" if one.sure else "no")
