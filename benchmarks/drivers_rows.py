"""Key drivers of a hundred million rows in Parquet: twenty drivers, their sums computed by DuckDB through Ibis, with resamples of blocks.

The peer brings the rows to NumPy in batches and adds up their products there.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.promise import peak

HELP = "key drivers of 100 million rows × 20 drivers in Parquet, under 2 GB"
SIZE = 100_000_000
REPEATS = 1
PART = 10_000_000
COLUMNS = 20
NAMES = [f"x{place}" for place in range(COLUMNS)]

MAKE = """
COPY (
  SELECT *, ({outcome} + (hash(i * 977) % 7))::FLOAT AS y
  FROM (SELECT i, {drivers} FROM range({first}, {last}) AS r(i))
) TO '{path}' (FORMAT parquet)
"""


def prepare(folder: Path, size: int) -> None:
    import duckdb

    shared = "(hash(i * 31) % 3)::TINYINT"
    drivers = ", ".join(
        f"{shared} + (hash(i * {101 + 2 * place}) % 4)::TINYINT AS {name}" for place, name in enumerate(NAMES)
    )
    outcome = " + ".join(f"{name} / {place + 2}.0" for place, name in enumerate(NAMES))
    for part, first in enumerate(range(0, size, PART)):
        path = folder / f"part-{part:03d}.parquet"
        duckdb.sql(MAKE.format(first=first, last=min(size, first + PART), path=path, drivers=drivers, outcome=outcome))


def by_kapula(folder: Path) -> dict[str, Any]:
    import kapula

    found = kapula.drivers(str(folder / "*.parquet"), "y", NAMES, "johnson", n_boot=0)
    return {"r2": found.r2, "n": found.n}


def with_resamples(folder: Path) -> dict[str, Any]:
    import kapula

    found = kapula.drivers(str(folder / "*.parquet"), "y", NAMES, "johnson", n_boot=1000)
    return {"r2": found.r2, "n": found.n}


def by_numpy(folder: Path) -> dict[str, Any]:
    import duckdb
    import numpy as np

    reader = duckdb.sql(f"SELECT {', '.join([*NAMES, 'y'])} FROM read_parquet('{folder / '*.parquet'}')")
    total = np.zeros((COLUMNS + 2, COLUMNS + 2))
    for batch in reader.to_arrow_reader(250_000):
        rows = np.column_stack(
            [np.ones(batch.num_rows), *(column.to_numpy().astype(np.float64) for column in batch.columns)]
        )
        total += rows.T @ rows
    n = total[0, 0]
    square = total[1:, 1:] / n - np.outer(total[0, 1:], total[0, 1:]) / n**2
    beta = np.linalg.solve(square[:-1, :-1], square[:-1, -1])
    return {"r2": float(beta @ square[:-1, -1] / square[-1, -1]), "n": int(n)}


def agree(answers: Mapping[str, Any]) -> bool:
    first, *others = answers.values()
    return all(other["n"] == first["n"] and abs(other["r2"] - first["r2"]) < 1e-9 for other in others)


PEERS = {"kapula": by_kapula, "kapula with resamples": with_resamples, "NumPy in batches": by_numpy}
PROMISES = (peak("kapula", 2000), peak("kapula with resamples", 2000))
