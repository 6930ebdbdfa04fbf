"""The made-up table the shared contract runs the analysis on."""

from __future__ import annotations

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import Example


def example() -> Example:
    """600 answers: every segment falls and the better one grows."""
    random = np.random.default_rng(4)
    late = np.repeat([0, 1], 300)
    solar = random.random(600) < np.where(late, 0.6, 0.2)
    score = np.clip(np.round(7.4 + 1.6 * solar - 0.7 * late + 1.5 * random.normal(size=600)), 0, 10)
    table = pa.table(
        {
            "score": score.astype(float),
            "segment": np.where(solar, "solar", "other"),
            "year": np.where(late, "2025", "2024"),
        }
    )
    keywords = {
        "measure": "nps", "column": "score", "segment": "segment", "period": "year", "first": "2024", "second": "2025", "n_boot": 300,
    }  # fmt: skip
    command = (
        "--measure", "nps", "--column", "score", "--segment", "segment", "--period", "year",
        "--from", "2024", "--to", "2025", "--n-boot", "300",
    )  # fmt: skip
    return Example(table, keywords, command, figures=("column",), columns=("segment", "period"))
