"""``kapula.accounts``: how are the firms, whose few contacts answer for many?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any

from kapula.analyses.accounts.columns import Columns
from kapula.analyses.accounts.heard import collect
from kapula.analyses.accounts.ledger import Ledger
from kapula.analyses.accounts.refusals import as_day, require_settings
from kapula.analyses.accounts.results import AccountsResult
from kapula.analyses.accounts.roles import with_roles
from kapula.analyses.accounts.verdict import result
from kapula.analyses.contract import Progress, no_progress


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
    as_of: date | str | None = None,
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
    the same). ``active``: a column of ``details``, false for accounts that have left; they, and those the details do not hold, are left
    out. ``as_of``: the day looked from (default: the last answer's). Without ``stage`` it follows from ``since`` and ``renewal``.

    An account's level is drawn towards all accounts' as far as its few contacts ask (see :mod:`kapula.analyses.accounts.model`), its
    change likewise; roles that differ are told by an F test and Benjamini–Hochberg. All of it is description: that an account is low and
    soon to renew does not say that it will leave. Nothing is drawn at random; ``seed`` is kept for one call for all analyses. Raises
    :class:`~kapula.errors.KapulaError` for columns and settings that cannot be used.
    """
    columns = Columns(account, score, contact, role, time, stage, revenue, renewal, since, active)
    require_settings(columns, window_days, renewal_days, onboarding_days, level)
    progress(0, 3)
    ledger = collect(
        table,
        columns,
        as_of=as_day(as_of),
        days=window_days,
        contacts=contacts,
        details=details,
        filters=filters,
        timezone=timezone,
    )
    progress(1, 3)
    days = {"window_days": window_days, "renewal_days": renewal_days, "onboarding_days": onboarding_days}
    settings = _settings(columns, ledger, role_weights) | days | {"level": level, "timezone": timezone, "seed": seed}
    return result(with_roles(ledger), role_weights, settings, progress)


def _settings(columns: Columns, ledger: Ledger, role_weights: Mapping[str, float] | None) -> dict[str, Any]:
    return {
        **asdict(columns),
        "role_weights": dict(role_weights or {}) or None,
        "as_of": ledger.as_of.isoformat() if ledger.as_of else None,
        "level_of_account": "hierarchical_flat_prior",
        "correction": "benjamini_hochberg",
    }
