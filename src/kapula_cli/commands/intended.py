"""``kapula intended``: is the experience the one that was meant?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.intended.found import AimFound
    from kapula.analyses.intended.results import IntendedResult

NAME = "intended"
HELP = "measure which share of experiences matches declared aims"
JSON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--aims", required=True, metavar="YAML", help="a file of aims, or YAML in braces")
    parser.add_argument("--by", metavar="COLUMN", help="compare groups, such as touchpoints")
    arguments.add_time(parser)
    parser.add_argument("--weight", metavar="COLUMN", help="sampling weights")
    parser.add_argument("--cluster", metavar="COLUMN", help="the customer or account whose answers belong together")
    parser.add_argument("--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows")
    parser.add_argument("--minimum-n", type=int, default=0, metavar="N", help="withhold figures of fewer answers")
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="the clock that days and weeks follow")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    declared = aims(args.aims)
    table, names = open_table(args)
    result = kapula.intended(
        table,
        declared,
        by=names.one(args.by),
        time=names.one(args.time),
        period=args.period,
        weight=names.one(args.weight),
        cluster=names.one(args.cluster),
        filters=names.filters(args.filter),
        minimum_n=args.minimum_n,
        level=args.level,
        timezone=args.timezone,
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def aims(given: str) -> Any:
    """Aims of a file, or of YAML written on the command line."""
    from kapula.analyses.intended.files import load, parse

    return parse(given) if given.lstrip().startswith(("{", "[")) else load(given)


def shown(result: IntendedResult) -> str:
    """A line for each aim, then its rules, groups and periods."""
    rows = [
        (
            one.aim.name,
            text.number(one.share.value, "share") if one.share else text.DASH,
            text.between(one.share.low, one.share.high, "share") if one.share else text.DASH,
            text.count(one.n),
            text.count(one.unknown) if one.unknown else "",
            "" if one.aim.target is None else text.number(one.aim.target, "share"),
            one.verdict if one.needed_n is None else f"not enough: about {text.count(one.needed_n)} needed",
        )
        for one in result.aims
    ]
    head = ("aim", "as intended", "interval", "n", "not known", "target", "verdict")
    parts = [f"Experiences told of: {text.count(result.n)}", text.table(head, rows, left=1)]
    parts += [_details(one) for one in result.aims if one.share is not None]
    return "\n\n".join([*parts, "\n".join(text.explained(result.warnings))])


def _details(one: AimFound) -> str:
    lines = [f"{one.aim.name}:"]
    for rule in one.rules:
        more = (
            f", would have sufficed in {text.number(rule.pivotal.value, 'share')} of the rest" if rule.pivotal else ""
        )
        lines.append(
            f"  {rule.column} {rule.op} {rule.value if rule.value is not None else ''}".rstrip()
            + f": {_share(rule.met)}{more}"
        )
    lines += [f"  {kind.replace('_', ' ')}: {_share(row)}" for kind, row in one.kinds.items()]
    gaps = {gap.by: gap for gap in one.contrasts}
    for row in one.groups:
        gap = gaps.get(row.by)
        told = f", {100 * gap.value:+.1f} points against the rest" if gap and gap.sure and gap.value is not None else ""
        lines.append(f"  {text.label(row.by)}: {_share(row)}{told}")
    lines += [f"  {row.period}: {_share(row)}" for row in one.periods]
    return "\n".join(lines)


def _share(row: Any) -> str:
    return f"{text.number(row.value, 'share')} ({text.between(row.low, row.high, 'share')}, n {text.count(row.n)})"
