"""Shares of themes and sentiments, corrected for the classifier's known error."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pyarrow as pa
import pytest

from kapula.errors import ColumnTypeError, ParameterError, UnknownColumnError
from kapula.text.shares import Confusion, ErrorRates, StratifiedRates, prevalence, shares

GOOD = ErrorRates(true_positive=80, false_negative=20, false_positive=10, true_negative=190)
POOR = ErrorRates(true_positive=12, false_negative=18, false_positive=70, true_negative=130)


def comments(n=400, start=dt.date(2026, 1, 1), share=0.3, seed=1):
    random = np.random.default_rng(seed)
    return pa.table(
        {
            "themes": [["price"] if one else [] for one in random.random(n) < share],
            "day": [start + dt.timedelta(days=int(day)) for day in random.integers(0, 59, n)],
            "team": [("a", "b")[int(one)] for one in random.integers(0, 2, n)],
            "customer": [f"c{int(one)}" for one in random.integers(0, n // 2, n)],
            "version": ["v1"] * n,
        }
    )


def exactly(share, n=1000):
    return pa.table({"themes": [["price"]] * round(share * n) + [[]] * round((1 - share) * n)})


def test_a_share_is_corrected_as_rogan_and_gladen_do():
    # (0.30 + 0.95 − 1) ÷ (0.80 + 0.95 − 1): Rogan & Gladen (1978), formula 2, by hand.
    row = shares(exactly(0.30), errors={"price": GOOD}).row("price")
    assert row.value == pytest.approx(0.25 / 0.75)
    assert row.apparent == pytest.approx(0.30)
    assert row.low < row.value < row.high


def test_the_interval_is_lang_and_reiczigels():
    # 20 of 100 with sensitivity 45 of 50 and specificity 95 of 100, by their formula with a pocket calculator.
    rates = ErrorRates(45, 5, 5, 95)
    z2 = 1.959964**2
    n, p = 100 + z2, (20 + z2 / 2) / (100 + z2)
    se, sp = 46 / 52, 96 / 102
    middle = (p + sp - 1) / (se + sp - 1)
    shift = 2 * z2 * (middle * se * (1 - se) / 52 - (1 - middle) * sp * (1 - sp) / 102)
    half = (
        1.959964 * (p * (1 - p) / n + middle**2 * se * (1 - se) / 52 + (1 - middle) ** 2 * sp * (1 - sp) / 102) ** 0.5
    )
    half /= se + sp - 1
    _, low, high = prevalence.corrected(0.2, 100, rates, 0.95)
    assert (low, high) == pytest.approx((middle + shift - half, middle + shift + half), abs=1e-6)


class TestCheckedHalfAndHalf:
    """5,000 comments of which a tenth is named; a hundred named ones and a hundred others were checked."""

    RATES = StratifiedRates(0.1, ErrorRates(80, 0, 20, 0), ErrorRates(0, 5, 0, 95))

    def test_each_half_counts_for_the_comments_it_was_drawn_from(self):
        # Of all comments 0.1·0.8 are found, 0.9·0.05 missed, 0.1·0.2 false alarms.
        assert self.RATES.sensitivity == pytest.approx(0.08 / (0.08 + 0.045))
        assert self.RATES.specificity == pytest.approx(0.855 / (0.855 + 0.02))

    def test_the_share_of_the_comments_drawn_from_is_what_was_found_in_the_halves(self):
        row = shares(exactly(0.10), errors={"price": self.RATES}).row("price")
        assert row.value == pytest.approx(0.08 + 0.045)
        assert row.low < row.value < row.high

    def test_taken_for_a_plain_sample_the_same_answers_would_say_nought(self):
        row = shares(exactly(0.10), errors={"price": ErrorRates(80, 5, 20, 95)}).row("price")
        assert row.value == 0.0

    def test_nothing_missed_among_few_is_not_surely_nothing_missed(self):
        few, many = (
            shares(
                exactly(0.10), errors={"price": StratifiedRates(0.1, ErrorRates(n, 0, 0, 0), ErrorRates(0, 0, 0, n))}
            ).row("price")
            for n in (30, 300)
        )
        assert few.value == pytest.approx(0.10)
        assert few.high > many.high > 0.10

    def test_a_comment_read_otherwise_since_counts_as_it_is_said_now(self):
        truth, said, drawn = [True, True, False, False], [True, True, True, False], [True, False, True, False]
        found = StratifiedRates.of_labels(truth, said, drawn, 0.2)
        assert (found.named.to_dict()["false_positive"], found.unnamed.to_dict()["true_positive"]) == (1, 1)
        assert found.sensitivity == 1.0

    def test_one_half_alone_says_nothing(self):
        with pytest.raises(ParameterError, match="both kinds"):
            StratifiedRates(0.1, ErrorRates(8, 0, 2, 0), ErrorRates(0, 0, 0, 0))

    def test_what_is_drawn_lies_around_the_rates(self):
        sensitivity, specificity = self.RATES.drawn(20_000, np.random.default_rng(1))
        assert np.median(sensitivity) == pytest.approx(self.RATES.sensitivity, abs=0.02)
        assert np.median(specificity) == pytest.approx(self.RATES.specificity, abs=0.005)
        low, high = self.RATES.youden_interval()
        assert low < self.RATES.youden < high


def test_what_is_not_known_of_the_classifier_widens_the_interval():
    few = ErrorRates(16, 4, 2, 38)
    narrow, wide = (shares(exactly(0.3), errors={"price": rates}).row("price") for rates in (GOOD, few))
    assert narrow.value == pytest.approx(wide.value)
    assert wide.high - wide.low > 1.3 * (narrow.high - narrow.low)


def test_a_classifier_without_error_changes_nothing():
    perfect = ErrorRates(100_000, 0, 0, 100_000)
    row = shares(exactly(0.3), errors={"price": perfect}).row("price")
    assert (row.value, row.low, row.high) == pytest.approx(
        (row.apparent, row.apparent_low, row.apparent_high), abs=1e-3
    )


def test_too_poor_a_classifier_is_refused():
    result = shares(comments(), errors={"price": POOR}, by="team")
    row = result.row("price", by="a")
    assert POOR.youden < 0.1
    assert (row.value, row.low, row.high) == (None, None, None)
    assert row.apparent is not None
    assert "errors_too_large" in row.warnings
    assert result.differences == ()


def test_a_share_below_the_false_alarms_is_nought_and_says_so():
    row = shares(exactly(0.02), errors={"price": GOOD}).row("price")
    assert row.value == 0.0
    assert row.low == 0.0
    assert "at_bound" in row.warnings


def test_without_error_rates_it_is_told_as_labelled():
    result = shares(exactly(0.3))
    assert "uncorrected" in result.warnings
    assert result.row("price").value == pytest.approx(0.3)


def test_a_difference_keeps_its_verdict_and_grows_by_youden():
    plain = shares(comments(), by="team", errors=None).differences
    mended = shares(comments(), by="team", errors={"price": GOOD}).differences
    for seen, told in zip(plain, mended, strict=True):
        assert told.value == pytest.approx(seen.value / GOOD.youden)
        assert (seen.low > 0, seen.high < 0) == (told.low > 0, told.high < 0)
        assert told.p == seen.p


def test_periods_are_compared_and_a_real_change_is_sure():
    before, after = (comments(600, dt.date(2026, 1, 1), 0.1), comments(600, dt.date(2026, 3, 1), 0.4, seed=2))
    result = shares(pa.concat_tables([before, after]), time="day", period="quarter", errors={"price": GOOD})
    assert [row.period for row in result.rows] == ["2026-Q1", "2026-Q2"]
    (change,) = result.differences
    assert (change.kind, change.first, change.second) == ("period", "2026-Q1", "2026-Q2")
    assert change.sure
    assert change.low > 0


def test_versions_are_never_compared():
    before, after = comments(), comments(400, dt.date(2026, 3, 1))
    after = after.set_column(after.column_names.index("version"), "version", [["v2"] * after.num_rows])
    table = pa.concat_tables([before, after])
    result = shares(table, time="day", period="quarter", version="version", errors={"price": GOOD})
    assert result.differences == ()
    assert "mixed_version" in result.warnings
    known = ErrorRates(80, 20, 10, 190, version="v2")
    told = shares(table, time="day", period="month", version="version", errors={"price": known})
    assert "errors_other_version" in told.row("price", "2026-01").warnings
    assert told.breaks == ("2026-03",)


def test_customers_who_write_much_widen_the_interval():
    table = pa.concat_tables([comments(200)] * 4)
    alone, together = shares(table), shares(table, cluster="customer")
    first, second = alone.row("price"), together.row("price")
    assert second.n_effective < 0.5 * first.n
    assert second.high - second.low > 1.3 * (first.high - first.low)
    by_team = shares(table, cluster="customer", by="team", errors={"price": GOOD})
    assert all(one.low <= one.value <= one.high for one in by_team.differences)


def test_small_groups_are_withheld():
    result = shares(comments(100), by="team", time="day", minimum_n=30)
    hidden = [row for row in result.rows if {"suppressed", "suppressed_complement"} & set(row.warnings)]
    assert hidden
    assert all(row.value is None and row.apparent is None for row in hidden)


CONFUSION = Confusion(
    ("positive", "negative", "mixed", "neutral"),
    ("positive", "negative", "mixed", "neutral", "abstained"),
    ((88, 3, 3, 2, 4), (3, 85, 4, 2, 6), (15, 20, 50, 3, 12), (10, 8, 2, 70, 10)),
)


def test_sentiments_come_back_through_the_matrix():
    truth = np.array([0.5, 0.3, 0.12, 0.08])
    said = np.round(truth @ (CONFUSION.matrix / 100) * 10_000).astype(int)
    words = [word for word, n in zip(CONFUSION.said, said, strict=True) for _ in range(n)]
    table = {
        "sentiment": [w if w != "abstained" else "neutral" for w in words],
        "unsure": [w == "abstained" for w in words],
    }
    result = shares(table, of="sentiment", abstained="unsure", errors=CONFUSION)
    found = [result.row(name).value for name in CONFUSION.classes]
    assert found == pytest.approx(truth, abs=0.003)
    assert sum(found) == pytest.approx(1)
    assert all(row.low < row.value < row.high for row in result.rows)


def test_sentiments_that_cannot_be_told_apart_are_refused():
    blind = Confusion(("positive", "negative"), ("positive", "negative"), ((30, 20), (28, 22)))
    row = shares({"sentiment": ["positive"] * 40 + ["negative"] * 20}, of="sentiment", errors=blind).row("positive")
    assert row.value is None
    assert "errors_too_large" in row.warnings


def test_too_little_is_an_answer():
    result = shares(exactly(0.5, 4))
    assert (result.verdict, result.n, result.needed_n, result.rows) == ("not_enough", 4, 10, ())
    assert shares({"themes": pa.array([], pa.list_(pa.string()))}).verdict == "not_enough"


def test_comments_not_analysed_are_no_comments_without_a_theme():
    table = {"themes": pa.array([["price"]] * 10 + [[]] * 10 + [None] * 30, pa.list_(pa.string()))}
    assert shares(table).row("price").n == 20


def test_the_contracts_structs_and_text_with_commas_are_read_alike():
    structs = [[{"code": "price", "spans": [[0, 2]], "sentiment": "negative"}], []] * 10
    assert shares({"themes": structs}).row("price").value == 0.5
    assert shares({"said": ["price, staff", ""] * 10}, "said").row("staff").value == 0.5


def test_the_same_call_gives_the_same_bytes():
    def run():
        found = shares(comments(), cluster="customer", by="team", errors={"price": GOOD}, seed=4)
        return json.dumps(found.to_dict(), allow_nan=False)

    assert run() == run()


@pytest.mark.parametrize(
    ("keywords", "error"),
    [
        ({"of": "colours"}, ParameterError),
        ({"column": "nothing"}, UnknownColumnError),
        ({"column": "day"}, ColumnTypeError),
        ({"of": "sentiment", "column": "themes"}, ColumnTypeError),
        ({"errors": CONFUSION}, ParameterError),
        ({"level": 1.5}, ParameterError),
        ({"time": "day", "period": "aeon"}, ParameterError),
        ({"time": "team"}, ColumnTypeError),
    ],
)
def test_what_cannot_be_asked_is_said(keywords, error):
    with pytest.raises(error):
        shares(comments(30), **keywords)


def test_error_rates_are_checked():
    with pytest.raises(ParameterError):
        ErrorRates(-1, 2, 3, 4)
    with pytest.raises(ParameterError):
        ErrorRates.from_dict({"true_positive": 3})
    with pytest.raises(ParameterError):
        Confusion(("a", "b"), ("a", "b"), ((1, 2),))
    assert ErrorRates.from_dict(GOOD.to_dict()) == GOOD
    assert Confusion.from_dict(CONFUSION.to_dict()) == CONFUSION
    assert ErrorRates.of_labels([True, True, False], [True, False, False]) == ErrorRates(1, 1, 0, 1)
