"""The account view: planted firms, what holds always, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import integrate

import kapula
from kapula.analyses.accounts.disagreement import disagreements
from kapula.analyses.accounts.example import example
from kapula.analyses.accounts.facts import stage_of
from kapula.analyses.accounts.model import Model, fit
from kapula.analyses.accounts.shrink import drawn
from kapula.analyses.accounts.spread import spreads
from kapula.errors import KapulaError, ParameterError, TableError

SCHOOLS = [28, 8, -3, 7, -1, 1, 18, 12]
ERRORS = [15, 10, 16, 11, 9, 11, 10, 18]


def ask(table: Any = None, **changed: Any) -> Any:
    made = example()
    return kapula.accounts(made.table if table is None else table, **{**made.keywords, **changed})


def firms(**columns: list[Any]) -> dict[str, list[Any]]:
    """Twelve firms of two contacts, the first of them told by the columns."""
    table = {"firm": [f"F{k // 2:02d}" for k in range(24)], "person": [f"P{k}" for k in range(24)],
             "role": ["decision maker", "user"] * 12, "day": [dt.date(2026, 5, 1)] * 24,
             "score": [float(5 + (k // 2) % 4 + (k % 2) * ((k // 2) % 3)) for k in range(24)]}  # fmt: skip
    return {
        name: [*columns[name], *values[len(columns[name]) :]] if name in columns else values
        for name, values in table.items()
    }


def test_the_eight_schools() -> None:
    """The data of Gelman et al., Bayesian Data Analysis, 5.5, against the same posterior by plain quadrature."""
    d, v = np.array(SCHOOLS, float), np.array(ERRORS, float) ** 2
    found = drawn(d, v)

    def at(tau: float) -> tuple[float, float]:
        """(likelihood with μ integrated out, the first school's mean)"""
        w = 1 / (v + tau)
        usual = float(w @ d / w.sum())
        fit = float(np.prod(np.sqrt(w)) / np.sqrt(w.sum()) * np.exp(-0.5 * (w @ (d - usual) ** 2)))
        return fit * 1e12, usual + tau / (tau + v[0]) * (d[0] - usual)

    top = 4 * d.var(ddof=1) + 40 * float(np.median(v)) / 8
    whole = integrate.quad(lambda tau: at(tau)[0], 0, top)[0]
    first = integrate.quad(lambda tau: at(tau)[0] * at(tau)[1], 0, top)[0]
    assert found.mean[0] == pytest.approx(first / whole, abs=0.02)
    assert list(np.argsort(found.mean)[[0, -1]]) == [4, 0]
    assert found.usual == pytest.approx(8.0, abs=0.4)
    assert (found.sd < ERRORS).all()


def test_one_way_components_are_those_of_reml() -> None:
    """Balanced: σ² is the mean square within, τ² (MSB − MSW)/n (Searle, Variance Components)."""
    rng = np.random.default_rng(1)
    y = rng.normal(0, 1, (20, 1)) + rng.normal(0, 0.7, (20, 3))
    model = fit(np.repeat(np.arange(20), 3), np.zeros(60, int), y.ravel(), 1)
    inside, across = y.var(axis=1, ddof=1).mean(), 3 * y.mean(axis=1).var(ddof=1)
    assert (model.within, model.between) == pytest.approx((inside, (across - inside) / 3), rel=1e-4)
    assert model.roles[0] == pytest.approx(y.mean())


def test_the_view_of_forty_firms() -> None:
    found = ask()
    assert found.verdict == "accounts_differ"
    assert (found.n, found.n_known, found.needed_n) == (40, 40, None)
    assert {one.name for one in found.roles} == {"decision maker", "user"}
    assert {one.name for one in found.stages} == {"renewal", "use"}
    assert all(row.low < row.value < row.high for row in found.rows)
    assert 1 < found.kish_n < found.n
    json.dumps(found.to_dict(), allow_nan=False)
    assert found == ask()


def test_a_level_lies_between_its_own_mean_and_everyones() -> None:
    """With one role, and so nothing to put to a mix."""
    for row in ask(role=None).rows:
        usual = (row.value - row.share * row.plain) / (1 - row.share)
        assert min(row.plain, usual) - 1e-9 <= row.value <= max(row.plain, usual) + 1e-9
        assert usual == pytest.approx(6.7, abs=0.5)


def test_only_the_latest_answer_of_a_contact_counts() -> None:
    """The example's people answered twice; the earlier answers are only in the change."""
    found = ask()
    table = example().table
    assert found.n_contacts == len(set(table["person"].to_pylist()))
    later = table.filter(pa.compute.greater(table["day"], dt.date(2025, 5, 12)))
    alone = ask(later)
    assert [row.value for row in alone.rows] == [row.value for row in found.rows]
    assert all(row.change is None for row in alone.rows)


def test_the_order_of_rows_decides_nothing() -> None:
    table = example().table
    mixed = table.take(np.random.default_rng(2).permutation(table.num_rows))
    assert ask(mixed).to_dict() == ask().to_dict()


def test_low_accounts_soon_to_renew_come_first_and_silent_ones_are_named() -> None:
    details = pa.table({"firm": [*(f"F{k:02d}" for k in range(40)), "QUIET"], "revenue": [1000.0] * 41,
                        "renewal": [dt.date(2026, 6, 1)] * 41})  # fmt: skip
    found = ask(details=details)
    assert {"low", "renewal"} <= set(found.rows[0].flags)
    quiet = next(row for row in found.rows if row.account == "QUIET")
    assert quiet.flags == ("silent", "renewal")
    assert (quiet.value, quiet.n) == (None, 0)
    assert found.n_known == 41
    assert found.overall.value == pytest.approx(found.by_revenue.value)


def test_contacts_heard_of_those_known() -> None:
    known = pa.table({"firm": ["F00"] * 6, "person": [f"X{k}" for k in range(6)]})
    found = ask(contacts=known)
    assert found.known_contacts == 6
    assert next(row for row in found.rows if row.account == "F00").known == 6


def test_roles_weigh_what_is_declared() -> None:
    equal, leaning = (ask(role_weights={"decision maker": w, "user": 1.0}) for w in (1.0, 9.0))
    changed = [a.plain != b.plain for a, b in zip(equal.rows, leaning.rows, strict=True)]
    assert any(changed)
    with pytest.raises(ParameterError, match="'user'"):
        ask(role_weights={"decision maker": 1.0})


def test_a_firm_whose_roles_surely_disagree_is_found() -> None:
    rng = np.random.default_rng(6)
    scores = [9.8, 9.9, 0.1, 0.2]
    table: dict[str, list[Any]] = {"firm": ["ODD"] * 4, "role": ["user", "user", "boss", "boss"], "score": list(scores)}
    for k in range(30):
        for role in ("user", "user", "boss", "boss"):
            table["firm"].append(f"F{k}")
            table["role"].append(role)
            table["score"].append(7 + rng.normal(0, 0.5))
    found = kapula.accounts(table, "firm", "score", role="role")
    odd = [row for row in found.rows if "disagree" in row.flags]
    assert [(row.account, row.gap_high, row.gap_low) for row in odd] == [("ODD", "user", "boss")]
    assert odd[0].spread == max(row.spread for row in found.rows)


def test_a_spread_of_two_is_drawn_towards_the_usual() -> None:
    model = Model(np.array([5.0]), np.array([[0.1]]), 1.0, 1.0, 24, 12)
    score = np.tile([4.0, 6.0], 12)
    score[:2] = [1.0, 9.0]
    found = spreads(model, np.repeat(np.arange(12), 2), np.zeros(24, int), score)
    assert found.variance[0] == pytest.approx(32)
    assert found.variance[0] > found.sd[0] ** 2 > found.sd[1] ** 2 > found.variance[1]
    assert disagreements(model, np.repeat(np.arange(12), 2), np.zeros(24, int), score) == {}


@pytest.mark.parametrize(
    ("facts", "stage"),
    [
        ({"since": dt.date(2026, 4, 1)}, "onboarding"), ({"since": dt.date(2020, 1, 1)}, "use"),
        ({"renewal": dt.date(2026, 7, 1)}, "renewal"), ({"renewal": dt.date(2028, 7, 1)}, "use"), ({}, None),
    ],
)  # fmt: skip
def test_the_stage_follows_from_the_dates(facts: dict[str, Any], stage: str | None) -> None:
    assert stage_of(None, facts, dt.date(2026, 5, 1), (90, 180)) == stage
    assert stage_of("own word", facts, dt.date(2026, 5, 1), (90, 180)) == "own word"


@pytest.mark.parametrize("kept", [1, 5])
def test_few_firms_are_not_enough(kept: int) -> None:
    found = ask(filters={"firm": [f"F{k:02d}" for k in range(kept)]})
    assert found.verdict == "not_enough"
    assert (found.n, found.rows) == (kept, ())
    assert found.needed_n >= 10


def test_firms_of_one_contact_are_not_enough_however_many() -> None:
    table = {"firm": [f"F{k}" for k in range(60)], "score": [float(k % 9) for k in range(60)]}
    found = kapula.accounts(table, "firm", "score")
    assert (found.verdict, found.n, found.needed_n) == ("not_enough", 60, 70)


def test_all_answers_alike() -> None:
    found = kapula.accounts(firms(score=[7.0] * 24), "firm", "score", "person")
    assert (found.verdict, found.warnings) == ("not_enough", ("zero_variance",))


def test_blank_accounts_contacts_and_scores_are_set_aside_and_counted() -> None:
    table = firms(firm=["", None], person=["a", "b", ""], score=[5.0, 5.0, 5.0, float("nan")])
    found = kapula.accounts(table, "firm", "score", "person")
    assert found.set_aside == {"account": 2, "contact": 1, "score": 1}


@pytest.mark.parametrize(
    "changed",
    [
        {"score": "role"}, {"score": "points"}, {"contact": "firm"}, {"level": 0.2}, {"window_days": 0}, {"time": "score"},
        {"revenue": "role"}, {"renewal": "score"}, {"as_of": dt.date(1990, 1, 1)}, {"role_weights": {"boss": 1.0}},
        {"role_weights": {"decision maker": -1.0, "user": 1.0}},
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(KapulaError):
        ask(**changed)


def test_infinite_scores_and_words_for_days_are_refused() -> None:
    with pytest.raises(TableError, match="infinite"):
        kapula.accounts(firms(score=[float("inf")]), "firm", "score", "person")
    with pytest.raises(TableError, match="1 rows hold other text"):
        kapula.accounts({**firms(), "day": ["yesterday", *["2026-05-01"] * 23]}, "firm", "score", "person", time="day")


def test_the_documentations_example_runs() -> None:
    page = Path(__file__).resolve().parents[2] / "docs" / "analyses" / "accounts.md"
    (code,) = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    exec(code, {})
    assert "assert" in code
