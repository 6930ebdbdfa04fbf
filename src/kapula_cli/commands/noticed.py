"""``kapula noticed``: do customers mention an agreed behaviour more where it has been rolled out?"""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.noticed.parts import Effect
    from kapula.analyses.noticed.results import NoticedResult

NAME = "noticed"
HELP = "whether customers mention an agreed behaviour more where it has been rolled out"
JSON = True
_SETTINGS = ("period", "base", "minimum_n", "level", "timezone", "seed")
_COUNTS = ("true_positive", "false_negative", "false_positive", "true_negative")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--mention", required=True, metavar="COLUMN", help="1 when the comment mentions it, else 0")
    parser.add_argument("--team", required=True, metavar="COLUMN", help="the comment's team, site …")
    arguments.add_time(parser, required=True, usual="month")
    parser.add_argument(
        "--rollout", required=True, metavar="COLUMN", help="the day the team began; blank for teams that have not"
    )
    parser.add_argument(
        "--base", choices=("all", "last"), default="all", help="compare with all periods before, or the last of them"
    )
    parser.add_argument(
        "--errors",
        metavar="TP,FN,FP,TN",
        help="how the mentions were checked: right, missed, wrongly found, rightly not",
    )
    parser.add_argument(
        "--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated"
    )
    parser.add_argument("--minimum-n", type=int, default=0, metavar="N", help="withhold effects of fewer comments")
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="the clock that days and months follow")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the draws behind a corrected interval")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)
    result = kapula.noticed(
        table,
        names.one(args.mention),
        names.one(args.team),
        names.one(args.time),
        names.one(args.rollout),
        errors=errors(args.errors),
        filters=names.filters(args.filter),
        **{name: getattr(args, name) for name in _SETTINGS},
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def errors(given: str | None) -> dict[str, Any] | None:
    """Four counts in order, by their names; a name without a whole number is left to the library to refuse."""
    if given is None:
        return None
    counts = [arguments.plain(part.strip()) for part in given.split(",")]
    return dict(zip(_COUNTS, counts, strict=False))


def shown(result: NoticedResult) -> str:
    """The effect, then by roll-out and by time since, and what the time before says."""
    first = f"{result.verdict}: {text.count(result.n)} teams, {result.rolled_out} rolled out and compared, "
    first += f"{text.count(result.n_comments)} comments"
    if result.needed_n:
        return "\n".join([f"{first}; about {result.needed_n} teams needed", *text.explained(result.warnings)])
    if result.effect is None:
        return "\n".join([first, *text.explained(result.warnings)])
    head = ("", "mention", "would have", "effect", "interval", "comments")
    rows = [_row("all", result.effect)]
    rows += [_row(f"began {one.rollout}", one.effect) for one in result.cohorts]
    rows += [_row(f"{one.periods} periods after", one.effect) for one in result.since]
    parts = [first, "", text.table(head, rows, left=1)]
    if result.before is not None:
        seen = result.before.effect
        parts += ["", f"Before the roll-out the teams drifted apart by {text.number(seen.value, 'share')} "
                  f"({text.between(seen.low, seen.high, 'share')})."]  # fmt: skip
        if result.before.holds_until is not None:
            parts.append(f"The answer stays sure until {result.before.holds_until:g} times that much drift after it.")
    return "\n".join([*parts, "", *text.explained(result.warnings)])


def _row(name: str, effect: Effect) -> tuple[str, ...]:
    return (
        name,
        text.number(effect.share, "share"),
        text.number(effect.expected, "share"),
        text.number(effect.value, "share"),
        text.between(effect.low, effect.high, "share"),
        text.count(effect.n),
    )
