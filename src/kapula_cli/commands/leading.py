"""``kapula leading``: what moves before a measure."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.leading.lead import Lead
    from kapula.analyses.leading.results import LeadingResult
    from kapula.analyses.leading.watchlist import Watch

NAME = "leading"
HELP = "what moves before a measure, by how long and how surely"
JSON = True
_SETTINGS = (
    "max_lag", "horizon", "window", "season", "period", "timezone", "dependent", "q", "level", "bad", "miss_cost", "event",
)  # fmt: skip


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--unit", metavar="COLUMN", help="teams, sites …; leave out for one series")
    arguments.add_time(parser, required=True)
    parser.add_argument("--target", required=True, metavar="COLUMN", help="what is to be known ahead")
    parser.add_argument("--candidates", required=True, metavar="A,B,…", help="what may move before it")
    parser.add_argument("--max-lag", type=int, default=8, metavar="N", help="the longest lead, in periods (default: 8)")
    parser.add_argument("--horizon", type=int, default=1, metavar="N", help="the shortest lead of use (default: 1)")
    parser.add_argument(
        "--window", type=int, metavar="N", help="periods each survey figure covers (default: looked for)"
    )
    parser.add_argument(
        "--season", type=float, metavar="N", help="periods in a season, 0 for none (default: looked for)"
    )
    parser.add_argument("--segment", metavar="COLUMN", help="a scan for each segment, corrected as one")
    parser.add_argument("--weight", metavar="COLUMN", help="answers behind a row")
    parser.add_argument(
        "--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated"
    )
    parser.add_argument(
        "--dependent", action="store_true", help="correct by Benjamini–Yekutieli: holds under any dependence"
    )
    parser.add_argument("--q", type=float, default=0.05, metavar="P", help="false discoveries allowed (default: 0.05)")
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--bad", choices=("low", "high"), default="low", help="which target is bad (default: low)")
    parser.add_argument(
        "--miss-cost", type=float, default=3.0, metavar="N", help="a missed bad period, in false alarms (default: 3)"
    )
    parser.add_argument(
        "--event", type=float, default=0.2, metavar="P", help="share of periods called bad (default: 0.2)"
    )
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="the clock that days and weeks follow")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)
    result = kapula.leading(
        table,
        names.one(args.unit),
        names.one(args.time),
        names.one(args.target),
        [names.one(name) for name in arguments.several(args.candidates)],
        segment=names.one(args.segment),
        weight=names.one(args.weight),
        filters=names.filters(args.filter),
        **{name: getattr(args, name) for name in _SETTINGS},
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def shown(result: LeadingResult) -> str:
    """Every candidate at its strongest lag, what to watch, and what to know."""
    from kapula.analyses.leading.results import VERDICTS

    first = f"{VERDICTS[result.verdict]} n = {text.count(result.n)} {result.grain}s, {result.units} units, {result.tested} tests"
    if result.needed_n:
        return "\n".join([f"{first}; {result.needed_n} {result.grain}s needed", *text.explained(result.warnings)])
    level = f"{100 * result.method['level']:g} %"
    head = ("candidate", "leads", "lag", "q", "gain", level, "per unit", level, "notes")
    lines = [first, "", text.table(head, [_row(lead) for lead in result.leads], left=1)]
    lines += [line for watch in result.watch for line in ("", *_watched(watch))]
    codes = [*result.warnings, *(code for lead in result.leads for code in lead.warnings)]
    return "\n".join([*lines, "", *text.explained(codes)])


def _row(lead: Lead) -> tuple[str, ...]:
    effect = lead.effect
    return (
        lead.name if lead.segment is None else f"{lead.name} · {lead.segment}",
        "yes" if lead.leads else "no",
        "" if lead.lag is None else str(lead.lag),
        "" if lead.q is None else f"{lead.q:.3g}",
        text.number(lead.gain, "share"),
        text.between(lead.low, lead.high, "share"),
        text.DASH if effect is None else text.number(effect.value, "raw"),
        text.DASH if effect is None else text.between(effect.low, effect.high, "raw"),
        ", ".join(lead.warnings),
    )


def _watched(watch: Watch) -> list[str]:
    if not watch.pays:
        return [f"{watch.name}: no level of it warns at a lower cost than silence."]
    told: list[Any] = [watch.precision, watch.caught]
    precision, caught = (text.number(share, "share") for share in told)
    yearly = "" if watch.false_per_year is None else f", {watch.false_per_year:.1f} false alarms a year and unit"
    now = [
        f"{text.label(one.unit)} ({one.latest:.4g})" for one in watch.levels if one.beyond and one.latest is not None
    ]
    return [
        f"Watch {watch.name}, {watch.side} its level, {watch.lag} periods ahead: {watch.alarms} alarms in {watch.periods} periods, "
        f"{precision} right, {caught} of bad periods caught{yearly}.",
        f"Beyond the level now: {', '.join(now) or 'none'}.",
    ]
