"""``kapula accounts``: firms of several contacts."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.accounts.account import AccountRow, Level
    from kapula.analyses.accounts.results import AccountsResult

NAME = "accounts"
HELP = "tell how firms of several contacts are, and which ask for attention"
JSON = True
SHOWN = 25


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--account", required=True, metavar="COLUMN", help="the firm")
    parser.add_argument("--score", required=True, metavar="COLUMN", help="the contact's score")
    parser.add_argument("--contact", metavar="COLUMN", help="the person (default: each answer is one)")
    parser.add_argument("--role", metavar="COLUMN", help="the person's role")
    parser.add_argument("--time", metavar="COLUMN", help="the column of dates or ISO periods")
    parser.add_argument("--stage", metavar="COLUMN", help="the life-cycle stage (default: from --since and --renewal)")
    parser.add_argument("--revenue", metavar="COLUMN", help="the account's revenue")
    parser.add_argument("--renewal", metavar="COLUMN", help="the day its contract is renewed")
    parser.add_argument("--since", metavar="COLUMN", help="the day it became a customer")
    parser.add_argument("--active", metavar="COLUMN", help="true while it is a customer (in --details)")
    parser.add_argument("--details", metavar="FILE", help="a file of accounts with those four columns")
    parser.add_argument("--contacts", metavar="FILE", help="a file of the contacts there are, heard or not")
    parser.add_argument(
        "--role-weight", action="append", default=[], metavar="ROLE=WEIGHT", help="what a role weighs; may be repeated"
    )
    parser.add_argument("--as-of", type=arguments.day, metavar="DAY", help="the day looked from (default: the last)")
    parser.add_argument(
        "--window-days", type=int, default=365, metavar="N", help="how old an answer may be (default: 365)"
    )
    parser.add_argument("--renewal-days", type=int, default=180, metavar="N", help="what is soon (default: 180)")
    parser.add_argument(
        "--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated"
    )
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="the clock that days follow")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_file, open_table

    table, names = open_table(args)
    details = open_file(args.details)
    facts = {name: getattr(args, name) for name in ("revenue", "renewal", "since")}
    weights = dict(map(arguments.split_pair, args.role_weight))
    result = kapula.accounts(
        table,
        names.one(args.account),
        names.one(args.score),
        names.one(args.contact),
        role=names.one(args.role),
        time=names.one(args.time),
        stage=names.one(args.stage),
        **{name: column if details is not None else names.one(column) for name, column in facts.items()},
        active=args.active,
        details=details,
        contacts=open_file(args.contacts),
        role_weights={role: _number(role, weight) for role, weight in weights.items()} or None,
        as_of=args.as_of,
        window_days=args.window_days,
        renewal_days=args.renewal_days,
        level=args.level,
        filters=names.filters(args.filter),
        timezone=args.timezone,
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def _number(role: str, weight: str) -> float:
    from kapula.errors import ParameterError

    found = arguments.plain(weight)
    if isinstance(found, bool | str):
        raise ParameterError(
            f"{weight!r} is no weight.", hint="Write it as in user=1.", parameter="role_weights", value=role
        )
    return float(found)


def shown(result: AccountsResult) -> str:
    """The verdict, the roles and stages, then the accounts that ask for attention."""
    lines = [f"Verdict: {result.verdict} ({result.n} of {result.n_known} accounts heard, {result.n_contacts} contacts)"]
    if result.needed_n is not None:
        told = f"Too little data: about {result.needed_n} accounts are needed, ten of them with two contacts."
        aside = [f"Set aside, without: {text.pairs(result.set_aside)}."] if result.set_aside else []
        return "\n".join([lines[0], told, *aside, *text.explained(result.warnings)])
    lines += [_level(name, one) for name, one in (("All", result.overall), ("By revenue", result.by_revenue)) if one]
    for title, levels in (("role", result.roles), ("stage", result.stages)):
        if levels:
            rows = [(text.label(one.name), f"{one.value:.2f}", _between(one), str(one.n_contacts)) for one in levels]
            lines += ["", text.table((title, "mean", "interval", "contacts"), rows, left=1)]
    asked = [row for row in result.rows if row.flags]
    head = ("account", "level", "interval", "n", "change", "revenue", "renewal", "flags")
    lines += [
        "",
        f"{len(asked)} accounts ask for attention:",
        text.table(head, [_row(row) for row in asked[:SHOWN]], left=1),
    ]
    return "\n".join([*lines, *text.explained(result.warnings)])


def _level(name: str, one: Level) -> str:
    return f"{name}: {one.value:.2f} ({_between(one)})"


def _between(one: Level) -> str:
    return text.between(one.low, one.high, "scale")


def _row(row: AccountRow) -> tuple[str, ...]:
    return (
        str(row.account),
        text.number(row.value, "scale"),
        text.between(row.low, row.high, "scale"),
        str(row.n) if row.known is None else f"{row.n}/{row.known}",
        text.number(row.change, "scale"),
        "" if row.revenue is None else text.count(row.revenue),
        row.renewal or "",
        ", ".join(row.flags),
    )
