"""Shares of labels over time and groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any, Final

from kapula.errors import ParameterError
from kapula.measures.engine.withhold import require_minimum_n
from kapula.statistics.differences import benjamini_hochberg
from kapula.text.labels import SENTIMENTS
from kapula.text.shares.cells import Cell
from kapula.text.shares.classes import ClassTeller
from kapula.text.shares.errors import Confusion, Rates
from kapula.text.shares.labelled import LabelTeller, Teller
from kapula.text.shares.read import ABSTAINED, Comments, read
from kapula.text.shares.results import ShareDifference, SharesResult

OF: Final = ("themes", "sentiment")
VERDICTS: Final = {
    "not_enough": "Too few comments to tell a share of.",
    "told": "Shares with their intervals.",
}
NEEDED: Final = 10


def shares(
    data: Any,
    column: str | None = None,
    *,
    of: str = "themes",
    time: str | None = None,
    period: str = "month",
    by: str | None = None,
    cluster: str | None = None,
    version: str | None = None,
    abstained: str | None = None,
    labels: Sequence[str] | None = None,
    errors: Mapping[str, Rates] | Confusion | None = None,
    filters: Any = None,
    level: float = 0.95,
    minimum_n: int = 0,
    n_boot: int = 2000,
    seed: int = 1,
    timezone: str = "UTC",
) -> SharesResult:
    """How large a share of comments speaks of each theme (or is of each sentiment), by period and group, with intervals.

    ``data``: a comment a row, with the classifier's labels in ``column`` (default: ``of``): for themes the contract's list of
    {code, …}, a list of codes, or text with commas; for sentiment a word, and ``abstained`` a column that says where it was too
    unsure. ``errors``: for themes label → :class:`ErrorRates` (or :class:`StratifiedRates`, where named and unnamed comments were checked
    separately), for sentiment a :class:`Confusion`; None: told as labelled, with the warning ``uncorrected``. ``cluster``: the customer
    whose comments belong together: intervals then rest on the effective n, and differences on resampled customers. ``version``: the
    column of the model's version: what was made by different ones is never compared. ``labels``: those to tell of (default: all found).

    Differences: the last two periods of each group when ``time`` is given, else each group against all the others.

    Raises :class:`ParameterError`, :class:`UnknownColumnError`, :class:`ColumnTypeError`.
    """
    _check(of, level, errors)
    require_minimum_n(minimum_n)
    wanted = tuple(errors.classes) if isinstance(errors, Confusion) and labels is None else labels
    comments = read(
        data,
        column or of,
        of,
        time=time,
        period=period,
        by=by,
        cluster=cluster,
        version=version,
        abstained=abstained,
        labels=_said_labels(of, wanted, errors, abstained),
        filters=filters,
        timezone=timezone,
    )
    settings = {"level": level, "seed": seed, "n_boot": n_boot, "minimum_n": minimum_n, "clustered": bool(cluster)}
    return _told(of, comments, _teller(comments, errors, level, n_boot, seed), settings, time is not None)


def _told(of: str, comments: Comments, teller: Teller, settings: dict[str, Any], over_time: bool) -> SharesResult:
    """The shares, or that there are too few comments to tell any."""
    cells = Cell.all_of(comments, settings["minimum_n"])
    rows = tuple(row for cell in cells for row in teller.rows(cell))
    differences, breaks = _differences(teller, cells, comments, over_time)
    enough = len(comments.has) >= NEEDED
    held = ["mixed_version"] if breaks or any(cell.mixed for cell in cells) else []
    return SharesResult(
        of=of,
        verdict="told" if enough else "not_enough",
        n=len(comments.has),
        needed_n=None if enough else NEEDED,
        rows=rows if enough else (),
        differences=_scanned(differences, settings["level"]) if enough else (),
        breaks=breaks,
        errors=teller.told_errors(),
        method={**teller.method, **settings},
        warnings=tuple(dict.fromkeys([*held, *(code for row in rows for code in row.warnings)])),
    )


def _check(of: str, level: float, errors: Any) -> None:
    if of not in OF:
        raise ParameterError(
            f"There are no shares of {of!r}.", hint=f"Use one of: {', '.join(OF)}.", parameter="of", value=of
        )
    if not 0.5 <= level < 1:
        raise ParameterError(
            f"The level {level} cannot be used.", hint="Give one from 0.5 to under 1.", parameter="level", value=level
        )
    if errors is not None and isinstance(errors, Confusion) != (of == "sentiment"):
        raise ParameterError(
            "These error rates are of another kind of label.",
            hint="Themes need ErrorRates for each theme, sentiments a Confusion.",
            parameter="errors",
            value=type(errors).__name__,
        )


def _said_labels(of: str, labels: Sequence[str] | None, errors: Any, abstained: str | None) -> Sequence[str] | None:
    if isinstance(errors, Confusion):
        return errors.said
    if of == "sentiment" and labels is None:
        return (*SENTIMENTS, ABSTAINED) if abstained else SENTIMENTS
    return labels


def _teller(comments: Comments, errors: Any, level: float, n_boot: int, seed: int) -> Teller:
    if isinstance(errors, Confusion):
        return ClassTeller(comments, errors, level, n_boot, seed)
    return LabelTeller(comments, errors or {}, level, n_boot, seed)


def _differences(
    teller: Teller, cells: Sequence[Cell], comments: Comments, timed: bool
) -> tuple[list[ShareDifference], tuple[str, ...]]:
    """Those that may be compared, and the periods where the version changed."""
    found: list[ShareDifference] = []
    breaks = []
    if not timed:
        if len(comments.groups) > 1:
            for cell in cells:
                rest = cell.rest(comments)
                if cell.comparable(rest):
                    found += teller.differences("group", rest, cell)
        return found, ()
    for group in comments.groups:
        own = [cell for cell in cells if cell.group == group]
        for before, after in pairwise(own):
            if before.versions != after.versions:
                breaks.append(str(after.period))
        if len(own) > 1 and own[-2].comparable(own[-1]):
            found += teller.differences("period", own[-2], own[-1])
    return found, tuple(sorted(set(breaks)))


def _scanned(found: list[ShareDifference], level: float) -> tuple[ShareDifference, ...]:
    q_values = benjamini_hochberg([one.p for one in found])
    return tuple(
        replace(one, q=q, sure=q is not None and q <= 1 - level + 1e-12) for one, q in zip(found, q_values, strict=True)
    )
