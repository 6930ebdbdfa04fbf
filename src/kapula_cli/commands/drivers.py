"""``kapula drivers``: what an outcome's variation is shared out to."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.drivers.results import DriversResult
    from kapula.analyses.drivers.share import DriverShare

NAME = "drivers"
HELP = "what an outcome's variation is shared out to, and how surely"
JSON = True
METHODS = ("lmg", "johnson", "shapley_logit", "penalty_reward")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--outcome", required=True, metavar="COLUMN", help="what is explained")
    parser.add_argument("--drivers", required=True, metavar="A,B,…", help="the columns it is shared out to")
    parser.add_argument("--method", choices=METHODS, help="how (default: lmg, beyond 20 drivers johnson)")
    parser.add_argument(
        "--group", action="append", default=[], metavar="NAME=A,B", help="columns that are one driver; may be repeated"
    )
    parser.add_argument("--always", default="", metavar="A,B,…", help="covariates that are always in the model")
    parser.add_argument("--weight", metavar="COLUMN", help="sampling weights")
    parser.add_argument("--cluster", metavar="COLUMN", help="the customer or account whose answers belong together")
    parser.add_argument(
        "--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated"
    )
    parser.add_argument(
        "--missing", choices=("listwise", "impute"), default="listwise", help="blanks (default: listwise)"
    )
    parser.add_argument("--imputations", type=int, default=20, metavar="M", help="draws of the blanks (default: 20)")
    parser.add_argument(
        "--scale", nargs=2, type=float, metavar=("LOW", "HIGH"), help="the drivers' answer scale: adds performance"
    )
    parser.add_argument(
        "--scale-of", action="append", default=[], metavar="A=LOW:HIGH", help="one driver's own scale; may be repeated"
    )
    parser.add_argument(
        "--cut",
        nargs=2,
        type=float,
        action="append",
        metavar=("LOW", "HIGH"),
        help="penalty_reward: low and high answers",
    )
    parser.add_argument(
        "--n-boot", type=int, default=1000, metavar="N", help="resamples, 20 or more; 0 for none (default: 1000)"
    )
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the seed of the resamples (default: 1)")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)
    groups = dict(map(arguments.split_pair, args.group))
    result = kapula.drivers(
        table,
        names.one(args.outcome),
        [name if name in groups else names.one(name) for name in arguments.several(args.drivers)],
        args.method,
        groups={name: [names.one(column) for column in arguments.several(columns)] for name, columns in groups.items()},
        always=[names.one(name) for name in arguments.several(args.always)],
        weight=names.one(args.weight),
        cluster=names.one(args.cluster),
        filters=names.filters(args.filter),
        missing=args.missing,
        imputations=args.imputations,
        scale=_scale(args, names),
        cuts=[tuple(cut) for cut in args.cut] if args.cut else None,
        n_boot=args.n_boot,
        level=args.level,
        seed=args.seed,
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def _scale(args: argparse.Namespace, names: arguments.Names) -> Any:
    """Everyone's scale, or driver → its own; None when none was given."""
    own = {}
    for name, ends in map(arguments.split_pair, args.scale_of):
        low, _, high = ends.partition(":")
        driver = name if name in dict(map(arguments.split_pair, args.group)) else names.one(name)
        own[driver] = (arguments.plain(low), arguments.plain(high))
    if args.scale and not own:
        return tuple(args.scale)
    return own or None


def shown(result: DriversResult) -> str:
    """The shares by rank, then what is sure of the order, then what to know."""
    from kapula.analyses.drivers import VERDICTS

    lines = [f"{VERDICTS[result.verdict]} n = {text.count(result.n)}"]
    if result.needed_n:
        lines[0] += f", {result.needed_n} needed"
    if result.drivers:
        found = f"R² {_share(result.r2)} ({text.between(result.r2_low, result.r2_high, 'share')}) of {result.outcome}"
        lines += [f"{found}, method {result.method['method']}", "", _table(result)]
    if result.asymmetry is not None:
        lines += ["", _asymmetry(result.asymmetry)]
    named = [f"{code}: {', '.join(names)}" for code, names in result.named.items()]
    return "\n".join([*lines, "", *named, *text.explained(result.warnings)])


def _table(result: DriversResult) -> str:
    drivers = {driver.name: driver for driver in result.drivers}
    level = f"{100 * result.method['level']:g} %"
    head = ("driver", "share", level, "of R²", "alone", "adds", "rank", "first in", "performance")
    rows = [_row(drivers[rank.name], rank) for rank in result.ranks]
    return text.table(head, rows, left=1)


def _row(driver: DriverShare, rank: Any) -> tuple[str, ...]:
    return (
        driver.name,
        _share(driver.share),
        text.between(driver.low, driver.high, "share"),
        _share(driver.part),
        _share(driver.first),
        _share(driver.last),
        str(rank.rank) if rank.low is None else f"{rank.rank} ({rank.low}–{rank.high})",
        "" if rank.first is None else _share(rank.first),
        ""
        if driver.performance is None
        else f"{driver.performance.value:.0f} {driver.performance.quadrant or ''}".strip(),
    )


def _asymmetry(found: Any) -> str:
    head = ("driver", "low answer", "interval", "high answer", "interval", "asymmetry", "interval", "class")
    rows = [
        (
            one.name,
            *(
                told
                for figure in (one.penalty, one.reward, one.asymmetry)
                for told in (text.number(figure.value, "scale"), text.between(figure.low, figure.high, "scale"))
            ),
            one.kind or "",
        )
        for one in found.drivers
    ]
    return text.table(head, rows, left=1)


def _share(value: float | None) -> str:
    return text.number(value, "share")
