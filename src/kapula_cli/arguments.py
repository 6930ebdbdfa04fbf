"""Arguments that the measuring commands share, and their values as the library wants them."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

PERIODS = ("day", "week", "month", "quarter", "year")
"""As in ``kapula.schema``, written again because that import costs more than the whole of ``--help`` may (a test compares)."""


def add_source(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        help="CSV, Excel, Parquet or SPSS file, or a database URL (postgresql://…#table)",
    )
    parser.add_argument("--table", metavar="NAME", help="the table of a database URL")
    parser.add_argument("--query", metavar="SQL", help="a SELECT in the database instead of a table")
    parser.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook (default: the first)")


def add_measure(parser: argparse.ArgumentParser, *, interval: bool = True) -> None:
    """What is measured, and from which rows. ``interval``: whether one may choose how intervals are made."""
    parser.add_argument("--measure", required=True, metavar="NAME", help="see: kapula measures")
    parser.add_argument("--declared", metavar="YAML", help="a file of your own declared measures")
    parser.add_argument("--column", metavar="NAME", help="the column of answers")
    parser.add_argument(
        "--columns",
        nargs="+",
        metavar="NAME",
        help="several columns, in the measure's order or as role=NAME",
    )
    parser.add_argument("--missing", nargs="+", default=[], metavar="CODE", help="codes that mean no answer")
    parser.add_argument(
        "--scale", nargs=2, type=float, metavar=("LOW", "HIGH"), help="the answer scale, if not the usual"
    )
    parser.add_argument(
        "--off-scale",
        choices=("error", "set-aside"),
        default="error",
        help="what to do with answers off the scale (default: error)",
    )
    parser.add_argument(
        "--option", action="append", default=[], metavar="NAME=VALUE", help="an option of the measure; may be repeated"
    )
    parser.add_argument(
        "--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated"
    )
    parser.add_argument("--weight", metavar="COLUMN", help="sampling weights")
    parser.add_argument("--cluster", metavar="COLUMN", help="the customer or account whose answers belong together")
    parser.add_argument("--minimum-n", type=int, default=0, metavar="N", help="withhold figures of fewer answers")
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    if interval:
        parser.add_argument(
            "--interval", metavar="METHOD", help="how the interval is made (default: the measure's own)"
        )
    parser.add_argument("--timezone", default="UTC", metavar="ZONE", help="the clock that days and weeks follow")


def add_by(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--by", nargs="+", metavar="COLUMN", help="a figure for each group")


def add_time(
    parser: argparse.ArgumentParser, *, required: bool = False, default: str | None = None, usual: str | None = None
) -> None:
    """``usual``: the period that the library takes when none is given and the times name no longer ones."""
    parser.add_argument("--time", required=required, metavar="COLUMN", help="the column of dates or of ISO periods")
    told = f" (default: {usual}, or longer if the times name longer periods)" if usual else ""
    told = f" (default: {default})" if default else told
    parser.add_argument("--period", choices=PERIODS, default=default, help=f"a figure for each period{told}")


def measure_settings(args: argparse.Namespace, names: Names) -> dict[str, Any]:
    """The keywords of ``kapula.measure`` that :func:`add_measure` gave."""
    settings: dict[str, Any] = {
        "measure": _measure(args),
        "filters": names.filters(args.filter),
        "weight": names.one(args.weight),
        "cluster": names.one(args.cluster),
        "missing": tuple(plain(code) for code in args.missing),
        "off_scale": args.off_scale.replace("-", "_"),
        "minimum_n": args.minimum_n,
        "level": args.level,
        **({"interval": args.interval} if hasattr(args, "interval") else {}),
        "timezone": args.timezone,
        **{name: plain(value) for name, value in map(split_pair, args.option)},
    }
    if args.scale:
        settings["scale"] = tuple(args.scale)
    if args.columns:
        settings["columns"] = names.roles(args.columns)
    elif args.column:
        settings["column"] = names.one(args.column)
    return settings


def group_names(args: argparse.Namespace, names: Names) -> Any:
    """The ``by`` keyword: one name, several, or None."""
    found = [names.one(name) for name in args.by or []]
    return None if not found else found[0] if len(found) == 1 else found


class Names:
    """The table's columns, found as people write them: stray spaces, case and a BOM do not matter."""

    def __init__(self, columns: Sequence[str], types: Mapping[str, Any]) -> None:
        self.columns = list(columns)
        self.types = types

    def one(self, name: str | None) -> Any:
        """The column meant, exactly as it is called; None for None. Raises
        :class:`~kapula.errors.UnknownColumnError`."""
        if name is None or name in self.columns:
            return name
        from kapula.connectors.naming import name_key
        from kapula.schema import require

        near = [column for column in self.columns if name_key(column) == name_key(name)]
        if len(near) != 1:
            require(self.columns, [name])
        return near[0]

    def roles(self, given: Sequence[str]) -> Any:
        """Names in order, or role → name when each is written role=NAME and is no column as such."""
        if all("=" in text and text not in self.columns for text in given):
            return {role: self.one(name) for role, name in map(split_pair, given)}
        return [self.one(name) for name in given]

    def filters(self, given: Sequence[str]) -> dict[str, list[Any]] | None:
        """Column → wanted values, typed as the column is; an empty value means blank."""
        found: dict[str, list[Any]] = {}
        for text in given:
            name, value = split_pair(text)
            column = self.one(name)
            found.setdefault(column, []).append(self._typed(column, value) if value else None)
        return found or None

    def _typed(self, column: str, value: str) -> Any:
        kind = self.types[column]
        if kind.is_boolean():
            return value.casefold() in ("true", "1", "yes")
        return plain(value) if kind.is_numeric() else value


def day(text: str) -> date:
    """A day as an argument's type."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not a day such as 2026-01-31") from None


def several(given: str | None) -> list[str]:
    """A,B,… as names; a name with a comma in it stands in quotation marks ("price, quality",speed), and a comma too many names nothing."""
    parts = next(csv.reader([given or ""], skipinitialspace=True), [])
    return [name.strip() for name in parts if name.strip()]


def split_pair(text: str) -> tuple[str, str]:
    """NAME=VALUE as a pair."""
    from kapula.errors import ParameterError

    name, equals, value = text.partition("=")
    if not equals or not name:
        raise ParameterError(
            f"{text!r} is not NAME=VALUE.", hint="Write it as in channel=web.", parameter="filter", value=text
        )
    return name, value


def plain(text: str) -> Any:
    """A number where the text is one (decimal point or comma), true and false as such, else the text."""
    if text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return text


def _measure(args: argparse.Namespace) -> Any:
    """The registered name, or the declaration of that name in the file given."""
    if not args.declared:
        return args.measure
    from kapula.errors import UnknownMeasureError
    from kapula.measures.declare import load

    declared = {measure.name: measure for measure in load(args.declared)}
    if args.measure not in declared:
        names = ", ".join(declared)
        raise UnknownMeasureError(
            f"{args.declared} declares no measure {args.measure!r}.",
            hint=f"It declares: {names}.",
            measure=args.measure,
            suggestion=None,
        )
    return declared[args.measure]
