"""What every connector promises. A new one inherits these tests by a builder in connector_files.BUILDERS."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from connector_files import BUILDERS, survey

from kapula import connectors
from kapula.connectors import errors
from kapula.errors import SourceError
from kapula.schema import RESPONSES

EVERY = pytest.mark.parametrize("name", connectors.names())


def test_every_connector_has_a_builder_here():
    assert set(connectors.names()) == set(BUILDERS)


@EVERY
def test_its_own_file_is_recognised(name, tmp_path):
    assert connectors.peek(BUILDERS[name](tmp_path, 24)).connector == name


@EVERY
def test_the_suggested_plan_takes_every_row_in(name, tmp_path):
    path = BUILDERS[name](tmp_path, 24)
    plan = connectors.peek(path).plan
    batches = list(connectors.read(path, plan))
    assert [row for batch in batches for row in batch.rejected] == []
    assert [i for batch in batches for i in batch.rows["external_id"].to_pylist()] == [who for who, *_ in survey(24)]
    comments = [text for batch in batches for text in batch.comments["text"].to_pylist()]
    assert comments == [text for *_, text in survey(24) if text]


@EVERY
def test_zero_is_an_answer_and_times_are_kept(name, tmp_path):
    path = BUILDERS[name](tmp_path, 24)
    batch = next(connectors.read(path, connectors.peek(path).plan))
    answers = next(batch.rows[column].to_pylist() for column in batch.rows.column_names if column.startswith("answer_"))
    expected = [float(score % 4 + 1 if name == "happyornot" else score) for *_, score, _ in survey(24)]
    assert answers == expected
    assert [when.replace(tzinfo=None) for when in batch.rows["occurred_at"].to_pylist()] == [
        when for _, when, *_ in survey(24)
    ]


@EVERY
def test_batches_have_the_canonical_types(name, tmp_path):
    path = BUILDERS[name](tmp_path, 24)
    batch = next(connectors.read(path, connectors.peek(path).plan))
    left_out = ("id", "source", "received_at")
    fixed = [field for field in RESPONSES if field.name not in left_out]
    assert [batch.rows.schema.field(i) for i in range(len(fixed))] == fixed
    rest = [batch.rows.schema.field(i) for i in range(len(fixed), len(batch.rows.schema))]
    assert all(f.type == (pa.float64() if f.name.startswith("answer_") else pa.string()) for f in rest)
    assert batch.comments.schema == pa.schema(
        [("external_id", pa.string()), ("question", pa.string()), ("text", pa.string())]
    )


@EVERY
def test_batches_of_any_size_give_the_same_rows(name, tmp_path):
    path = BUILDERS[name](tmp_path, 24)
    plan = connectors.peek(path).plan
    whole = pa.concat_tables([batch.rows for batch in connectors.read(path, plan)])
    parts = list(connectors.read(path, plan, batch_rows=7))
    assert pa.concat_tables([batch.rows for batch in parts]).to_pylist() == whole.to_pylist()
    assert [batch.done for batch in parts] == sorted(batch.done for batch in parts)
    assert parts[-1].done <= parts[-1].total


@EVERY
def test_ids_made_from_the_content_are_the_same_each_time(name, tmp_path):
    path = BUILDERS[name](tmp_path, 24)
    plan = connectors.peek(path).plan
    columns = tuple(c for c in plan.columns if c.role != "external_id")
    nameless = connectors.Plan(plan.connector, plan.shape, columns, plan.options)
    first, second = (
        [i for batch in connectors.read(path, nameless, batch_rows=size) for i in batch.rows["external_id"].to_pylist()]
        for size in (5, 100)
    )
    assert first == second
    assert len(set(first)) == 24


@EVERY
def test_a_plan_survives_json(name, tmp_path):
    plan = connectors.peek(BUILDERS[name](tmp_path, 24)).plan
    assert connectors.Plan.from_dict(plan.to_dict()) == plan


@EVERY
def test_a_peek_shows_columns_samples_and_rows(name, tmp_path):
    peek = connectors.peek(BUILDERS[name](tmp_path, 24))
    assert len(peek.columns) == len(peek.rows[0]) == len(peek.plan.columns)
    assert all(len(column.samples) <= 5 for column in peek.columns)
    assert len(peek.rows) == 20


@EVERY
def test_a_peek_is_bounded(name, tmp_path):
    peek = connectors.peek(BUILDERS[name](tmp_path, 6_000))
    assert len(peek.rows) == 20
    assert max(column.distinct for column in peek.columns) <= 5_000


@EVERY
def test_raw_columns_come_under_clean_names(name, tmp_path):
    table = connectors.read_table(BUILDERS[name](tmp_path, 24))
    assert isinstance(table, pa.Table) or hasattr(table, "to_pyarrow")
    rows = table if isinstance(table, pa.Table) else table.to_pyarrow()
    assert rows.num_rows == 24
    assert all(column == connectors.clean_name(column) for column in rows.column_names)


@EVERY
def test_no_rows_is_an_error(name, tmp_path):
    with pytest.raises((errors.NoRowsError, errors.EmptyFileError)) as caught:
        connectors.peek(BUILDERS[name](tmp_path, 0), name)
    assert caught.value.context["file"]


@EVERY
@pytest.mark.parametrize(
    ("contents", "expected"), [(b"", "empty_file"), (b"%PDF-1.7 \x00\x01\x02" * 20, "not_this_format")]
)
def test_empty_and_alien_files_are_errors(name, contents, expected, tmp_path):
    path = BUILDERS[name](tmp_path, 24)
    plan = connectors.peek(path).plan
    path.write_bytes(contents)
    for attempt in (lambda: connectors.peek(path, name), lambda: list(connectors.read(path, plan))):
        assert _code(attempt) == expected


@EVERY
def test_a_cut_file_is_an_error_or_loses_no_whole_row(name, tmp_path):
    """A cut binary file (and a UTF-16 text cut inside a letter) cannot be read; of other texts the whole rows are."""
    path = BUILDERS[name](tmp_path, 24)
    plan = connectors.peek(path).plan
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])
    if path.suffix == ".csv":
        batches = list(connectors.read(path, plan))
        whole = sum(batch.rows.num_rows for batch in batches)
        assert 12 <= whole < 24
    else:
        assert _code(lambda: list(connectors.read(path, plan))) == "broken_file"


@EVERY
def test_a_file_that_is_not_there_is_an_error(name, tmp_path):
    with pytest.raises(errors.UnreadableError):
        connectors.peek(tmp_path / "missing.csv", name)


def test_no_connector_needs_django():
    """Run apart: a module imported by other tests would hide it."""
    code = "import sys, kapula.connectors; sys.exit(any(m.split('.')[0] == 'django' for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": str(_src())}).returncode == 0


def test_an_unknown_connector_is_told_with_the_nearest(tmp_path):
    with pytest.raises(errors.UnknownConnectorError, match="excel"):
        connectors.peek(BUILDERS["csv"](tmp_path, 3), "exel")


def test_two_connectors_may_not_share_a_name():
    with pytest.raises(ValueError, match="csv"):
        connectors.register(connectors.get("csv"))


def _src() -> Path:
    return Path(__file__).resolve().parents[2] / "src"


def _code(attempt: Callable[[], object]) -> str:
    with pytest.raises(SourceError) as caught:
        attempt()
    assert caught.value.context["file"]
    assert caught.value.hint
    return caught.value.code
