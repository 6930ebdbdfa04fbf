"""From the checks to the answer: the findings in order, and what was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kapula.analyses.health.results import Finding, HealthResult, in_order

Part = tuple[str, tuple[list[Finding], int]]
"""A kind, what was found of it, and how many subjects were looked at."""


def told(parts: Sequence[Part], n: int, settings: dict[str, Any]) -> HealthResult:
    """The whole answer; kinds with nothing to look at are left out of ``checked``."""
    findings = in_order([one for _, (found, _) in parts for one in found])
    looked: dict[str, int] = {}
    for kind, (_, judged) in parts:
        if judged:
            looked[kind] = looked.get(kind, 0) + judged
    same = any(one.kind == "constant" and one.evidence.get("share") == 1 for one in findings)
    verdict = "findings" if findings else "healthy"
    return HealthResult(verdict, n, None, findings, looked, settings, ("zero_variance",) if same else ())
