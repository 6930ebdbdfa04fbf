"""From the ledger to the answer: the model fitted, each account's row and the means over all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import numpy as np

from kapula.analyses.accounts import averages
from kapula.analyses.accounts.change import changes
from kapula.analyses.accounts.disagreement import disagreements
from kapula.analyses.accounts.facts import stage_of
from kapula.analyses.accounts.ledger import Heard, Ledger
from kapula.analyses.accounts.model import Floats, fit, levels
from kapula.analyses.accounts.results import AccountsResult
from kapula.analyses.accounts.roles import weights
from kapula.analyses.accounts.rows import rows
from kapula.analyses.accounts.spread import spreads
from kapula.analyses.accounts.told import Findings
from kapula.analyses.contract import NOT_ENOUGH, Progress
from kapula.analyses.linkage.reliability import icc
from kapula.statistics.weights import kish_n

FEWEST: Final = 10
"""Accounts with two contacts heard, without which accounts' differences and contacts' cannot be told apart."""


def result(
    ledger: Ledger, role_weights: Mapping[str, float] | None, settings: dict[str, Any], progress: Progress
) -> AccountsResult:
    """The whole answer; ``not_enough`` where accounts and contacts cannot be told apart."""
    now = ledger.now
    sizes = np.unique(now.account, return_counts=True)[1]
    heard, pairs = len(sizes), int((sizes > 1).sum())
    known = None if ledger.known is None else sum(ledger.known.values())
    counts = (heard, None, len(ledger.names), len(now.score), known)
    weight, mix = weights(ledger, role_weights) if heard else (np.zeros(0), np.zeros(0))
    flat: tuple[str, ...] = () if heard else ("empty",)
    if len(now.score) > 1 and float(np.ptp(now.score)) == 0:
        flat = ("zero_variance",)
    if pairs < FEWEST or flat:
        needed = heard + max(FEWEST - pairs, 1)
        return AccountsResult(
            NOT_ENOUGH, heard, needed, *counts[2:], *(None,) * 6, (), (), (), ledger.set_aside, settings,
            (*ledger.warnings, *flat),
        )  # fmt: skip
    model = fit(now.account, now.role, now.score, len(ledger.roles))
    own = levels(model, now.account, now.role, now.score, weight[now.role], mix, settings["level"])
    progress(2, 3)
    reliability = icc(
        now.account,
        np.ones(len(now.score)),
        now.score - model.roles[now.role],
        np.zeros(len(now.score)),
        level=settings["level"],
    )
    found = Findings(
        own, spreads(model, now.account, now.role, now.score), disagreements(model, now.account, now.role, now.score),
        changes(ledger, model, settings["level"]), ledger.roles, settings["level"],
    )  # fmt: skip
    made = rows(ledger, found, (settings["onboarding_days"], settings["renewal_days"]), settings["renewal_days"])
    alike = reliability is None or reliability.icc1[1] <= 0
    stages = [_stage(ledger, now, row, settings) for row in range(len(now.score))]
    by_revenue, effective = _by_revenue(ledger, own.account, own.plain, settings["level"])
    progress(3, 3)
    return AccountsResult(
        "accounts_alike" if alike else "accounts_differ", *counts,
        averages.mean_of(None, own.plain, own.account, np.ones(len(own.plain)), settings["level"]),
        by_revenue, effective, reliability.icc1 if reliability else None,
        float(np.sqrt(model.between)), float(np.sqrt(model.within)),
        averages.by_role(now, ledger.roles, settings["level"]) if settings["role"] else (),
        averages.by_stage(now, stages, settings["level"]),
        made, ledger.set_aside, settings,
        (*ledger.warnings, *(["unequal_weights"] if effective and effective < heard / 2 else [])),
    )  # fmt: skip


def _stage(ledger: Ledger, now: Heard, row: int, settings: Mapping[str, Any]) -> Any:
    facts = ledger.facts.get(ledger.names[int(now.account[row])], {})
    return stage_of(now.stage[row], facts, ledger.as_of, (settings["onboarding_days"], settings["renewal_days"]))


def _by_revenue(ledger: Ledger, account: Any, plain: Floats, level: float) -> tuple[Any, float | None]:
    """The accounts' means weighted by revenue; (None, None) where fewer than two of them have any."""
    revenue = np.array([ledger.facts.get(ledger.names[int(code)], {}).get("revenue") or 0.0 for code in account], float)
    rows = np.isfinite(revenue) & (revenue > 0)
    if rows.sum() < 2:
        return None, None
    return averages.mean_of(None, plain[rows], account[rows], revenue[rows], level), kish_n(revenue[rows])
