"""Which effects tell most: each touchpoint's at its surest lag, and those that lead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kapula_web.insights.analyses.linkage.naming import Found


def best_lags(found: Mapping[str, Any]) -> dict[Any, Mapping[str, Any]]:
    """Touchpoint → its effect at the lag that leads, else at the least p."""
    leads = {one["touchpoint"]: one["lag"] for one in found["leads"]}
    best: dict[Any, Mapping[str, Any]] = {}
    for one in found["effects"]:
        other = best.get(one["touchpoint"])
        leading = leads.get(one["touchpoint"])
        if other is None or (least_p(one) < least_p(other) if leading is None else one["lag"] == leading):
            best[one["touchpoint"]] = one
    return best


def least_p(one: Mapping[str, Any]) -> float:
    """For the order: what could not be told comes last."""
    return float(one["within"]["p"]) if one["within"] else 2.0


def in_order(found: Found) -> list[Mapping[str, Any]]:
    """The effects that lead, the surest first."""
    wanted = {(one["touchpoint"], one["lag"]) for one in found["leads"]}
    chosen = [one for one in found["effects"] if (one["touchpoint"], one["lag"]) in wanted]
    return sorted(chosen, key=lambda one: (one["within"]["p"], one["touchpoint"]))
