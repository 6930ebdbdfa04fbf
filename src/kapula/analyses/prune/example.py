"""A made-up survey for the contract's tests: eight questions, one asked twice, one that tells nothing."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example

QUESTIONS = ("ease", "price", "speed", "clarity", "trust", "reliance", "colour")


def example() -> Example:
    rng = np.random.default_rng(5)
    n = 400
    shared = rng.normal(0, 1, n)
    latent = {name: 0.5 * shared + rng.normal(0, 1, n) for name in QUESTIONS}
    latent["reliance"] = latent["trust"] + rng.normal(0, 0.2, n)
    answers = {name: np.clip(np.rint(3 + value), 1, 5) for name, value in latent.items()}
    score = 1.2 * answers["ease"] + 0.9 * answers["price"] + 0.6 * answers["speed"] + 0.4 * answers["trust"]
    table = pa.table(
        {
            "nps": np.clip(np.rint(score - 2 + rng.normal(0, 1, n)), 0, 10),
            **answers,
            "queue": rng.normal(180, 40, n),
            "took": rng.gamma(8, 6, n),
            "customer": [f"c{number % 250}" for number in range(n)],
            "w": rng.uniform(0.5, 1.5, n),
        }
    )
    keywords = {
        "outcome": "nps",
        "questions": list(QUESTIONS),
        "leading": ["queue"],
        "seconds": "took",
        "weight": "w",
        "cluster": "customer",
        "folds": 5,
        "repeats": 1,
        "n_boot": 50,
    }
    command = (
        "--outcome", "nps", "--questions", ",".join(QUESTIONS), "--leading", "queue", "--seconds", "took", "--weight", "w",
        "--cluster", "customer", "--folds", "5", "--repeats", "1", "--n-boot", "50",
    )  # fmt: skip
    return Example(
        table, keywords, command, figures=("outcome", "questions", "leading", "seconds", "weight"), columns=("cluster",)
    )
