"""``kapula trend``: a measure over time."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.results import Difference
    from kapula.trends.results import TrendResult, TrendSeries

NAME = "trend"
HELP = "follow a measure: control limits, change points, breaks"
SHOWN = 26
BREAK_COLUMNS = ("wording", "channel", "language", "scale_version")
JSON = True


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    arguments.add_measure(parser)
    arguments.add_by(parser)
    arguments.add_time(parser, required=True, usual="week")
    for name in BREAK_COLUMNS:
        told = name.replace("_", " ")
        parser.add_argument(
            f"--{name.replace('_', '-')}", metavar="COLUMN", help=f"look for breaks in this column of {told}s"
        )
    parser.add_argument("--as-of", type=arguments.day, metavar="DAY", help="the day it is drawn on (default: today)")
    parser.add_argument("--baseline", type=int, metavar="N", help="rest the limits on the first N periods")
    parser.add_argument("--rules", nargs="+", metavar="RULE", help="rules that tell a signal from noise")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula.trends.rules import DEFAULT_RULES
    from kapula_cli.source import open_table

    table, names = open_table(args)
    settings = arguments.measure_settings(args, names)
    result = kapula.trend(
        table,
        time=names.one(args.time),
        period=args.period,
        by=arguments.group_names(args, names),
        **{name: names.one(getattr(args, name)) for name in BREAK_COLUMNS},
        as_of=args.as_of,
        baseline=args.baseline,
        rules=args.rules or DEFAULT_RULES,
        **settings,
    )
    output.answer(result.to_dict(), "\n\n".join(shown(result, series) for series in result.series) or _nothing(result))
    return output.OK


def _nothing(result: TrendResult) -> str:
    """Why there is no period to show: a text of nothing would leave a person guessing."""
    aside = f" Set aside: {text.pairs(result.set_aside)}." if result.set_aside else ""
    return f"No row with a time to follow.{aside}"


def shown(result: TrendResult, series: TrendSeries) -> str:
    """The latest periods as a table, then what surely happened."""
    signals: dict[str, list[str]] = {}
    for signal in series.signals:
        signals.setdefault(signal.period, []).append(f"{signal.chart} {signal.rule}")
    rows = [
        (
            point.row.period or "",
            text.number(point.row.value, result.unit),
            text.between(point.row.low, point.row.high, result.unit),
            text.count(point.row.n),
            text.between(point.limit_low, point.limit_high, result.unit),
            text.number(point.ewma, result.unit),
            ", ".join(signals.get(point.row.period or "", []) + ([] if point.full else ["not full"])),
        )
        for point in series.points[-SHOWN:]
    ]
    level = result.method["level"]
    head = ("period", result.measure, f"{100 * level:g} % interval", "n", "control limits", "EWMA", "notes")
    lines = [text.label(series.by)] if series.by is not None else []
    if len(series.points) > SHOWN:
        lines.append(f"The last {SHOWN} of {len(series.points)} periods (all with --json).")
    return "\n".join([*lines, text.table(head, rows, left=1), "", *_happened(result, series)])


def _happened(result: TrendResult, series: TrendSeries) -> list[str]:
    summary, unit = series.summary, result.unit
    lines = [
        _difference(name, found, unit)
        for name, found in (
            ("Last full period against the one before", summary.change),
            (f"Last {summary.window} against the {summary.window} before", summary.window_change),
            (f"Last {summary.window} against a year earlier", summary.year_change),
        )
        if found is not None
    ]
    for change in series.changes:
        lines.append(
            f"Level changed at {change.period} ({change.low} … {change.high}): "
            f"{text.number(change.value_before, unit)} → {text.number(change.value_after, unit)}"
        )
    for found in series.breaks:
        lines.append(f"Not comparable across {found.period}: {found.code}, {100 * found.distance:.0f} % of the mix")
    return lines + text.explained(series.warnings)


def _difference(name: str, found: Difference, unit: str) -> str:
    verdict = "surely different" if found.sure else "not surely different"
    return f"{name}: {text.number(found.value, unit)} ({text.between(found.low, found.high, unit)}), {verdict}"
