"""What every analysis promises, whatever it computes. An analysis that is registered is tried here by itself, from its own example.

To join: say ``register(Analysis(...))`` in ``kapula/analyses/<name>/__init__.py`` and give an ``Example`` that runs in well under a second.
"""

from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import kapula
from kapula.analyses import registry
from kapula.analyses.contract import NOT_ENOUGH, Analysis, Example
from kapula.errors import ColumnTypeError, KapulaError, NotFiniteError, UnknownColumnError
from kapula.results import WARNING_CODES

DOCS = Path(__file__).resolve().parents[2] / "docs" / "analyses"
WEIGHTS = ("weight", "weights")
"""Figures that may be the same in every row."""

NAMES = registry.names()
each = pytest.mark.parametrize("name", NAMES)


def columns_of(value: Any) -> list[str]:
    """The columns a keyword names: one, several, or by role."""
    if value is None:
        return []
    if isinstance(value, str):
        return [value]
    return [one for part in (value.values() if isinstance(value, Mapping) else value) for one in columns_of(part)]


def renamed(value: Any, old: str, new: str) -> Any:
    if isinstance(value, str):
        return new if value == old else value
    if isinstance(value, Mapping):
        return {key: renamed(part, old, new) for key, part in value.items()}
    return type(value)(renamed(part, old, new) for part in value)


FIGURES = [(name, keyword) for name in NAMES for keyword in registry.get(name).example().figures]
COLUMNS = [(name, keyword) for name in NAMES for keyword in (registry.get(name).example().columns)]
each_figure = pytest.mark.parametrize(("name", "keyword"), FIGURES)
each_keyword = pytest.mark.parametrize(("name", "keyword"), [*FIGURES, *COLUMNS])


@lru_cache
def example(name: str) -> Example:
    return registry.get(name).example()


@lru_cache
def answered(name: str) -> Any:
    return ask(name)


def ask(name: str, table: Any = None, **changes: Any) -> Any:
    given = example(name)
    return registry.get(name).run(given.table if table is None else table, **{**given.keywords, **changes})


def plain(result: Any) -> dict[str, Any]:
    """The result as it is kept and sent: strict JSON."""
    found: dict[str, Any] = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    return found


def tried(name: str, table: pa.Table) -> dict[str, Any] | KapulaError:
    """The answer, or the clear error in its place; anything else fails the test."""
    try:
        return plain(ask(name, table))
    except KapulaError as error:
        return error


def first_column(name: str, keyword: str) -> str:
    return columns_of(example(name).keywords[keyword])[0]


def with_column(table: pa.Table, column: str, values: pa.Array) -> pa.Table:
    return table.set_column(table.column_names.index(column), column, values)


def numbers(found: Any, path: str = "") -> Iterator[str]:
    """Every figure a reader could take for a finding: those of ``method`` and ``settings`` repeat the run."""
    if isinstance(found, Mapping):
        for key, value in found.items():
            if not (path == "" and key in {"method", "settings", "n", "needed_n"}):
                yield from numbers(value, f"{path}.{key}")
    elif isinstance(found, list):
        for place, value in enumerate(found):
            yield from numbers(value, f"{path}[{place}]")
    elif isinstance(found, float):
        yield path


def close(left: Any, right: Any) -> bool:
    """The same but for the last bits: engines add in another order."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(close(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(close, left, right))
    if isinstance(left, float) or isinstance(right, float):
        return None not in (left, right) and math.isclose(left, right, rel_tol=1e-7, abs_tol=1e-9)
    return bool(left == right)


@each
def test_it_is_public_and_described(name: str) -> None:
    analysis: Analysis = registry.get(name)
    assert getattr(kapula, name) is analysis.run
    assert name in kapula.__all__
    assert analysis.source
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", code) and meaning for code, meaning in analysis.verdicts.items())
    doc = DOCS / f"{name}.md"
    assert doc.exists(), f"write docs/analyses/{name}.md"
    assert re.search(r"^#+ .*\bsources?\b", doc.read_text(encoding="utf-8"), re.IGNORECASE | re.MULTILINE)


@each
def test_the_answer_is_strict_json_with_its_n_verdict_warnings_and_method(name: str) -> None:
    found = plain(answered(name))
    assert found["verdict"] in registry.get(name).verdicts
    assert found["verdict"] != NOT_ENOUGH, "the example has enough data"
    assert type(found["n"]) is int
    assert found["needed_n"] is None
    assert set(found["warnings"]) <= WARNING_CODES.keys()
    assert found["method"]
    assert list(answered(name).warnings) == found["warnings"]
    assert answered(name).verdict == found["verdict"]


@each
def test_the_answer_is_frozen(name: str) -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        answered(name).verdict = "another"


@each
def test_the_same_call_gives_the_same_answer(name: str) -> None:
    assert ask(name).to_dict() == answered(name).to_dict()


def as_pandas(table: pa.Table) -> pd.DataFrame:
    frame = table.to_pandas()
    for field in table.schema:
        if pa.types.is_date(field.type):
            frame[field.name] = pd.to_datetime(frame[field.name])
    return frame


FORMS = {
    "pandas": as_pandas,
    "polars": pl.from_arrow,
    "ibis": lambda table: ibis.duckdb.connect().create_table("t", table),
}


@each
@pytest.mark.parametrize("form", FORMS)
def test_any_table_gives_the_same_answer(name: str, form: str) -> None:
    assert close(plain(ask(name, FORMS[form](example(name).table))), plain(answered(name)))


@each_keyword
def test_an_unknown_column_is_named(name: str, keyword: str) -> None:
    wanted = renamed(example(name).keywords[keyword], first_column(name, keyword), "no_such_column")
    with pytest.raises(UnknownColumnError) as error:
        ask(name, **{keyword: wanted})
    assert error.value.context["column"] == "no_such_column"


@each_figure
def test_text_is_no_figure(name: str, keyword: str) -> None:
    column = first_column(name, keyword)
    texts = pa.array([f"answer {row}" for row in range(example(name).table.num_rows)])
    with pytest.raises(ColumnTypeError) as error:
        ask(name, with_column(example(name).table, column, texts))
    assert error.value.context["column"] == column


@each_figure
def test_an_infinity_is_refused(name: str, keyword: str) -> None:
    column = first_column(name, keyword)
    values = example(name).table[column].cast(pa.float64()).to_pylist()
    values[len(values) // 2] = math.inf
    with pytest.raises(NotFiniteError) as error:
        ask(name, with_column(example(name).table, column, pa.array(values)))
    assert error.value.context["column"] == column


def nothing(name: str) -> pa.Table:
    return example(name).table.slice(0, 0)


def one_row(name: str) -> pa.Table:
    return example(name).table.slice(0, 1)


def two_rows(name: str) -> pa.Table:
    return example(name).table.slice(0, 2)


def all_blank(name: str) -> pa.Table:
    table = example(name).table
    for keyword in example(name).figures:
        for column in columns_of(example(name).keywords[keyword]):
            table = with_column(table, column, pa.nulls(table.num_rows, pa.float64()))
    return table


@each
@pytest.mark.parametrize("small", [nothing, one_row, two_rows, all_blank], ids=lambda small: small.__name__)
def test_too_little_data_is_an_answer_without_figures(name: str, small: Any) -> None:
    found = tried(name, small(name))
    if isinstance(found, KapulaError):
        assert (name, small is all_blank) == ("decompose", False), (
            "the periods it is asked for are not there, and it names them"
        )
        assert found.hint
        return
    assert found["verdict"] == NOT_ENOUGH
    assert type(found["needed_n"]) is int
    assert found["needed_n"] > found["n"]
    assert list(numbers(found)) == []


@each_figure
def test_a_figure_that_never_varies_is_noticed(name: str, keyword: str) -> None:
    if keyword in WEIGHTS:
        assert answered(name).verdict  # weights that are all the same are no weights
        return
    rows = example(name).table.num_rows
    constant = with_column(example(name).table, first_column(name, keyword), pa.array([3.0] * rows))
    found = tried(name, constant)
    if isinstance(found, KapulaError):
        assert found.hint
        return
    assert found["warnings"] or found["verdict"] == NOT_ENOUGH


@each
def test_progress_is_told_and_can_stop_the_run(name: str) -> None:
    class Enough(Exception):
        pass

    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        raise Enough

    ask(name, progress=lambda done, total: told.append((done, total)))
    assert told
    assert all(0 <= done <= total for done, total in told)
    with pytest.raises(Enough):
        ask(name, progress=stop)
