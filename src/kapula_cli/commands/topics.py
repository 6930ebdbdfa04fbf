"""``kapula topics``: themes that the codebook misses, and topics on the rise."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.text.topics import Discovery, EmergingResult

NAME = "topics"
HELP = "themes of comments that the codebook misses, and topics on the rise"
JSON = True
TIERS = ("careful", "fast")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--column", required=True, metavar="NAME", help="the column of comments")
    parser.add_argument("--time", metavar="NAME", help="the column of dates: adds months, and topics on the rise")
    parser.add_argument("--codebook", metavar="YAML", help="a codebook of your own (default: the fourteen themes)")
    parser.add_argument("--no-codebook", action="store_true", help="look at every comment, coded or not")
    parser.add_argument("--known", metavar="JSON", help="an earlier answer of this command: its themes keep their ids")
    parser.add_argument(
        "--rate", type=float, default=1.0, metavar="N", help="false alarms a year over all topics (default: 1)"
    )
    parser.add_argument("--period", choices=("day", "week"), default="week", help="what is watched (default: week)")
    parser.add_argument("--tier", choices=TIERS, default="careful", help="which model reads (default: careful)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the seed of the search (default: 1)")


def run(args: argparse.Namespace) -> int:
    from kapula.text.reading import analyse, embed
    from kapula.text.topics import discover, emerging

    texts, days = _read(args)
    labelled = analyse(texts, _codebook(args), tier=args.tier)
    themes = [None] * len(texts) if args.no_codebook else labelled["themes"].to_pylist()
    found = discover(
        texts,
        embed(texts, tier=args.tier),
        days,
        None if args.no_codebook else themes,
        _known(args.known),
        args.seed,
        languages=labelled["language"].to_pylist(),
    )
    risen = None
    if days is not None:
        of = _topics(themes, found, days)
        risen = emerging(*of, period=args.period, rate=args.rate, seed=args.seed)
    output.answer({**found.to_dict(), "emerging": None if risen is None else risen.to_dict()}, shown(found, risen))
    return output.OK


def _read(args: argparse.Namespace) -> tuple[list[str], list[Any] | None]:
    """Every comment, blank ones as empty texts, and their days."""
    from kapula.analyses.days import day_of
    from kapula.tables import fetch
    from kapula_cli.source import open_table

    table, names = open_table(args)
    columns = {"text": table[names.one(args.column)].cast("string")}
    if args.time:
        columns["day"] = day_of(table, names.one(args.time), "UTC")
    rows = fetch(table.select(**columns))
    texts = [one or "" for one in rows["text"].to_pylist()]
    return texts, rows["day"].to_pylist() if args.time else None


def _codebook(args: argparse.Namespace) -> Any:
    from kapula.text import codebook

    return codebook.read(args.codebook) if args.codebook else None


def _known(path: str | None) -> Any:
    if path is None:
        return None
    from kapula.errors import SourceError
    from kapula.text.topics import KnownTheme

    try:
        told = json.loads(Path(path).read_text(encoding="utf-8"))
        return [KnownTheme.from_dict(one) for one in told["themes"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SourceError(
            "The known themes cannot be read.", hint="Give an answer of kapula topics --json.", source=path
        ) from error


def _topics(themes: list[Any], found: Discovery, days: list[Any]) -> tuple[list[Any], list[list[str]]]:
    """The dated comments, and the codes and discovered themes of each."""
    said = [[theme["code"] for theme in one or ()] for one in themes]
    for theme in found.themes:
        for place in theme.comments:
            said[place].append(theme.id)
    dated = [place for place, day in enumerate(days) if day is not None]
    return [days[place] for place in dated], [said[place] for place in dated]


def shown(found: Discovery, risen: EmergingResult | None) -> str:
    from kapula.text.topics import VERDICTS
    from kapula.text.topics.emerging import VERDICTS as RISING

    lines = [f"{VERDICTS[found.verdict]} n = {text.count(found.n)}, without a theme {text.count(found.missed)}"]
    if found.needed_n:
        lines[0] += f", {found.needed_n} distinct ones needed"
    if found.themes:
        head = ("theme", "n", "share", "stability", "status", "quote")
        rows = [
            (
                one.name,
                str(one.n),
                text.number(one.share, "share"),
                f"{one.stability:.2f}",
                one.status,
                one.quotes[0][:60],
            )
            for one in found.themes
        ]
        lines += ["", text.table(head, rows, left=1)]
    names = {one.id: one.name for one in found.themes}
    if risen is not None:
        lines += ["", RISING[risen.verdict]]
        lines += [
            f"{one.period}  {names.get(one.topic, one.topic)}: {one.count} of {one.total}, usual {one.expected:.1f}"
            for one in risen.alerts
        ]
    return "\n".join([*lines, "", *text.explained(found.warnings)])
