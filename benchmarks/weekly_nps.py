"""NPS by touchpoint by week over Parquet: through ``kapula.measure``, and in SQL written by hand for DuckDB.

Both give every figure its n; Kapula also checks every answer against the scale and gives each figure its interval.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.promise import peak, time_ratio

HELP = "NPS by touchpoint by week over Parquet, against SQL written by hand for DuckDB"
SIZE = 100_000_000
REPEATS = 3
PART = 10_000_000

MAKE = """
COPY (
  SELECT
    'touchpoint ' || (hash(i * 3) % 12)::VARCHAR AS touchpoint,
    TIMESTAMP '2023-01-02' + INTERVAL 1 MINUTE * (hash(i * 5) % 1572480)::BIGINT AS occurred_at,
    CASE WHEN hash(i * 7) % 20 = 0 THEN NULL ELSE (greatest(0, 10 - (hash(i * 11) % 14) % 11))::TINYINT END AS score
  FROM range({first}, {last}) AS r(i)
) TO '{path}' (FORMAT parquet)
"""

BY_HAND = """
SELECT
  touchpoint,
  date_trunc('week', occurred_at)::DATE AS week,
  100.0 * (count(*) FILTER (score >= 9) - count(*) FILTER (score <= 6)) / count(score) AS nps,
  count(score) AS n
FROM read_parquet('{path}')
GROUP BY ALL
ORDER BY ALL
"""


def prepare(folder: Path, size: int) -> None:
    import duckdb

    (folder / "small").mkdir()
    duckdb.sql(MAKE.format(first=0, last=1000, path=folder / "small" / "part-000.parquet"))
    for part, first in enumerate(range(0, size, PART)):
        path = folder / f"part-{part:03d}.parquet"
        duckdb.sql(MAKE.format(first=first, last=min(size, first + PART), path=path))


def by_kapula(folder: Path) -> Any:
    import kapula

    found = kapula.measure(
        str(folder / "*.parquet"), "nps", by="touchpoint", time="occurred_at", period="week", column="score"
    )
    return _answer([(row.value, row.n) for row in found.rows])


def by_hand(folder: Path) -> Any:
    import duckdb

    rows = duckdb.sql(BY_HAND.format(path=folder / "*.parquet")).fetchall()
    return _answer([(nps, n) for _, _, nps, n in rows])


def _answer(rows: list[tuple[Any, int]]) -> dict[str, Any]:
    """Groups, answers, and a checksum of the figures weighted by n."""
    return {"groups": len(rows), "n": sum(n for _, n in rows), "points": round(sum(nps * n for nps, n in rows if n))}


def agree(answers: Mapping[str, Any]) -> bool:
    return answers["kapula"] == answers["SQL by hand"]


PEERS = {"kapula": by_kapula, "SQL by hand": by_hand}
PROMISES = (time_ratio("kapula", "SQL by hand", 1.15), peak("kapula", 500))
