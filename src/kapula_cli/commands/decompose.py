"""``kapula decompose``: why a measure moved between two periods, or did not."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.decompose.part import Part
    from kapula.analyses.decompose.results import DecomposeResult

NAME = "decompose"
HELP = "split a measure's change into mix and within, by segment"
JSON = True
BREAKS = ("channel", "wording", "language", "scale_version")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    arguments.add_measure(parser, interval=False)
    add = parser.add_argument
    add("--segment", required=True, nargs="+", metavar="COLUMN", help="the groups whose shares may have shifted")
    told = parser.add_mutually_exclusive_group(required=True)
    told.add_argument("--period", metavar="COLUMN", help="the column that tells the period")
    told.add_argument("--time", metavar="COLUMN", help="the column of dates, or of months, weeks or quarters, instead")
    add(
        "--from",
        dest="first",
        metavar="PERIOD",
        help="the first period; with --time as 2024, 2024-01/2024-06 or a day as the file writes it",
    )
    add("--to", dest="second", metavar="PERIOD", help="the second period")
    add(
        "--grain",
        choices=arguments.PERIODS,
        help="with --time, the steps in which the whole stretch is followed (default: month, or what the times name)",
    )
    add("--drivers", metavar="A,B,…", help="columns of numbers whose part of the change is told")
    for name in BREAKS:
        add(f"--{name.replace('_', '-')}", metavar="COLUMN", help="look for a break of comparability in this column")
    add("--reworded", nargs="+", default=[], metavar="DAY", help="with --time, days from which the wording was another")
    add("--margin", type=float, metavar="CHANGE", help="the largest change that counts as none, in the measure's unit")
    add("--n-boot", type=int, default=1000, metavar="N", help="bootstrap draws, 20 or more (default: 1000)")
    add("--seed", type=int, default=1, metavar="N", help="the same seed gives the same intervals (default: 1)")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)
    settings = arguments.measure_settings(args, names)
    first, second, *reworded = (_iso(args, table, names, text) for text in (args.first, args.second, *args.reworded))
    result = kapula.decompose(
        table,
        settings.pop("measure"),
        segment=[names.one(name) for name in args.segment],
        period=names.one(args.period),
        time=names.one(args.time),
        first=first,
        second=second,
        grain=args.grain,
        drivers=[names.one(name) for name in arguments.several(args.drivers)],
        reworded=reworded,
        margin=args.margin,
        n_boot=args.n_boot,
        seed=args.seed,
        **{name: names.one(getattr(args, name)) for name in BREAKS},
        **settings,
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def _iso(args: argparse.Namespace, table: Any, names: arguments.Names, text: str | None) -> str | None:
    """The period with days such as 3/4/2024 in ISO form, as the file's own are read; others the library reads by itself."""
    from kapula.analyses.decompose.spans import as_iso
    from kapula_cli.source import day_format

    column = names.one(args.time or args.period)
    if text is None or "/" not in text or not names.types[column].is_temporal():
        return text
    family = day_format(args, column)
    return as_iso(text, family) if family else text


def shown(result: DecomposeResult) -> str:
    """The verdict, the split, the segments, and what else was found."""
    from kapula.analyses.decompose.verdict import VERDICTS

    unit = result.unit
    lines = [
        f"{result.measure}: {result.first} → {result.second}",
        f"{result.verdict}: {VERDICTS[result.verdict]}",
        f"n = {text.count(result.n)} ({text.count(result.n_first)} and {text.count(result.n_second)})",
    ]
    if not result.parts:
        return "\n".join([*lines, f"About {text.count(result.needed_n or 0)} answers are needed."])
    level = f"{100 * result.method['level']:g} % interval"
    split = [(name, *_figures(result.parts[name], unit)) for name in ("total", "mix", "within")]
    split += [(f"mix by {one.column}", *_figures(one.mix, unit)) for one in result.columns]
    lines += ["", text.table(("part", "change", level), split, left=1), "", _segments(result, level), ""]
    return "\n".join([*lines, *_more(result)])


def _segments(result: DecomposeResult, level: str) -> str:
    unit = result.unit
    rows = [
        (
            f"({len(part.pooled)} small segments)" if part.pooled else text.label(part.segment),
            f"{100 * part.share_first:.1f} → {100 * part.share_second:.1f} %",
            f"{text.number(part.value_first, unit)} → {text.number(part.value_second, unit)}",
            text.number(part.mix.value, unit),
            *_figures(part.within, unit),
            text.count(part.n_first + part.n_second),
            "sure" if part.sure else "",
        )
        for part in result.segments
    ]
    return text.table(("segment", "share", result.measure, "mix", "within", level, "n", ""), rows, left=1)


def _figures(part: Part, unit: str) -> tuple[str, str]:
    return text.number(part.value, unit), text.between(part.low, part.high, unit)


def _more(result: DecomposeResult) -> list[str]:
    unit = result.unit
    inside = "surely inside it" if result.flat else "not surely inside it"
    lines = [f"Margin of none: ±{text.number(result.margin, unit)}; the total is {inside}"]
    for one in result.breaks:
        when = f" from {one.period}" if one.period else ""
        share = f"{100 * one.distance:.0f} % of the mix"
        lines.append(f"{one.code}{when}: {share}; {text.number(one.part.value, unit)} coincides with it")
    if result.drivers is not None:
        rows: list[Any] = [(one.name, *_figures(one.levels, unit)) for one in result.drivers.drivers]
        rows.append(("levels in all", *_figures(result.drivers.levels, unit)))
        rows.append(("at unchanged levels", *_figures(result.drivers.coefficients, unit)))
        lines += ["", text.table(("driver", "part", "interval"), rows, left=1)]
    if result.stretch is not None:
        found = result.stretch
        slopes = [(name, *_figures(getattr(found, name), unit)) for name in ("total", "mix", "within")]
        lines += ["", text.table((f"per year, {found.first} … {found.last}", "change", "interval"), slopes, left=1)]
    needed = [f"About {text.count(result.needed_n)} answers would tell."] if result.needed_n else []
    return [*lines, *needed, *text.explained(result.warnings)]
