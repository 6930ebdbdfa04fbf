"""What holds for every registered measure, on every engine. A new measure is here by being registered.

Answers are drawn by Hypothesis on the measure's own scale; the same rows go through DuckDB, PostgreSQL and Spark.
"""

from __future__ import annotations

import math
import random
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kapula
from kapula.errors import OffScaleError
from kapula.measures import Measure, get, names
from kapula.measures.engine.run import make_design, make_request
from kapula.measures.families import family
from tests.library.engines import ENGINES, Engine

FIRST_OF_FAMILY = {get(name).family: name for name in reversed(names())}
"""One measure of each family is tried on more examples; only these run on Spark, where a query takes a second."""


def cases() -> list[Any]:
    """Every measure on DuckDB and PostgreSQL, one of each family on Spark and, with many draws, on DuckDB again. On PostgreSQL the others
    of a family are marked slow, and so are the medians, whose search of the order takes seconds a query there."""
    first = set(FIRST_OF_FAMILY.values())
    quick = first - {name for name in first if get(name).family == get("median").family}
    found = [pytest.param("duckdb", name, marks=ENGINES["duckdb"], id=f"duckdb-{name}") for name in names()]
    for name in names():
        marks = ENGINES["postgres"] if name in quick else [*ENGINES["postgres"], pytest.mark.slow]
        found.append(pytest.param("postgres", name, marks=marks, id=f"postgres-{name}"))
    found += [pytest.param("thorough", name, marks=pytest.mark.slow, id=f"thorough-{name}") for name in sorted(first)]
    return found + [pytest.param("spark", name, marks=ENGINES["spark"], id=f"spark-{name}") for name in sorted(first)]


pytestmark = pytest.mark.parametrize(("engine", "name"), cases(), indirect=["engine"])


def answers_of(measure: Measure) -> st.SearchStrategy[Any]:
    scale = measure.scale
    if scale is None or scale.high is None:
        return st.integers(0, 40).map(lambda quarter: quarter / 4)
    return st.integers(int(scale.low or 0), int(scale.high))


@st.composite
def tables(draw: st.DrawFn, measure: Measure, least: int = 1) -> list[dict[str, Any]]:
    """Rows with an answer (or a blank) for each role, a group, a customer and a weight of 1, 2 or 3."""
    cell = st.none() | answers_of(measure)
    roles = st.fixed_dictionaries(dict.fromkeys(measure.roles, cell))
    rows = draw(st.lists(roles, min_size=least, max_size=25))
    rng = random.Random(draw(st.integers(0, 999)))
    for row in rows:
        row.update(group=rng.choice("ab"), customer=rng.choice("pqrst"), weight=float(rng.randint(1, 3)))
        if "exposure" in row and row["exposure"] is not None:
            row["exposure"] += 1
    return rows


def arrow(measure: Measure, rows: list[dict[str, Any]]) -> pa.Table:
    whole = measure.scale is not None and measure.scale.whole
    kinds = {role: pa.int64() if whole else pa.float64() for role in measure.roles}
    kinds |= {"group": pa.string(), "customer": pa.string(), "weight": pa.float64()}
    return pa.table({column: pa.array([row[column] for row in rows], kind) for column, kind in kinds.items()})


def run(engine: Engine, measure: Measure, rows: list[dict[str, Any]], **more: Any) -> kapula.results.MeasureResult:
    return kapula.measure(engine.load(arrow(measure, rows)), measure, columns=list(measure.roles), **more)


def same(first: Any, second: Any, *, n: bool = True) -> None:
    """The same figures to rounding; ``n=False`` compares the values only."""
    assert len(first.rows) == len(second.rows)
    for a, b in zip(first.rows, second.rows, strict=True):
        fields = ("value", "low", "high", "n", "n_effective") if n else ("value",)
        for field in fields:
            x, y = getattr(a, field), getattr(b, field)
            assert (x is None) == (y is None), (field, a, b)
            assert x is None or math.isclose(x, y, rel_tol=1e-7, abs_tol=1e-7), (field, a, b)


def check_on_drawn_rows(engine: Engine, measure: Measure, check: Any, least: int = 1) -> None:
    """Run the check on drawn rows, as many times as the engine bears."""

    @settings(
        max_examples=engine.examples if measure.name in FIRST_OF_FAMILY.values() else 1, deadline=None, database=None, derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(tables(measure, least))
    def body(rows: list[dict[str, Any]]) -> None:
        check(rows)

    body()


def test_value_lies_within_its_interval_and_bounds(engine: Engine, name: str) -> None:
    measure = get(name)

    def check(rows: list[dict[str, Any]]) -> None:
        for more in ({}, {"weight": "weight"}, {"cluster": "customer"}, {"by": "group", "clip": True}):
            result = run(engine, measure, rows, **more)
            for row in result.rows:
                if row.n == 0:
                    assert row.value is None
                    assert "empty" in row.warnings
                    continue
                assert row.value is not None or "exposure" in measure.roles
                assert row.n_effective <= row.n + 1e-9
                if row.low is not None and row.value is not None:
                    assert row.low <= row.value + 1e-9
                if row.high is not None and row.value is not None:
                    assert row.value <= row.high + 1e-9
                bounds = result.method["bounds"]
                if bounds and row.value is not None:
                    assert bounds[0] <= row.value <= bounds[1]
                if bounds and more.get("clip") and row.low is not None:
                    assert bounds[0] - 1e-9 <= row.low
                    assert row.high <= bounds[1] + 1e-9

    check_on_drawn_rows(engine, measure, check)


def test_order_of_rows_changes_nothing(engine: Engine, name: str) -> None:
    measure = get(name)

    def check(rows: list[dict[str, Any]]) -> None:
        shuffled = random.Random(7).sample(rows, len(rows))
        more = {"by": "group", "weight": "weight", "cluster": "customer"}
        same(run(engine, measure, rows, **more), run(engine, measure, shuffled, **more))

    check_on_drawn_rows(engine, measure, check)


def test_equal_weights_are_no_weights_and_doubling_them_changes_nothing(engine: Engine, name: str) -> None:
    measure = get(name)
    kind = family(measure.family)
    interval = {"quantile": "woodruff", "rate": "ratio"}.get(kind.name)

    def check(rows: list[dict[str, Any]]) -> None:
        alike = [{**row, "weight": 2.5} for row in rows]
        doubled = [{**row, "weight": 2 * row["weight"]} for row in rows]
        same(
            run(engine, measure, rows, interval=interval),
            run(engine, measure, alike, weight="weight", interval=interval),
        )
        same(run(engine, measure, rows, weight="weight"), run(engine, measure, doubled, weight="weight"))

    check_on_drawn_rows(engine, measure, check)


def test_whole_weights_give_the_value_of_replicated_rows(engine: Engine, name: str) -> None:
    measure = get(name)

    def check(rows: list[dict[str, Any]]) -> None:
        replicated = [row for row in rows for _ in range(int(row["weight"]))]
        same(run(engine, measure, rows, weight="weight"), run(engine, measure, replicated), n=False)

    check_on_drawn_rows(engine, measure, check)


def test_parts_merge_into_the_whole(engine: Engine, name: str) -> None:
    measure = get(name)
    kind = family(measure.family)

    def check(rows: list[dict[str, Any]]) -> None:
        table = engine.load(arrow(measure, rows))
        settings = {"column": list(measure.roles), "filters": None, "options": {}}
        parts = make_request(table, measure, by="group", weight="weight", **settings)
        whole = make_request(table, measure, weight="weight", **settings)
        design = make_design(whole, kind, level=0.95, interval=None)
        found = list(kind.collect(parts, design).values())
        expected = kind.collect(whole, design)[()]
        if not kind.mergeable:
            assert sum(part.n for part in found) == expected.n
            return
        merged = found[0] if len(found) == 1 else found[0] + found[1]
        if not expected.n:
            assert merged.n == 0
            return
        a, b = (kind.figure(sums, measure, design) for sums in (merged, expected))
        assert (a.value is None) == (b.value is None)
        assert a.value is None or a.value == pytest.approx(b.value)
        assert a.low is None or a.low == pytest.approx(b.low)

    check_on_drawn_rows(engine, measure, check)


def test_groups_do_not_depend_on_each_other(engine: Engine, name: str) -> None:
    measure = get(name)

    def check(rows: list[dict[str, Any]]) -> None:
        grouped = run(engine, measure, rows, by="group")
        for row in grouped.rows:
            alone = run(engine, measure, rows, filters={"group": row.by}).rows[0]
            assert (alone.value is None) == (row.value is None)
            assert row.value is None or row.value == pytest.approx(alone.value)
            assert row.n == alone.n

    check_on_drawn_rows(engine, measure, check)


def test_no_rows_and_blank_rows_are_empty_not_zero(engine: Engine, name: str) -> None:
    measure = get(name)
    blank = [{**dict.fromkeys(measure.roles), "group": "a", "customer": "p", "weight": 1.0}] * 3
    for more in ({}, {"weight": "weight"}, {"cluster": "customer"}):
        nothing = run(engine, measure, [], **more).rows[0]
        assert (nothing.value, nothing.n, nothing.warnings) == (None, 0, ("empty",))
        blanks = run(engine, measure, blank, **more)
        assert blanks.rows[0].value is None
        assert blanks.set_aside == {"no_answer": 3}
    assert run(engine, measure, [], by="group").rows == ()


def test_one_answer_has_a_value(engine: Engine, name: str) -> None:
    measure = get(name)
    low = 0 if measure.scale is None else int(measure.scale.low or 0)
    row = {**dict.fromkeys(measure.roles, low + 1), "group": "a", "customer": "p", "weight": 1.0}
    found = run(engine, measure, [row]).rows[0]
    assert found.n == 1
    assert found.value is not None
    single = run(engine, measure, [row], cluster="customer").rows[0]
    assert "single_cluster" in single.warnings
    assert (single.low, single.high) == (None, None)


def test_answers_off_the_scale_are_an_error_or_set_aside(engine: Engine, name: str) -> None:
    measure = get(name)
    if measure.scale is None:
        rows = [
            {**dict.fromkeys(measure.roles, value), "group": "a", "customer": "p", "weight": 1.0}
            for value in (1, math.inf)
        ]
    else:
        off = (measure.scale.low or 0) - 3
        fine = int(measure.scale.low or 0) + 1
        rows = [
            {**dict.fromkeys(measure.roles, v), "group": "a", "customer": "p", "weight": 1.0} for v in (fine, off, off)
        ]
    with pytest.raises(OffScaleError) as caught:
        run(engine, measure, rows)
    assert caught.value.context["column"] == measure.roles[0]
    assert caught.value.context["count"] == len(rows) - 1
    for more in ({}, {"weight": "weight"}, {"cluster": "customer"}):
        result = run(engine, measure, rows, off_scale="set_aside", **more)
        assert result.rows[0].n == 1
        assert "off_scale_set_aside" in result.rows[0].warnings
        assert result.set_aside["off_scale"] >= len(rows) - 1


def test_missing_codes_are_blanks(engine: Engine, name: str) -> None:
    measure = get(name)
    fine = int(measure.scale.low or 0) + 1 if measure.scale else 1
    rows = [{**dict.fromkeys(measure.roles, v), "group": "a", "customer": "p", "weight": 1.0} for v in (fine, 99)]
    result = run(engine, measure, rows, missing=99)
    assert result.rows[0].n == 1
    assert result.set_aside == {"no_answer": 1}


def test_a_constant_measures_itself(engine: Engine, name: str) -> None:
    measure = get(name)
    rows = [{**dict.fromkeys(measure.roles, 1), "group": "a", "customer": c, "weight": 2.0} for c in "pqrstuvw"]
    for more in ({}, {"weight": "weight"}, {"cluster": "customer"}):
        row = run(engine, measure, rows, **more).rows[0]
        expected = {"points": -100.0, "gap": 0.0}.get(measure.family, 0.0 if measure.options.get("top") else 1.0)
        assert row.value == pytest.approx(expected)
