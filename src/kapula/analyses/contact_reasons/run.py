"""``kapula.contact_reasons``: which contact reasons to automate, to give to a human, to remove or to leave."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kapula.analyses.contact_reasons.answer import Asked, answered
from kapula.analyses.contact_reasons.results import ContactReasonsResult
from kapula.analyses.contact_reasons.rows import read
from kapula.analyses.contract import Progress, no_progress
from kapula.errors import ParameterError
from kapula.measures.engine.withhold import require_minimum_n
from kapula.statistics.seeds import require_seed

LINES: Final = ("effort", "emotion", "resolved", "volume")
SHARES: Final = ("resolved", "volume")
LARGEST: Final = 1e100
"""Beyond it differences and squares are no longer numbers."""


def contact_reasons(
    table: Any,
    reason: str,
    effort: str,
    emotion: str,
    resolved: str,
    *,
    effort_is: str = "effort",
    neutral: float | None = None,
    lines: Mapping[str, float] | None = None,
    cluster: str | None = None,
    filters: Any = None,
    level: float = 0.95,
    minimum_n: int = 0,
    seed: int = 1,
    progress: Progress = no_progress,
) -> ContactReasonsResult:
    """Contact reasons placed by volume, effort, emotion and resolution, with the certainty that each lies where it is said to.

    ``table``: any of :func:`kapula.as_table`; one row is one contact. ``reason``: its reason, or a list of them. ``effort``: how much
    trouble it was (``effort_is="ease"`` when more is easier). ``emotion``: how strong the feeling was, or with ``neutral`` any
    score, whose distance from ``neutral`` counts. ``resolved``: 1 or 0, blank when not known. ``lines``: where the map is divided, by
    name (effort, emotion, resolved, volume); else a reason is compared with all the other contacts, and its volume with an equal share.
    ``cluster``: whose contacts belong together.

    A strong feeling: *help_human*. A weak one: *remove_cause* where effort and unresolved contacts are more than elsewhere, else
    *automate* or *leave* by volume. Formula and sources: docs/analyses/contact_reasons.md. Raises
    :class:`~kapula.errors.KapulaError` of the kind that fits.
    """
    given = dict(lines or {})
    wrong = sorted(set(given) - set(LINES))
    if wrong:
        raise ParameterError(
            f"There is no line {wrong[0]!r}.", hint=f"Use {', '.join(LINES)}.", parameter="lines", value=wrong
        )
    if ("effort" in given) != ("resolved" in given):
        raise ParameterError(
            "Trouble is effort and resolution together.",
            hint="Give a line for both or for neither.", parameter="lines", value=sorted(given),
        )  # fmt: skip
    _require_numbers(given, neutral)
    if effort_is not in ("effort", "ease"):
        raise ParameterError(
            f"effort_is cannot be {effort_is!r}.", hint="Use effort or ease.", parameter="effort_is", value=effort_is
        )
    if not 0 < level < 1:
        raise ParameterError(
            f"The level {level} is not between 0 and 1.", hint="Use 0.95.", parameter="level", value=level
        )
    require_seed(seed)
    require_minimum_n(minimum_n)
    progress(0, 1)
    contacts = read(table, reason, effort, emotion, resolved, cluster, filters, effort_is, neutral)
    method = {
        "name": "places", "reason": reason, "effort": effort, "emotion": emotion, "resolved": resolved, "effort_is": effort_is,
        "neutral": neutral, "lines": given, "cluster": cluster, "level": level, "minimum_n": minimum_n, "seed": seed,
        "correction": "holm",
    }  # fmt: skip
    return answered(contacts, Asked(effort_is, given, level, minimum_n, seed, method), progress)


def _require_numbers(lines: Mapping[str, float], neutral: float | None) -> None:
    """Raises :class:`~kapula.errors.ParameterError` for a line or neutral that is no number, and for a share outside 0–1."""
    for name, value in (*lines.items(), ("neutral", neutral)):
        low, high = (0.0, 1.0) if name in SHARES else (-LARGEST, LARGEST)
        if value is not None and not low <= value <= high:
            raise ParameterError(
                f"{name}={value!r} cannot be used.",
                hint="Give a share from 0 to 1." if name in SHARES else "Give a number on the column's own scale.",
                parameter="neutral" if name == "neutral" else "lines",
                value=f"{name}={value}",
            )
