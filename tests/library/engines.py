"""The engines the same tests run on: each takes an Arrow table in and gives an Ibis table that lives there."""

from __future__ import annotations

import itertools
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

_names = itertools.count()

ENGINES: dict[str, list[pytest.MarkDecorator]] = {
    "duckdb": [],
    "postgres": [pytest.mark.postgres],
    "spark": [pytest.mark.slow, pytest.mark.filterwarnings("ignore")],  # PySpark's own deprecations are not ours
}
"""Each engine with the marks of the tests that run on it."""


@dataclass
class Engine:
    """``load`` puts rows into the engine; tables are dropped when the next one is loaded. ``examples``: how many a
    property test may try."""

    name: str
    backend: Any
    examples: int
    _loaded: list[str] = field(default_factory=list)

    def load(self, rows: pa.Table) -> Any:
        name = f"rows{next(_names)}"
        if self.name == "spark":
            path = Path(tempfile.mkdtemp(prefix="kapula-spark-")) / "rows.parquet"
            pq.write_table(rows, path)
            return self.backend.read_parquet(path, table_name=name)
        while len(self._loaded) > 8:
            self.backend.drop_table(self._loaded.pop(0), force=True)
        self._loaded.append(name)
        return self.backend.create_table(name, rows, temp=self.name == "postgres")


def duckdb_engine(examples: int = 2) -> Engine:
    import ibis

    return Engine("duckdb", ibis.duckdb.connect(), examples)


def postgres_engine(url: str) -> Engine:
    from kapula.backends import connect

    return Engine("postgres", connect(url), examples=2)


def spark_session() -> Any:
    """Two workers of one core each: a real cluster with shuffles, on this machine."""
    import os

    import pyspark
    from pyspark.sql import SparkSession

    os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
    os.environ["PYSPARK_PYTHON"] = os.environ["PYSPARK_DRIVER_PYTHON"] = sys.executable
    settings = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.host": "127.0.0.1",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.warehouse.dir": tempfile.mkdtemp(prefix="kapula-warehouse-"),
    }
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").appName("kapula-tests")
    for name, value in settings.items():
        builder = builder.config(name, value)
    return builder.getOrCreate()


def spark_engine(session: Any) -> Engine:
    import ibis

    return Engine("spark", ibis.pyspark.connect(session), examples=1)
