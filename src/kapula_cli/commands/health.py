"""``kapula health``: what is wrong with the data itself."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.health.results import Finding, HealthResult

NAME = "health"
HELP = "find stale, scattered, generic, duplicated and never-opened data"
JSON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument(
        "--questions", metavar="A,B,…", help="the columns of answers (default: answer_…, else all numbers)"
    )
    parser.add_argument("--time", metavar="COLUMN", help="the column of dates (default: occurred_on or occurred_at)")
    parser.add_argument("--source", metavar="COLUMN", help="where a row came from (default: source)")
    parser.add_argument("--person", metavar="COLUMN", help="who answered (default: customer)")
    parser.add_argument(
        "--divisions", metavar="A,B,…", help="groups to compare by (default: touchpoint, team, segment, channel)"
    )
    parser.add_argument(
        "--inventory", metavar="FILE", help="measures, sources and questions with kind, code and what is known"
    )
    parser.add_argument("--series", metavar="FILE", help="operational figures with measure, period and value")
    parser.add_argument("--as-of", type=arguments.day, metavar="DAY", help="the day looked from (default: the last)")
    parser.add_argument("--log-since", type=arguments.day, metavar="DAY", help="from when openings are known")
    parser.add_argument(
        "--unopened-days", type=int, default=90, metavar="N", help="how long is never opened (default: 90)"
    )
    parser.add_argument(
        "--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated"
    )
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="the clock that days follow")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_file, open_table

    table, names = open_table(args)
    lists: dict[str, Any] = {
        name: [names.one(one) for one in arguments.several(given)] if (given := getattr(args, name)) else None
        for name in ("questions", "divisions")
    }
    files: dict[str, Any] = {name: open_file(getattr(args, name)) for name in ("inventory", "series")}
    result = kapula.health(
        table,
        time=names.one(args.time),
        source=names.one(args.source),
        person=names.one(args.person),
        as_of=args.as_of,
        unopened_days=args.unopened_days,
        log_since=args.log_since,
        level=args.level,
        filters=names.filters(args.filter),
        timezone=args.timezone,
        **lists,
        **files,
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def shown(result: HealthResult) -> str:
    """A line for each finding, and what was looked at."""
    lines = [f"Verdict: {result.verdict} ({text.count(result.n)} rows, {len(result.findings)} findings)"]
    if result.needed_n is not None:
        told = f"Too little data: {result.needed_n} rows are needed."
        return "\n".join([lines[0], told, *text.explained(result.warnings)])
    if result.findings:
        head = ("severity", "kind", "what", "since", "evidence", "way out")
        lines += ["", text.table(head, [_row(one) for one in result.findings], left=6)]
    looked = ", ".join(f"{kind} {n}" for kind, n in sorted(result.checked.items()))
    return "\n".join([*lines, "", f"Looked at: {looked or 'nothing'}.", *text.explained(result.warnings)])


def _row(one: Finding) -> tuple[str, ...]:
    evidence = ", ".join(f"{key} {_figure(value)}" for key, value in one.evidence.items())
    what = " = ".join((f"{one.subject} {one.code}", *one.others))
    return one.severity, one.kind, what, one.since or "", evidence, one.way_out


def _figure(value: object) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
