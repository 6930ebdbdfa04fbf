"""Key drivers: what an outcome's variation is shared out to. See :func:`kapula.drivers` and docs/analyses/drivers.md."""

from __future__ import annotations

from typing import Final

import numpy as np
import pyarrow as pa

from kapula.analyses.contract import NOT_ENOUGH, Analysis, Example
from kapula.analyses.drivers.run import drivers
from kapula.analyses.registry import register

__all__ = ["drivers"]

VERDICTS: Final = {
    NOT_ENOUGH: "Too few rows for shares.",
    "no_variation": "The outcome does not vary: there is nothing to share out.",
    "separated": "The drivers tell the outcome apart without error: a logit model has no finite fit.",
    "nothing_sure": "It is not sure that any driver is related to the outcome.",
    "order_unsure": "The drivers are related to the outcome; which of them the most is not sure.",
    "first_sure": "One driver has surely the largest share.",
    "described": "The shares of these rows, without resamples to say how sure they are.",
}


def _example() -> Example:
    random = np.random.default_rng(4)
    opinion = random.normal(size=240)
    columns = {
        name: np.round(np.clip(3 + 0.6 * opinion + random.normal(size=240), 1, 5))
        for name in ("speed", "clarity", "price")
    }
    score = 4 + 0.9 * columns["speed"] + 0.3 * columns["clarity"] + random.normal(size=240)
    table = pa.table({**columns, "score": score, "customer": [f"c{place % 80}" for place in range(240)]})
    names = ("speed", "clarity", "price")
    return Example(
        table,
        {"outcome": "score", "drivers": list(names), "cluster": "customer", "n_boot": 200},
        ("--outcome", "score", "--drivers", ",".join(names), "--cluster", "customer", "--n-boot", "200"),
        figures=("outcome", "drivers"),
        columns=("cluster",),
    )


register(
    Analysis(
        "drivers",
        drivers,
        _example,
        VERDICTS,
        source="Lindeman, Merenda & Gold 1980; Grömping 2006; Johnson 2000; Brandt 1987; Mogstad et al. 2024",
    )
)
