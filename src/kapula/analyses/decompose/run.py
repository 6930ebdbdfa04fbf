"""``kapula.decompose``: why a measure moved, or did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from kapula.analyses.contract import Progress, no_progress
from kapula.analyses.decompose.answer import Extras, answer
from kapula.analyses.decompose.results import DecomposeResult
from kapula.analyses.decompose.settings import ask
from kapula.analyses.decompose.sides import WORDING, Sides, by_column, by_time, worded
from kapula.errors import ParameterError
from kapula.measures.contract import Measure
from kapula.measures.engine.periods import filtered
from kapula.measures.engine.request import as_names, one_of
from kapula.schema import PERIODS
from kapula.tables import as_table


def decompose(
    table: Any,
    measure: str | Measure | Mapping[str, Any],
    *,
    segment: str | Sequence[str],
    column: str | None = None,
    columns: Sequence[str] | Mapping[str, str] | None = None,
    period: str | None = None,
    first: Any = None,
    second: Any = None,
    time: str | None = None,
    grain: str = "month",
    weight: str | None = None,
    cluster: str | None = None,
    drivers: Sequence[str] = (),
    channel: str | None = None,
    wording: str | None = None,
    language: str | None = None,
    scale_version: str | None = None,
    reworded: Sequence[Any] = (),
    margin: float | None = None,
    filters: Any = None,
    missing: Any = (),
    scale: Any = None,
    off_scale: str = "error",
    level: float = 0.95,
    minimum_n: int = 0,
    timezone: str = "UTC",
    n_boot: int = 1000,
    seed: int = 1,
    progress: Progress = no_progress,
    **options: Any,
) -> DecomposeResult:
    """The change of a measure between two periods as mix (who answers) and within (how segments answer), which add up to it exactly.

    ``segment``: a column, or several: then their combinations, and each column alone in ``columns``. The two
    periods: ``period``, a column of
    labels, with ``first`` and ``second`` two of them (left out: the first and the last); or ``time``, a column of dates, with two
    stretches such as "2024" or "2024-01/2024-06" (left out: the first and the last year, or the two halves), and
    then the whole stretch is followed by
    ``grain`` too. ``cluster``: the customer whose answers belong together, also across the periods. ``drivers``: columns of numbers whose
    contribution is told. ``channel``, ``wording``, ``language``, ``scale_version``: columns in which comparability breaks are looked for;
    ``reworded``: instead of ``wording``, the days from which the question was asked in other words.
    ``margin``: the largest change that still counts as none, in the measure's unit (left out: 3 points, 0.03 of a
    share, 2.5 % of the width of a
    scale, else a tenth of a standard deviation). ``minimum_n``: segments of fewer answers in a period are told
    together. ``n_boot``: bootstrap draws. The rest is as in :func:`kapula.measure`.

    Raises :class:`~kapula.errors.KapulaError` of the kind that fits. Fewer than 30 independent answers in a period
    are an answer: "not_enough".
    Sources: Kitagawa (1955), JASA 50, 1168–1194; Oaxaca (1973); Schuirmann (1987).
    """
    one_of("grain", grain, PERIODS)
    if margin is not None and not margin > 0:
        raise ParameterError("The margin is above zero.", hint="Leave it out.", parameter="margin", value=margin)
    sides = _sides(
        filtered(as_table(table), filters), period=period, time=time, first=first, second=second, timezone=timezone
    )
    if reworded:
        sides, wording = _reworded(sides, time, reworded, wording, timezone), WORDING
    asked = ask(
        sides, measure, as_names(segment), n_boot=n_boot, seed=seed, minimum_n=minimum_n, level=level, missing=missing, scale=scale,
        off_scale=off_scale, column=column if columns is None else columns, weight=weight, cluster=cluster, options=options,
    )  # fmt: skip
    sources = {"wording": wording, "scale": scale_version, "channel": channel, "language": language}
    return answer(asked, Extras(sources, tuple(drivers), margin, period, time, grain, timezone), progress)


def _reworded(sides: Sides, time: str | None, days: Sequence[Any], wording: str | None, timezone: str) -> Sides:
    if time is None or wording is not None:
        raise ParameterError(
            "The days of rewording go with time=…, and without wording=….",
            hint="Name one of the two.",
            parameter="reworded",
            value=[str(day) for day in days],
        )
    return worded(sides, time, days, timezone)


def _sides(rows: Any, *, period: str | None, time: str | None, first: Any, second: Any, timezone: str) -> Sides:
    if (period is None) == (time is None):
        raise ParameterError(
            "The two periods are told by one column.",
            hint="Give period=… (a column of labels) or time=… (a column of dates).",
            parameter="period",
            value=period,
        )
    if period is not None:
        return by_column(rows, period, first, second)
    return by_time(rows, str(time), first, second, timezone)
