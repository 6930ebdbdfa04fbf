"""The roles of contacts: numbered as they are heard, and what each weighs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from kapula.analyses.accounts.ledger import Ledger
from kapula.analyses.accounts.model import Floats
from kapula.errors import ParameterError


def with_roles(ledger: Ledger) -> Ledger:
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


def weights(ledger: Ledger, given: Mapping[str, float] | None) -> tuple[Floats, Floats]:
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
