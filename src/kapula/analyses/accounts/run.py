"""``kapula.accounts``: how are the firms, whose few contacts answer for many?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any, Final

import numpy as np

from kapula.analyses.accounts import averages
from kapula.analyses.accounts.change import changes
from kapula.analyses.accounts.heard import Columns, Heard, Ledger, collect, stage_of
from kapula.analyses.accounts.model import Floats, fit, levels
from kapula.analyses.accounts.results import AccountsResult
from kapula.analyses.accounts.rows import Findings, rows
from kapula.analyses.accounts.spread import disagreements, spreads
from kapula.analyses.contract import NOT_ENOUGH, Progress, no_progress
from kapula.analyses.linkage.reliability import icc
from kapula.errors import ParameterError, TableError
from kapula.statistics.weights import kish_n

FEWEST: Final = 10
"""Accounts with two contacts heard, without which accounts' differences and contacts' cannot be told apart."""


def accounts(
    table: Any,
    account: str,
    score: str,
    contact: str | None = None,
    *,
    role: str | None = None,
    time: str | None = None,
    stage: str | None = None,
    revenue: str | None = None,
    renewal: str | None = None,
    since: str | None = None,
    active: str | None = None,
    details: Any = None,
    contacts: Any = None,
    role_weights: Mapping[str, float] | None = None,
    as_of: date | None = None,
    window_days: int = 365,
    renewal_days: int = 180,
    onboarding_days: int = 90,
    level: float = 0.95,
    filters: Any = None,
    timezone: str = "UTC",
    seed: int = 1,
    progress: Progress = no_progress,
) -> AccountsResult:
    """Every account's level with its interval, from each contact's latest answer of the last ``window_days``.

    ``table``: one row an answer, with the columns ``account``, ``score`` (numbers) and, where there are, ``contact`` (else every
    answer is a contact of its own), ``role``, ``time`` and life-cycle ``stage``. ``revenue`` (a number), ``renewal`` and ``since`` (days)
    are columns of ``details`` (revenue is summed over an account's rows), or of ``table`` without it. ``contacts``: the contacts there
    are, one row each, with the same column names. ``role_weights``: role → weight in the account's figure (without it each contact counts
    the same). ``active``: a column of ``details``, false for accounts that have left; they, and accounts the details do not hold, are
    left
    out. ``as_of``: the day looked from (default: the last answer's). Without ``stage`` it follows from ``since`` and ``renewal``.

    An account's level is drawn towards all accounts' as far as its few contacts ask (see :mod:`kapula.analyses.accounts.model`), its
    change likewise; roles that differ are told by an F test and Benjamini–Hochberg. All of it is description: that an account is low and
    soon to renew does not say that it will leave. Nothing is drawn at random; ``seed`` is kept for one call for all analyses. Raises
    :class:`~kapula.errors.KapulaError` for columns and settings that cannot be used.
    """
    columns = Columns(account, score, contact, role, time, stage, revenue, renewal, since, active)
    _require(columns, window_days, renewal_days, onboarding_days, level)
    progress(0, 3)
    ledger = collect(
        table,
        columns,
        as_of=as_of,
        days=window_days,
        contacts=contacts,
        details=details,
        filters=filters,
        timezone=timezone,
    )
    _require_heard(ledger, account)
    progress(1, 3)
    days = {"window_days": window_days, "renewal_days": renewal_days, "onboarding_days": onboarding_days}
    settings = _settings(columns, ledger, role_weights) | days | {"level": level, "timezone": timezone, "seed": seed}
    return _result(_with_roles(ledger), role_weights, settings, progress)


def _require_heard(ledger: Ledger, account: str) -> None:
    if not ledger.now.score.size:
        raise TableError(
            "No account has an answer in the window.",
            hint="Widen window_days, or check as_of and the column of accounts.",
            column=account,
        )


def _settings(columns: Columns, ledger: Ledger, role_weights: Mapping[str, float] | None) -> dict[str, Any]:
    return {
        **asdict(columns),
        "role_weights": dict(role_weights or {}) or None,
        "as_of": ledger.as_of.isoformat() if ledger.as_of else None,
        "level_of_account": "hierarchical_flat_prior",
        "correction": "benjamini_hochberg",
    }


def _with_roles(ledger: Ledger) -> Ledger:
    """Roles numbered among the contacts heard now; those without one, and earlier ones of a role not heard now, share a role of their
    own."""
    kept = sorted(set(ledger.now.role.tolist()) - {-1})
    blank = len(kept)
    code = {old: new for new, old in enumerate(kept)}
    sides = []
    for side in (ledger.now, ledger.before):
        sides.append(replace(side, role=np.array([code.get(int(old), blank) for old in side.role], dtype=np.int64)))
    lacks = bool((sides[0].role == blank).any())
    names = [ledger.roles[old] for old in kept] + ([None] if lacks else [])
    if not lacks:
        sides[1] = replace(sides[1], role=np.minimum(sides[1].role, max(blank - 1, 0)))
    return replace(ledger, roles=tuple(names), now=sides[0], before=sides[1])


def _result(
    ledger: Ledger, role_weights: Mapping[str, float] | None, settings: dict[str, Any], progress: Progress
) -> AccountsResult:
    now = ledger.now
    weight, mix = _weights(ledger, role_weights)
    places = np.unique(now.account, return_inverse=True)[1]
    sizes = np.bincount(places)
    heard, pairs = len(sizes), int((sizes > 1).sum())
    known = None if ledger.known is None else sum(ledger.known.values())
    counts = (heard, None, len(ledger.names), len(now.score), known)
    flat = ("zero_variance",) if float(np.ptp(now.score)) == 0 else ()
    if pairs < FEWEST or flat:
        needed = heard + max(FEWEST - pairs, 1)
        return AccountsResult(
            NOT_ENOUGH, heard, needed, *counts[2:], *(None,) * 6, (), (), (), ledger.set_aside, settings, flat
        )
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
        made, ledger.set_aside, settings, ("unequal_weights",) if effective and effective < heard / 2 else (),
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


def _weights(ledger: Ledger, given: Mapping[str, float] | None) -> tuple[Floats, Floats]:
    """(each role's weight, the mix of roles a level is put to). Contacts without a role count as the least of the declared."""
    heard = np.bincount(ledger.now.role, minlength=len(ledger.roles)).astype(float)
    if not given:
        return np.ones(len(ledger.roles)), heard / heard.sum()
    bad = [name for name, weight in given.items() if not (np.isfinite(weight) and weight > 0)]
    missing = [str(name) for name in ledger.roles if name is not None and str(name) not in given]
    if bad or missing:
        wrong = bad or missing
        raise ParameterError(
            f"The role {wrong[0]!r} has no weight above zero.",
            hint=f"Weigh every role that is heard: {', '.join(str(name) for name in ledger.roles if name is not None)}.",
            parameter="role_weights",
            value=wrong,
        )
    weight = np.array([given[str(name)] if name is not None else min(given.values()) for name in ledger.roles])
    return weight, weight / weight.sum()


def _require(columns: Columns, window: int, renewal: int, onboarding: int, level: float) -> None:
    names = [getattr(columns, name) for name in Columns.__slots__ if getattr(columns, name)]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise ParameterError(
            f"The column {twice!r} has two tasks.", hint="Name a column for each.", parameter="columns", value=twice
        )
    for name, days in (("window_days", window), ("renewal_days", renewal), ("onboarding_days", onboarding)):
        if days < 1:
            raise ParameterError(f"{name} is {days}.", hint="Give a day or more.", parameter=name, value=days)
    if not 0.5 <= level < 1:
        raise ParameterError(
            f"The level {level} is not between 0.5 and 1.", hint="0.95 is usual.", parameter="level", value=level
        )
