"""The leading scan: 200 candidate series × 50 units × 156 weeks × 12 lags, the rolling validation included; and, side by side, a scan of
10 candidates × 20 units × 4 lags by statsmodels' Granger tests, unit by unit, with no validation.

The peer's tests stand for the scan alone: statsmodels has nothing for the rest.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.promise import peak, seconds, time_ratio

HELP = "200 candidates × 50 units × 156 weeks × 12 lags for leads, against statsmodels' Granger tests on a small scan"
SIZE = 200
REPEATS = 1
UNITS, WEEKS, LAGS = 50, 156, 12
LITTLE = (10, 20, 4)
"""Candidates, units and lags of the scan side by side."""
LEADER, LEAD = 3, 4


def prepare(folder: Path, size: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = np.random.default_rng(2026)
    x = rng.normal(size=(size, UNITS, WEEKS))
    for week in range(1, WEEKS):
        x[:, :, week] += 0.5 * x[:, :, week - 1]
    y = rng.normal(size=(UNITS, WEEKS))
    y[:, LEAD:] += 0.4 * x[LEADER, :, :-LEAD]
    table = {"unit": np.repeat(np.arange(UNITS), WEEKS), "week": np.tile(np.arange(WEEKS), UNITS), "y": y.ravel()}
    table |= {f"x{place}": series.ravel() for place, series in enumerate(x)}
    pq.write_table(pa.table(table), folder / "panel.parquet")
    (folder / "small").mkdir()
    pq.write_table(pa.table(table).slice(0, 2 * WEEKS), folder / "small" / "panel.parquet")


def _scan(folder: Path, candidates: int | None, units: int, lags: int) -> dict[str, Any]:
    import kapula

    table = kapula.table_from(str(folder / "panel.parquet"))
    names = [name for name in table.columns if name.startswith("x")][:candidates]
    result = kapula.leading(
        table.filter(table.unit < units), "unit", "week", "y", names, max_lag=lags, window=1, season=0
    )
    best = result.leads[0]
    return {"leader": best.name, "lag": best.lag, "tested": result.tested}


def whole(folder: Path) -> dict[str, Any]:
    return _scan(folder, None, UNITS, LAGS)


def little(folder: Path) -> dict[str, Any]:
    return _scan(folder, *LITTLE)


def granger_tests(folder: Path) -> dict[str, Any]:
    """The candidate with the largest mean F over the units, at the order where its last lag was added."""
    import pyarrow.parquet as pq
    from statsmodels.tsa.stattools import grangercausalitytests

    candidates, units, lags = LITTLE
    table = pq.read_table(folder / "panel.parquet")
    y = table["y"].to_numpy().reshape(-1, WEEKS)[:units]
    found = np.zeros((candidates, lags))
    for place in range(candidates):
        x = table[f"x{place}"].to_numpy().reshape(-1, WEEKS)[:units]
        for unit in range(len(y)):
            tests = grangercausalitytests(np.column_stack([y[unit], x[unit]]), lags)
            found[place] += [tests[order][0]["ssr_ftest"][0] for order in range(1, lags + 1)]
    best = int(found.max(axis=1).argmax())
    return {"leader": f"x{best}", "lag": int(found[best].argmax()) + 1, "tested": candidates * lags}


def agree(answers: Mapping[str, Any]) -> bool:
    """All name the planted leader and its lag."""
    return all((one["leader"], one["lag"]) == (f"x{LEADER}", LEAD) for one in answers.values())


PEERS = {"kapula": whole, "kapula, small scan": little, "statsmodels, small scan": granger_tests}
PROMISES = (
    seconds("kapula", 60),
    time_ratio("kapula, small scan", "statsmodels, small scan", 1.0),
    peak("kapula", 1500),
)
