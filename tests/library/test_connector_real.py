"""Files that companies and authorities have published, imported as they are (shared/data; each folder has its SOURCE.txt)."""

from __future__ import annotations

import csv
import gzip
from collections import Counter

import pytest

from kapula import connectors

SFO_ROWS = {2010: 3234, 2011: 3872, 2012: 3521, 2013: 3535, 2014: 2818, 2015: 2958, 2016: 3087, 2017: 2831}
"""Rows of the yearly files: shared/data/sfo/SOURCE.txt (2012 and later as counted from the files here with Python's csv module)."""


def read_all(path):
    peek = connectors.peek(path)
    batches = list(connectors.read(path, peek.plan))
    return peek, batches


def test_the_same_survey_in_five_encodings_gives_the_same_rows(shared):
    """shared/data/import_files: one survey as Excel and other programs save it. In the tab-separated file the separator inside the
    quoted comments is a tab too, so its comments and the ids made from them differ."""
    folder = shared / "data" / "import_files"
    found = {}
    for name in ("utf8.csv", "utf8bom.csv", "cp1252.csv", "utf16.csv", "utf16tab.txt"):
        peek, (batch,) = read_all(folder / name)
        assert [(c.column, c.role) for c in peek.plan.columns] == [
            ("Päivä", "occurred_at"), ("Asiakas", "customer"), ("Pisteet", "score"), ("Summa", "attribute"),
            ("Kommentti", "comment"), ("Hetu", "ignore"),
        ]  # fmt: skip
        assert batch.rejected == ()
        found[name] = batch.rows, batch.comments
    rows, comments = found.pop("utf8.csv")
    assert rows["answer_pisteet"].to_pylist()[:12] == [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 0.0]
    assert rows["customer"][0].as_py() == "Äijälä Öykkäri 0"
    assert comments["text"][0].as_py() == 'Hyvä; "tosi" hyvä – €5'
    tabbed, _ = found.pop("utf16tab.txt")
    assert tabbed.drop_columns("external_id").equals(rows.drop_columns("external_id"))
    for other_rows, other_comments in found.values():
        assert other_rows.equals(rows)
        assert other_comments.equals(comments)


@pytest.mark.parametrize("year", SFO_ROWS)
def test_every_sfo_year_is_read_as_it_is(year, shared):
    """README of shared/data: 0 is blank and 6 not applicable on the 1–5 items."""
    peek, batches = read_all(shared / "data" / "sfo" / f"{year}_SFO_Customer_Survey.csv")
    taken = sum(batch.rows.num_rows for batch in batches)
    refused = Counter(code for batch in batches for row in batch.rejected for _, code, _ in row.reasons)
    assert taken + sum(len(batch.rejected) for batch in batches) == SFO_ROWS[year]
    assert set(refused) <= {"empty_answer"}
    assert next(c.column for c in peek.plan.columns if c.role == "external_id") == "RESPNUM"
    items = [c for c in peek.plan.columns if c.role == "score" and (c.low, c.high) == (1.0, 5.0)]
    assert len(items) >= 20
    assert sum({"0", "6"} <= set(c.missing) for c in items) >= 0.8 * len(items)
    assert str(batches[0].rows["occurred_at"][0].as_py().year) == str(year)


def test_sfo_2017_gives_the_published_nps(shared):
    """NPS 2017 = 39.8 unweighted and 40.4 weighted, n = 2,746; 11 is blank."""
    _, batches = read_all(shared / "data" / "sfo" / "2017_SFO_Customer_Survey.csv")
    pairs = [
        (score, weight)
        for batch in batches
        for score, weight in zip(batch.rows["answer_netpro"].to_pylist(), batch.rows["weight"].to_pylist(), strict=True)
        if score is not None
    ]
    points = [(100 if score >= 9 else -100 if score <= 6 else 0, weight) for score, weight in pairs]
    assert len(pairs) == 2746
    assert round(sum(p for p, _ in points) / len(points), 1) == 39.8
    assert round(sum(p * w for p, w in points) / sum(w for _, w in points), 1) == 40.4


@pytest.mark.slow
def test_the_nhs_comments_stream_from_gzip(shared):
    path = shared / "data" / "nhs_fft_trust" / "comments.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader)
        texts = [row[header.index("comment_txt")] for row in reader]
    peek, batches = read_all(path)
    assert {c.column: c.role for c in peek.plan.columns}["comment_txt"] == "comment"
    taken = sum(batch.comments.num_rows for batch in batches)
    refused = [row for batch in batches for row in batch.rejected]
    assert taken + len(refused) == len(texts)
    assert {code for row in refused for _, code, _ in row.reasons} == {"empty_answer"}
    assert len(refused) < 0.01 * len(texts)


def test_the_nhs_labels_file_keeps_its_day_first_dates(shared):
    path = shared / "data" / "nhs_fft_pxtextmining" / "v6framework.csv"
    peek, batches = read_all(path)
    roles = {c.column: c for c in peek.plan.columns}
    assert (roles["Date"].role, roles["Date"].date_format) == ("occurred_at", "%d/%m/%Y")
    assert roles["FFT answer"].role == "comment"
    assert sum(batch.rows.num_rows + len(batch.rejected) + batch.repeated for batch in batches) == 6792


def test_the_telecom_file_is_outcomes_and_its_churn_is_known(shared):
    """SOURCE.txt: 7,043 customers, churn rate 26.54 %."""
    peek, batches = read_all(shared / "data" / "telco_churn" / "Telco-Customer-Churn.csv")
    assert (peek.plan.shape, peek.plan.options["active_means"]) == ("outcomes", "left")
    active = [value for batch in batches for value in batch.rows["active"].to_pylist()]
    assert len(active) == 7043
    assert round(100 * active.count(False) / len(active), 2) == 26.54


def test_a_code_book_in_excel_is_read_as_a_table(shared):
    """SOURCE.txt: the 2018 data dictionary has 670 rows, its header among them."""
    table = connectors.read_table(shared / "data" / "sfo" / "sfo_2018_Data_Dictionary_DataSF.xlsx")
    assert table.num_rows == 669
    assert table.column_names[:2] == ["Field", "Question/Description"]
