"""Made-up contacts of six reasons, one of each kind and two between, for the contract's tests."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example

KINDS = {
    "opening_hours": (0.34, 1.6, 0.4, 0.95),
    "unclear_invoice": (0.22, 4.0, 0.8, 0.45),
    "bereavement": (0.12, 2.5, 2.6, 0.80),
    "address_change": (0.04, 1.5, 0.3, 0.96),
    "delivery": (0.16, 2.4, 1.2, 0.75),
    "other": (0.12, 2.6, 1.1, 0.72),
}
"""Reason → its share of contacts, mean effort (1–5), mean strength of feeling (0–3), share resolved."""


def example() -> Example:
    rng = np.random.default_rng(2)
    n, names = 1500, list(KINDS)
    shares = np.array([kind[0] for kind in KINDS.values()])
    code = rng.choice(len(names), n, p=shares / shares.sum())
    kinds = np.array(list(KINDS.values()))[code]
    table = pa.table(
        {
            "reason": [names[one] for one in code],
            "effort": np.clip(np.rint(kinds[:, 1] + rng.normal(0, 1, n)), 1, 5),
            "feeling": np.clip(np.rint(kinds[:, 2] + rng.normal(0, 0.8, n)), 0, 3),
            "resolved": rng.random(n) < kinds[:, 3],
            "customer": [f"c{number % 1100}" for number in range(n)],
        }
    )
    keywords = {
        "reason": "reason",
        "effort": "effort",
        "emotion": "feeling",
        "resolved": "resolved",
        "cluster": "customer",
    }
    command = (
        "--reason", "reason", "--effort", "effort", "--emotion", "feeling", "--resolved", "resolved", "--cluster", "customer",
    )  # fmt: skip
    return Example(table, keywords, command, figures=("effort", "emotion", "resolved"), columns=("reason", "cluster"))
