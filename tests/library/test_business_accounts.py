"""The account view: planted firms, what holds always, and what is refused."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from scipy import integrate

import kapula
from kapula.analyses.accounts.change import changes
from kapula.analyses.accounts.disagreement import disagreements
from kapula.analyses.accounts.example import example
from kapula.analyses.accounts.facts import stage_of
from kapula.analyses.accounts.ledger import Heard, Ledger
from kapula.analyses.accounts.model import Model, fit
from kapula.analyses.accounts.shrink import drawn
from kapula.analyses.accounts.spread import spreads
from kapula.errors import KapulaError, ParameterError, TableError
from kapula.statistics.laws import t_quantile

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


def twice(seed: int, person: float, noise: float, firms: int = 60) -> tuple[Ledger, Any]:
    """Firms of one to three contacts who all answer in both windows, and how much each firm has moved."""
    rng = np.random.default_rng(seed)
    move = rng.normal(0, 0.6, firms)
    account = np.repeat(np.arange(firms), rng.integers(1, 4, firms))
    own = rng.normal(0, 0.6, firms)[account] + rng.normal(0, person, len(account))
    sides = [own + shift + rng.normal(0, noise, len(account)) for shift in (0.0, move[account])]
    nobody = np.zeros(len(account), dtype=np.int64)
    before, now = (
        Heard(account, nobody, side, nobody, (None,) * len(account), np.arange(len(account))) for side in sides
    )
    return Ledger(tuple(range(firms)), (None,), now, before, None, {}, None, {}), move


def test_the_change_of_firms_whose_contacts_answer_twice_is_not_told_as_if_strangers_did() -> None:
    """A person's own level is in both answers and not in the change. Taken for strangers they made intervals of 95 % hold 73 %, drawn all
    the way to the usual change, and firms that fell by a whole point were never seen to."""
    held: list[bool] = []
    seen: list[bool] = []
    for seed in range(25):
        ledger, move = twice(seed, person=0.9, noise=0.45)
        found = changes(ledger, fit(ledger.now.account, ledger.now.role, ledger.now.score, 1), 0.95)
        held += [one.low <= move[code] <= one.high for code, one in found.items()]
        seen += [one.high < 0 for code, one in found.items() if move[code] < -1]
    assert 0.93 <= np.mean(held) <= 0.98
    assert np.mean(seen) > 0.4


def test_the_variance_of_a_change_is_of_the_differences_of_those_heard_twice() -> None:
    """Twelve firms of three contacts who answer twice, against the same by hand: v = s² / 3 with 24 degrees of freedom."""
    rng = np.random.default_rng(3)
    own, move = rng.normal(0, 1, (12, 3)), rng.normal(0, 0.7, (12, 1))
    scores = [own + rng.normal(0, 0.3, (12, 3)), own + move + rng.normal(0, 0.3, (12, 3))]
    days = [dt.date(2025, 1, 5), dt.date(2026, 1, 5)]
    rows = [(f"F{a:02d}", f"P{c}", days[t], scores[t][a, c]) for t in (0, 1) for a in range(12) for c in range(3)]
    table = dict(zip(("firm", "person", "day", "score"), map(list, zip(*rows, strict=True)), strict=True))
    moved = scores[1] - scores[0]
    s2 = float(((moved - moved.mean(axis=1, keepdims=True)) ** 2).sum()) / 24
    expected = drawn(moved.mean(axis=1), np.full(12, s2 / 3))
    found = kapula.accounts(table, "firm", "score", "person", time="day", window_days=300)
    for row, mean, sd in zip(sorted(found.rows, key=lambda one: one.account), expected.mean, expected.sd, strict=True):
        assert (row.change, row.change_high - row.change) == pytest.approx((mean, t_quantile(0.975, 24) * sd))


def test_a_change_is_told_as_it_is_when_too_few_are_heard_twice_to_know_how_alike_they_answer() -> None:
    """One contact of each firm: nothing parts the firm's change from the person's. The interval is that of strangers, drawn to nothing."""
    ledger, _ = twice(7, person=0.9, noise=0.45)
    first = np.unique(ledger.now.account, return_index=True)[1]
    sides = [replace(side, **{name: getattr(side, name)[first] for name in ("account", "role", "score", "day", "contact")})
             for side in (ledger.before, ledger.now)]  # fmt: skip
    model = fit(ledger.now.account, ledger.now.role, ledger.now.score, 1)
    found = changes(replace(ledger, before=sides[0], now=sides[1]), model, 0.95)
    half = t_quantile(0.975, model.n - model.accounts) * np.sqrt(2 * model.within)
    for code, one in found.items():
        plain = sides[1].score[code] - sides[0].score[code]
        assert (one.value, one.low, one.high) == pytest.approx((plain, plain - half, plain + half))


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


@pytest.mark.parametrize("days", [{}, {"time": "day"}])
def test_nobody_heard_is_too_little_data(days: dict[str, str]) -> None:
    found = kapula.accounts({**firms(), "score": pa.nulls(24, pa.float64())}, "firm", "score", "person", **days)
    assert (found.verdict, found.n, found.needed_n, found.warnings) == ("not_enough", 0, 10, ("empty",))
    assert found.set_aside == {"score": 24}


@pytest.mark.parametrize("beside", ["details", "contacts"])
def test_accounts_that_are_named_in_another_way_are_told(beside: str) -> None:
    """12 in one file and "F12" in the other: without a word everything beside the answers would be blank."""
    other = {"firm": [12.0, 13.0], "person": ["a", "b"], "ends": [dt.date(2026, 6, 1)] * 2}
    found = kapula.accounts(
        firms(), "firm", "score", "person", renewal="ends" if beside == "details" else None, **{beside: other}
    )
    assert found.warnings == ("accounts_unmatched",)
    same = {**other, "firm": ["F01", "F99"]}
    assert kapula.accounts(firms(), "firm", "score", "person", **{beside: same}).warnings == ()


def test_a_window_beside_the_answers_is_refused_and_says_when_they_are() -> None:
    with pytest.raises(ParameterError, match="they are from 2026-05-01 to 2026-05-01") as error:
        kapula.accounts(firms(), "firm", "score", "person", time="day", as_of="2030-01-01")
    assert error.value.context == {"parameter": "as_of", "value": "2030-01-01"}


WRITTEN = {
    "month": lambda day: f"{day:%Y-%m}",
    "week": lambda day: "{}-W{:02}".format(*day.isocalendar()[:2]),
    "quarter": lambda day: f"{day.year}-Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year}",
    "month as a number": lambda day: 100 * day.year + day.month,
    "day as text": lambda day: f"{day:%Y%m%d}",
}
FIRST = {
    "month": lambda day: day.replace(day=1),
    "week": lambda day: day - dt.timedelta(days=day.weekday()),
    "quarter": lambda day: dt.date(day.year, 3 * ((day.month - 1) // 3) + 1, 1),
    "year": lambda day: dt.date(day.year, 1, 1),
    "month as a number": lambda day: day.replace(day=1),
    "day as text": lambda day: day,
}


@pytest.mark.parametrize("kind", WRITTEN)
def test_periods_are_read_as_their_first_days(kind: str) -> None:
    made = example()
    days = made.table[made.keywords["time"]].to_pylist()
    place = made.table.column_names.index(made.keywords["time"])
    named = made.table.set_column(place, made.keywords["time"], pa.array([WRITTEN[kind](day) for day in days]))
    dated = made.table.set_column(place, made.keywords["time"], pa.array([FIRST[kind](day) for day in days]))
    assert ask(named).to_dict() == ask(dated).to_dict()


def test_periods_that_are_not_there_or_of_two_kinds_are_refused() -> None:
    for strange, match in (("2026-13", "not the name of a month"), ("2026-Q1", "rows hold other text")):
        table = {**firms(), "day": [strange, *["2026-05"] * 23]}
        with pytest.raises(KapulaError, match=match):
            kapula.accounts(table, "firm", "score", "person", time="day")


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
