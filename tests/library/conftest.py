"""Engines for the library's tests. ``engine`` runs a test on DuckDB, on PostgreSQL and, marked slow, on Spark."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.library.engines import ENGINES, Engine, duckdb_engine, postgres_engine, spark_engine, spark_session
from tests.postgres import lacking, server


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    with server() as url:
        yield url


@pytest.fixture(scope="session")
def _duckdb() -> Engine:
    return duckdb_engine()


@pytest.fixture(scope="session")
def _thorough() -> Engine:
    """DuckDB with many draws, for the slow run."""
    return duckdb_engine(examples=12)


@pytest.fixture(scope="session")
def _postgres(postgres_url: str) -> Iterator[Engine]:
    engine = postgres_engine(postgres_url)
    yield engine
    engine.backend.disconnect()


@pytest.fixture(scope="session")
def _spark() -> Iterator[Engine]:
    if shutil.which("java") is None:
        lacking("needs Java 17 for Spark")
    session = spark_session()
    yield spark_engine(session)
    session.stop()


@pytest.fixture(params=[pytest.param(name, marks=marks) for name, marks in ENGINES.items()])
def engine(request: pytest.FixtureRequest) -> Engine:
    return request.getfixturevalue(f"_{request.param}")
