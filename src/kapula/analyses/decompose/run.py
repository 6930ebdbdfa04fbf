"""``kapula.decompose``: why a measure moved, or did not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from ibis.expr import types as ir

from kapula.analyses.contract import Progress, no_progress
from kapula.analyses.decompose.answer import answer
from kapula.analyses.decompose.asked import Extras
from kapula.analyses.decompose.results import DecomposeResult
from kapula.analyses.decompose.settings import ask
from kapula.analyses.decompose.sides import WORDING
from kapula.analyses.decompose.sides_asked import reworded_sides, sides_asked
from kapula.errors import ParameterError
from kapula.measures.contract import Measure
from kapula.measures.engine.periods import filtered
from kapula.measures.engine.request import as_names, one_of
from kapula.schema import PERIODS
from kapula.tables import as_table
from kapula.trends.times import as_days, period_of

USUAL: Final = "month"
"""The steps in which the stretch is followed."""


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
    grain: str | None = None,
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

    ``segment``: a column, or several: then their combinations, and each column alone in ``columns``. The periods: ``period``, a column of
    labels, two of which are ``first`` and ``second``; or ``time``, a column of dates or of names of periods (2024-05, 2024-W07), with two
    stretches such as "2024", "31.5.2024" or "2024-01/2024-06", and then the whole stretch is followed by ``grain`` too (months, or the
    periods named where these are longer). ``cluster``: the customer whose answers belong together.
    ``drivers``: columns of numbers whose contribution is told. ``channel``, ``wording``, ``language``, ``scale_version``: columns in
    which comparability breaks are looked for; ``reworded``: instead of ``wording``, the days from which other words were asked.
    ``margin``: the largest change that still counts as none, in the measure's unit. ``minimum_n``: smaller segments are told together.
    ``n_boot``: bootstrap draws. The rest is as in :func:`kapula.measure`; more in docs/analyses/decompose.md.

    Fewer than 30 independent answers in a period: "not_enough". Raises :class:`~kapula.errors.KapulaError` of the kind that fits.
    Sources: Kitagawa (1955), JASA 50, 1168–1194; Oaxaca (1973); Schuirmann (1987).
    """
    _check(grain, margin)
    rows, kind = _dated(filtered(as_table(table), filters), time)
    grain = period_of(grain, kind, str(time), USUAL, "grain")
    sides = sides_asked(rows, period=period, time=time, first=first, second=second, timezone=timezone, kind=kind)
    if reworded:
        sides, wording = reworded_sides(sides, time, reworded, wording, timezone), WORDING
    asked = ask(
        sides, measure, as_names(segment), period=period or time,
        n_boot=n_boot, seed=seed, minimum_n=minimum_n, level=level, missing=missing, scale=scale,
        off_scale=off_scale, column=column if columns is None else columns, weight=weight, cluster=cluster, options=options,
    )  # fmt: skip
    sources = {"wording": wording, "scale": scale_version, "channel": channel, "language": language}
    return answer(asked, Extras(sources, tuple(drivers), margin, period, time, grain, timezone), progress)


def _check(grain: str | None, margin: float | None) -> None:
    if grain is not None:
        one_of("grain", grain, PERIODS)
    if margin is not None and not margin > 0:
        raise ParameterError("The margin is above zero.", hint="Leave it out.", parameter="margin", value=margin)


def _dated(rows: ir.Table, time: str | None) -> tuple[ir.Table, str | None]:
    """The rows with the periods that ``time`` names as days, and which periods they are; None where it names none."""
    return (rows, None) if time is None else as_days(rows, time)
