"""``kapula.noticed``: do customers mention an agreed behaviour more where it has been rolled out?"""

from __future__ import annotations

from typing import Any, Final

from kapula.analyses.contract import Progress, no_progress
from kapula.analyses.noticed.answer import Asked, answered
from kapula.analyses.noticed.cells import collect
from kapula.analyses.noticed.correction import rates_of
from kapula.analyses.noticed.results import NoticedResult
from kapula.errors import ParameterError
from kapula.measures.engine.withhold import require_minimum_n
from kapula.statistics.seeds import require_seed
from kapula.trends.periods import require_period

BASES: Final = ("all", "last")


def noticed(
    table: Any,
    mention: str,
    team: str,
    time: str,
    rollout: str,
    *,
    period: str | None = None,
    base: str = "all",
    errors: Any = None,
    filters: Any = None,
    minimum_n: int = 0,
    level: float = 0.95,
    timezone: str = "UTC",
    seed: int = 1,
    progress: Progress = no_progress,
) -> NoticedResult:
    """The share of comments that mention a behaviour, after against before its roll-out and against teams not yet rolled out.

    ``table``: any of :func:`kapula.as_table`; one row is one comment. ``mention``: 1 or 0 (true or false), blank when nobody has read it.
    ``time`` and ``rollout`` are dates, or name periods (2026-03, 2026-W10), each then its first day; ``period``: left out, months, or
    what ``time`` names where it names longer ones.
    ``rollout``: the day the comment's team began, the same on all its rows, blank for teams that have not. A team's own earlier level
    and what moves all teams at once fall out; teams rolled out earlier are never the comparison. ``base``: compare with "all" periods
    before, or with the "last". ``errors``: how often the matcher is wrong (:class:`~kapula.text.shares.ErrorRates`, or its
    four counts by name); the answer is then corrected for it. ``minimum_n``: effects of fewer comments are withheld.

    Formula and sources: docs/analyses/noticed.md. Raises :class:`~kapula.errors.KapulaError` of the kind that fits.
    """
    if period is not None:
        require_period(period)
    require_seed(seed)
    require_minimum_n(minimum_n)
    if base not in BASES:
        raise ParameterError(
            f"There is no base {base!r}.", hint="Use all or last.", parameter="base", value=base, allowed=list(BASES)
        )
    if not 0 < level < 1:
        raise ParameterError(
            f"The level {level} is not between 0 and 1.", hint="Use 0.95.", parameter="level", value=level
        )
    rates = rates_of(errors)
    progress(0, 3)
    cells = collect(table, mention, team, time, rollout, period, filters, timezone)
    progress(1, 3)
    method = {
        "name": "difference_in_differences", "mention": mention, "team": team, "time": time, "rollout": rollout,
        "period": cells.grain, "base": base, "control": "not_yet", "level": level, "minimum_n": minimum_n,
        "timezone": timezone, "seed": seed, "errors": None if rates is None else rates.to_dict(),
    }  # fmt: skip
    # The order of the engine's groups never shows in a figure's last digit: cells come sorted.
    found = answered(cells, Asked(base, rates, level, minimum_n, seed, method))
    progress(3, 3)
    return found
