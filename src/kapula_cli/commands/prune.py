"""``kapula prune``: which questions could be left out."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.prune.cut import Cut
    from kapula.analyses.prune.question import QuestionFound
    from kapula.analyses.prune.results import PruneResult

NAME = "prune"
HELP = "find questions that could be left out, and answers given without care"
JSON = True
TOLD = {
    "can_drop": "These questions can go: {drop}.",
    "keep_all": "No question can go within the allowed loss.",
    "unsure": "The loss may well be small enough, but n = {n} cannot show it; about {needed} are needed.",
    "no_prediction": "The questions do not surely predict {outcome}, so nothing can be said of any.",
    "not_enough": "Not enough to say: n = {n}, about {needed} needed.",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--outcome", required=True, metavar="COLUMN", help="what the questions shall predict")
    parser.add_argument(
        "--questions", required=True, metavar="A,B,…", help="the questions that could go, in the order asked"
    )
    parser.add_argument("--leading", metavar="A,B,…", help="leading indicators at hand: they stay in the model")
    parser.add_argument("--always", metavar="A,B,…", help="questions that may never go")
    parser.add_argument("--scale", metavar="A,B,…", help="the questions of Cronbach's alpha (default: all)")
    parser.add_argument("--seconds", metavar="COLUMN", help="the time it took to answer the questions and the outcome")
    parser.add_argument(
        "--max-loss", type=float, default=0.01, metavar="R2", help="how much R² may fall (default: 0.01)"
    )
    parser.add_argument(
        "--min-agreement",
        type=float,
        default=0.8,
        metavar="R",
        help="least rank correlation of the kept (default: 0.8)",
    )
    parser.add_argument(
        "--twin", type=float, default=0.85, metavar="R", help="sure correlation of twins (default: 0.85)"
    )
    parser.add_argument("--weight", metavar="COLUMN", help="sampling weights")
    parser.add_argument("--cluster", metavar="COLUMN", help="the customer or account whose answers stay in one fold")
    parser.add_argument("--time", metavar="COLUMN", help="then folds are stretches of time")
    parser.add_argument("--careless", action="append", default=[], metavar="INDEX=CUT", help="a cut; may be repeated")
    parser.add_argument("--agree", type=int, default=2, metavar="N", help="indices that must agree (default: 2)")
    parser.add_argument("--folds", type=int, default=10, metavar="N", help="folds (default: 10)")
    parser.add_argument("--repeats", type=int, default=5, metavar="N", help="times the folds are drawn (default: 5)")
    parser.add_argument(
        "--n-boot", type=int, default=200, metavar="N", help="bootstrap samples, 20 or more (default: 200)"
    )
    parser.add_argument("--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows")
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="seed of the folds (default: 1)")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)

    def listed(given: str | None) -> list[str]:
        return [names.one(name) for name in arguments.several(given)]

    result = kapula.prune(
        table,
        names.one(args.outcome),
        listed(args.questions),
        listed(args.leading),
        always=listed(args.always),
        scale=listed(args.scale) or None,
        seconds=names.one(args.seconds),
        weight=names.one(args.weight),
        cluster=names.one(args.cluster),
        time=names.one(args.time),
        max_loss=args.max_loss,
        min_agreement=args.min_agreement,
        twin=args.twin,
        folds=args.folds,
        repeats=args.repeats,
        n_boot=args.n_boot,
        careless={name: arguments.plain(cut) for name, cut in map(arguments.split_pair, args.careless)} or None,
        agree=args.agree,
        filters=names.filters(args.filter),
        level=args.level,
        seed=args.seed,
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def shown(result: PruneResult) -> str:
    """The answer, the questions in the order they would go, and what else was seen."""
    told = TOLD[result.verdict].format(
        drop=", ".join(result.drop),
        n=text.count(result.n),
        needed=text.count(result.needed_n or 0),
        outcome=result.outcome,
    )
    lines = [told, *_of_others(result)]
    if result.with_all is None:
        return "\n".join([*lines, *text.explained(result.warnings)])
    lines.append(_loss("All answers", result.with_all))
    if result.without_careless is not None:
        lines.append(_loss("Without careless answers", result.without_careless))
    if result.minutes_saved is not None:
        lines.append(
            f"Saves {result.seconds_saved:.0f} s an answer, {text.count(result.minutes_saved)} minutes in all."
        )
    head = (
        "question",
        "order",
        "loss of R²",
        "interval",
        "ranks agree",
        "share of R²",
        "twin",
        "α if dropped",
        "notes",
    )
    ordered = sorted(result.questions, key=lambda one: (one.order is None, one.order or 0))
    lines += ["", text.table(head, [_row(one) for one in ordered], left=1), ""]
    if result.alpha is not None:
        alpha = result.alpha
        bounds = text.between(alpha.low, alpha.high, "scale")
        keyed = f", reversed: {', '.join(alpha.reversed)} (α as asked {alpha.as_asked:.2f})" if alpha.reversed else ""
        lines.append(f"Cronbach's α {alpha.value:.2f} ({bounds}){keyed}")
    if result.careless is not None:
        indices = ", ".join(f"{one.name} {one.flagged}" for one in result.careless.indices)
        lines.append(f"Careless: {result.careless.flagged} of {text.count(result.careless.n)} ({indices})")
    return "\n".join([*lines, *text.explained(result.warnings)])


def _of_others(result: PruneResult) -> list[str]:
    """What goes without a model says nothing of whether the others predict: that is told beside it."""
    unknown = result.with_all is None or result.with_all.verdict == "no_prediction"
    if result.verdict != "can_drop" or not unknown or len(result.drop) == len(result.questions):
        return []
    return [f"The others do not surely predict {result.outcome}, so nothing can be said of them."]


def _loss(who: str, cut: Cut) -> str:
    r2 = text.number(cut.r2.value, "share")
    bounds = text.between(cut.loss.low, cut.loss.high, "share")
    return f"{who} (n {text.count(cut.n)}): R² {r2}, dropping {len(cut.drop)} costs {text.number(cut.loss.value, 'share')} ({bounds})"


def _row(one: QuestionFound) -> tuple[str, ...]:
    agreement = one.rank_agreement
    return (
        ("✗ " if one.drop else "") + one.name,
        "" if one.order is None else str(one.order),
        text.number(one.loss.value, "share") if one.loss else "",
        text.between(one.loss.low, one.loss.high, "share") if one.loss else "",
        "" if agreement is None else f"{agreement:.2f}",
        "" if one.share is None else text.number(one.share, "share"),
        one.twin_of or "",
        "" if one.alpha_if_dropped is None else f"{one.alpha_if_dropped:.2f}",
        ", ".join([*(["always"] if one.always else []), *(["reversed"] if one.reversed else []), *one.warnings]),
    )
