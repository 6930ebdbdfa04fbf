"""``kapula.intended``: the share of experiences that are what was meant."""

from __future__ import annotations

from typing import Any

from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.intended.aims import aims_of
from kapula.analyses.intended.checks import check
from kapula.analyses.intended.enough import HALF_WIDTH
from kapula.analyses.intended.figures import Figures
from kapula.analyses.intended.one import judged_aim
from kapula.analyses.intended.overall import corrected, known_rows, verdict_of
from kapula.analyses.intended.results import IntendedResult
from kapula.measures.engine.periods import filtered
from kapula.measures.engine.withhold import require_minimum_n
from kapula.tables import as_table


def intended(
    table: Any,
    aims: Any,
    by: str | None = None,
    time: str | None = None,
    period: str | None = None,
    *,
    weight: str | None = None,
    cluster: str | None = None,
    filters: Any = None,
    minimum_n: int = 0,
    level: float = 0.95,
    timezone: str = "UTC",
    progress: Progress = no_progress,
) -> IntendedResult:
    """The share of experiences that match what each aim declares, not only those that were good.

    ``table``: any of :func:`kapula.as_table`; one row is one experience. ``aims``: :class:`~kapula.analyses.intended.Aim` objects or
    mappings (see docs/analyses/intended.md). ``by``: a column to divide by, such as the touchpoint: each group is compared with all the
    others by the interval of the difference, Benjamini–Hochberg over all aims and groups. ``time`` with ``period``: a share for each
    period. The other settings are those of :func:`kapula.measure`, whose ``share`` makes every figure.

    An experience is not known where blanks decide whether it matches; it is left out of the share, and counted. Raises
    :class:`~kapula.errors.KapulaError` of the kind that fits; of aims :class:`~kapula.errors.ParameterError` says which and where.
    """
    require_minimum_n(minimum_n)
    declared = aims_of(aims)
    rows = filtered(as_table(table), filters)
    check(rows, declared, by, time, period, weight, cluster)
    common = {"weight": weight, "cluster": cluster, "level": level, "minimum_n": minimum_n}
    found = []
    for place, aim in enumerate(declared):
        found.append(judged_aim(Figures(rows, aim, common, by, time, period, timezone)))
        progress(place + 1, len(declared))
    answered = corrected(found, 1 - level)
    lacking = [one.needed_n for one in answered if one.needed_n is not None]
    verdict = verdict_of([one.verdict for one in answered])
    return IntendedResult(
        verdict=verdict,
        n=known_rows(rows, declared, weight),
        needed_n=min(lacking) if verdict == NOT_ENOUGH else None,
        aims=tuple(answered),
        method={
            "interval": "wilson", "level": level, "by": by, "time": time, "period": period, "timezone": timezone,
            "weight": weight, "cluster": cluster, "minimum_n": minimum_n, "half_width": HALF_WIDTH,
            "aims": [aim.to_dict() for aim in declared],
        },
        warnings=tuple(dict.fromkeys(code for one in answered for code in one.warnings)),
    )  # fmt: skip
