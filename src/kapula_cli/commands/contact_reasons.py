"""``kapula contact-reasons``: human or machine?"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kapula_cli import arguments, output, text

if TYPE_CHECKING:
    from kapula.analyses.contact_reasons.results import ContactReasonsResult, Reason
    from kapula.results import Row

NAME = "contact-reasons"
HELP = "which contact reasons to automate, to give to a human, to remove the cause of, and to leave"
JSON = True
_SETTINGS = ("effort_is", "neutral", "level", "minimum_n", "seed")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    arguments.add_source(parser)
    parser.add_argument("--reason", required=True, metavar="COLUMN", help="the contact's reason, or a list of them")
    parser.add_argument("--effort", required=True, metavar="COLUMN", help="how much trouble it was")
    parser.add_argument("--emotion", required=True, metavar="COLUMN", help="how strong the feeling was")
    parser.add_argument("--resolved", required=True, metavar="COLUMN", help="1 when the matter was settled, else 0")
    parser.add_argument(
        "--effort-is", choices=("effort", "ease"), default="effort", help="ease: more is easier (default: effort)"
    )
    parser.add_argument(
        "--neutral", type=float, metavar="N", help="the emotion that is none, on a scale of good and bad"
    )
    parser.add_argument(
        "--line", action="append", default=[], metavar="NAME=VALUE",
        help="where the map is divided: effort, emotion, resolved or volume; may be repeated (default: the others' mean)",
    )  # fmt: skip
    parser.add_argument("--cluster", metavar="COLUMN", help="the customer whose contacts belong together")
    parser.add_argument(
        "--filter", action="append", default=[], metavar="COLUMN=VALUE", help="only these rows; may be repeated"
    )
    parser.add_argument("--minimum-n", type=int, default=0, metavar="N", help="withhold reasons of fewer contacts")
    parser.add_argument("--level", type=float, default=0.95, metavar="P", help="confidence level (default: 0.95)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the draws behind the certainties")


def run(args: argparse.Namespace) -> int:
    import kapula
    from kapula_cli.source import open_table

    table, names = open_table(args)
    result = kapula.contact_reasons(
        table,
        *(names.one(getattr(args, name)) for name in ("reason", "effort", "emotion", "resolved")),
        lines=lines(args.line),
        cluster=names.one(args.cluster),
        filters=names.filters(args.filter),
        **{name: getattr(args, name) for name in _SETTINGS},
    )
    output.answer(result.to_dict(), shown(result))
    return output.OK


def lines(given: Sequence[str]) -> dict[str, float]:
    """Name → value. Raises :class:`~kapula.errors.ParameterError` for what is no number."""
    from kapula.errors import ParameterError

    found = {name: arguments.plain(value) for name, value in map(arguments.split_pair, given)}
    wrong = [name for name, value in found.items() if isinstance(value, str)]
    if wrong:
        raise ParameterError(
            f"The line of {wrong[0]!r} is no number: {found[wrong[0]]!r}.",
            hint="Write it as in emotion=1.5.",
            parameter="line",
            value=found[wrong[0]],
        )
    return {name: float(value) for name, value in found.items()}


def shown(result: ContactReasonsResult) -> str:
    """A line for each reason, the most common first."""
    answers = ", ".join(f"{name} {text.count(n)}" for name, n in result.answers.items())
    first = f"{result.verdict}: n = {result.n} contacts (with an answer: {answers})"
    if result.needed_n:
        first += f"; about {text.count(result.needed_n)} needed"
    head = ("reason", "contacts", "volume", "effort", "emotion", "resolved", "place", "certainty")
    lines = [first, "", text.table(head, [_row(one) for one in result.reasons], left=1)]
    return "\n".join([*lines, "", *text.explained(result.warnings)])


def _row(one: Reason) -> tuple[str, ...]:
    certain = one.certainty.get(one.likely or "")
    place = one.verdict if one.verdict != "not_sure" else f"not sure ({one.likely})"
    return (
        one.name,
        text.count(one.n),
        text.number(one.volume.value if one.volume else None, "share"),
        _figure(one.effort, "scale"),
        _figure(one.emotion, "scale"),
        _figure(one.resolved, "share"),
        place if one.needed_n is None else f"not enough: about {text.count(one.needed_n)} needed",
        text.DASH if certain is None else text.number(certain, "share"),
    )


def _figure(row: Row | None, unit: str) -> str:
    """The figure and the contacts it is of: those with an answer, not all of the reason's."""
    return text.DASH if row is None else f"{text.number(row.value, unit)} (n {text.count(row.n)})"
