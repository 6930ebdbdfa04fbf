"""From cells to canonical rows: numbers, dates, missing codes, scales, labels, identity, and every reason for refusing a row."""

from __future__ import annotations

import tempfile
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from connector_files import written
from hypothesis import given, settings
from hypothesis import strategies as st

from kapula import connectors
from kapula.connectors import errors
from kapula.connectors.contract import REJECTION_CODES, ColumnPlan, Plan
from kapula.connectors.mapping.engine import Engine
from kapula.connectors.mapping.seen import Seen

WHEN = ColumnPlan("Pvm", "occurred_at", date_format="%d.%m.%Y")
NPS = ColumnPlan("NPS", "score", question="nps", low=0, high=10)


def plan(*columns: ColumnPlan, shape: str = "wide", **options) -> Plan:
    return Plan("csv", shape, (WHEN, *columns) if shape == "wide" else columns, {"decimal": ",", **options})


def read_one(tmp_path, text: str, with_plan: Plan):
    path = written(tmp_path / "a.csv", text)
    batches = list(connectors.read(path, with_plan))
    return batches[0]


def reasons(batch) -> list[tuple[int, tuple[tuple[str, str, str], ...]]]:
    return [(row.number, row.reasons) for row in batch.rejected]


@pytest.mark.parametrize(
    ("text", "comma", "point"),
    [
        ("5", 5, 5), ("0", 0, 0), ("-3", -3, -3), ("−3", -3, -3), ("1,5", 1.5, 1.5), ("4.5", 4.5, 4.5), ("1.234", 1234, 1.234),
        ("1,234", 1.234, 1234), ("1 234,5", 1234.5, 1234.5), ("1\u00a0234", 1234, 1234), ("1.234,50", 1234.5, None),
        ("1,234.50", None, 1234.5), ("12 %", 12, 12), ("3 €", 3, 3), ("nan", None, None), ("inf", None, None), ("1e5", None, None),
        ("1_0", None, None), ("kymmenen", None, None), ("1.2.3", None, None), ("10/10", None, None),
    ],
)  # fmt: skip
def test_numbers_are_read_by_the_declared_decimal_mark(text, comma, point):
    engine = Engine()
    for mark, expected in ((",", comma), (".", point)):
        found = engine.numbers(pa.array([text]), mark)[0]
        assert (None if np.isnan(found) else found) == expected
    engine.close()


@settings(max_examples=30)
@given(st.lists(st.floats(-1e9, 1e9).map(lambda x: round(x, 3)), min_size=1, max_size=20))
def test_what_is_written_with_a_comma_is_read_back(values):
    engine = Engine()
    texts = pa.array([f"{value:.3f}".replace(".", ",") for value in values])
    assert np.allclose(engine.numbers(texts, ","), values, atol=5e-4)
    engine.close()


@pytest.mark.parametrize(
    ("text", "family", "expected"),
    [
        ("1.2.2026", "%d.%m.%Y", "2026-02-01 00:00:00"), ("01.02.2026 9:15", "%d.%m.%Y", "2026-02-01 09:15:00"),
        ("1.2.2026 klo 9.15", "%d.%m.%Y", "2026-02-01 09:15:00"), ("su 1.2.2026 kl. 9.15", "%d.%m.%Y", "2026-02-01 09:15:00"),
        ("1.2.2026, 09:15:30", "%d.%m.%Y", "2026-02-01 09:15:30"), ("31.2.2026", "%d.%m.%Y", None), ("1.2.26", "%d.%m.%Y", None),
        ("1.2.26", "%d.%m.%y", "2026-02-01 00:00:00"), ("2026-02-01T09:15:00Z", "%Y-%m-%d", "2026-02-01 09:15:00"),
        ("2026-02-01T09:15:00+02:00", "%Y-%m-%d", "2026-02-01 07:15:00"), ("2026-02-01 09:15", "%Y-%m-%d", "2026-02-01 09:15:00"),
        ("02/01/2026 9:15 PM", "%m/%d/%Y", "2026-02-01 21:15:00"), ("01/02/2026", "%d/%m/%Y", "2026-02-01 00:00:00"),
        ("20260201", "%Y%m%d", "2026-02-01 00:00:00"), ("1 Feb 2026", "%d %b %Y", "2026-02-01 00:00:00"), ("eilen", "%d.%m.%Y", None),
    ],
)  # fmt: skip
def test_dates_are_read_in_their_family(text, family, expected):
    engine = Engine()
    found = engine.timestamps(pa.array([text]), family, None)[0].as_py()
    assert (found and f"{found:%Y-%m-%d %H:%M:%S}") == expected
    engine.close()


def test_a_declared_zone_moves_times_but_never_days():
    engine = Engine()
    found = engine.timestamps(pa.array(["1.7.2026", "1.7.2026 10:00", "1.1.2026 10:00"]), "%d.%m.%Y", "Europe/Helsinki")
    assert [f"{moment:%d.%m. %H:%M}" for moment in found.to_pylist()] == [
        "01.07. 00:00",
        "01.07. 07:00",
        "01.01. 08:00",
    ]
    engine.close()


@pytest.mark.parametrize(
    ("text", "spelling", "grain", "expected"),
    [
        ("2026-W01", "week:yw", "week", "2025-12-29"),
        ("vk 53/2026", "week:wy", "week", "2026-12-28"), ("2025-W53", "week:yw", "week", None),
        ("2026-02", "month:ym", "month", "2026-02-01"), ("2/2026", "month:my", "month", "2026-02-01"),
        ("13/2026", "month:my", "month", None),
        ("maaliskuu 2026", "month:ny", "month", "2026-03-01"), ("marraskuu 2026", "month:ny", "month", "2026-11-01"),
        ("March 2026", "month:ny", "month", "2026-03-01"), ("maj 2026", "month:ny", "month", "2026-05-01"),
        ("Q3 2026", "quarter:qy", "quarter", "2026-07-01"), ("2026", "year", "year", "2026-01-01"),
        ("18.2.2026", "%d.%m.%Y", "week", "2026-02-16"),
    ],
)  # fmt: skip
def test_periods_begin_on_their_first_day(text, spelling, grain, expected):
    """ISO 8601: 2026 has 53 weeks, 2025 has 52, and week 1 of 2026 begins on 29 December 2025."""
    engine = Engine()
    found = engine.period_starts(pa.array([text]), spelling, grain)[0].as_py()
    assert (found and found.isoformat()) == expected
    engine.close()


def test_missing_codes_off_scale_answers_and_words_are_three_different_things(tmp_path):
    text = "Pvm;NPS\n1.1.2026;99\n1.1.2026;99,0\n1.1.2026;11\n1.1.2026;hyvä\n1.1.2026;0\n1.1.2026;EOS\n1.1.2026; 10 \n"
    batch = read_one(tmp_path, text, plan(replace(NPS, missing=("99",)), ColumnPlan("Pvm2", "ignore")))
    assert batch.rows["answer_nps"].to_pylist() == [0.0, 10.0]
    assert reasons(batch) == [
        (1, (("", "empty_answer", ""),)),
        (2, (("", "empty_answer", ""),)),
        (3, (("NPS", "off_scale", "11"),)),
        (4, (("NPS", "not_a_number", "hyvä"),)),
        (6, (("", "empty_answer", ""),)),
    ]


def test_a_rejected_row_says_all_that_is_wrong_with_it(tmp_path):
    text = "Pvm;NPS;Paino;Kanava\n32.1.2026;11;-1;" + "k" * 41 + "\n;5;;web\n"
    weight, channel = ColumnPlan("Paino", "weight"), ColumnPlan("Kanava", "channel")
    batch = read_one(tmp_path, text, plan(NPS, weight, channel))
    assert {code for _, code, _ in batch.rejected[0].reasons} == {"not_a_date", "off_scale", "not_a_weight", "too_long"}
    assert {code for _, code, _ in batch.rejected[1].reasons} == {"missing_date", "not_a_weight"}
    assert batch.rejected[0].raw == {"Pvm": "32.1.2026", "NPS": "11", "Paino": "-1", "Kanava": "k" * 41}
    assert all(code in REJECTION_CODES for row in batch.rejected for _, code, _ in row.reasons)


def test_blank_texts_are_a_declaration_that_can_be_taken_back(tmp_path):
    text = "Pvm;NPS;Kommentti\n1.1.2026;n/a;hyvä\n1.1.2026;8;-\n"
    columns = (NPS, ColumnPlan("Kommentti", "comment", question="k"))
    batch = read_one(tmp_path, text, plan(*columns))
    assert batch.rows["answer_nps"].to_pylist() == [None, 8.0]
    assert batch.comments["text"].to_pylist() == ["hyvä"]
    strict = read_one(tmp_path, text, plan(*columns, blank=[]))
    assert reasons(strict) == [(1, (("NPS", "not_a_number", "n/a"),))]
    assert strict.comments["text"].to_pylist() == ["-"]


def test_labels_are_read_as_their_codes_and_codes_shown_as_their_labels(tmp_path):
    text = "Pvm;Väite;Ryhmä\n1.1.2026;täysin samaa mieltä;1\n1.1.2026;2 - Eri mieltä;2\n1.1.2026;En osaa sanoa;9\n1.1.2026;3;1\n"
    score = ColumnPlan(
        "Väite",
        "score",
        question="v",
        low=1,
        high=5,
        labels={"5": "Täysin samaa mieltä", "9": "En osaa sanoa"},
        missing=("9",),
    )
    segment = ColumnPlan("Ryhmä", "segment", labels={"1": "Kotitalous", "2": "Yritys"})
    batch = read_one(tmp_path, text, plan(score, segment, blank=[]))
    assert batch.rows["answer_v"].to_pylist() == [5.0, 2.0, 3.0]
    assert batch.rows["segment"].to_pylist() == ["Kotitalous", "Yritys", "Kotitalous"]
    assert reasons(batch) == [(3, (("", "empty_answer", ""),))]


def test_equal_rows_are_told_apart_by_their_turn_in_the_file(tmp_path):
    """Two anonymous customers may say the same on the same day."""
    text = "Pvm;NPS\n1.1.2026;9\n1.1.2026;9\n2.1.2026;9\n1.1.2026;9\n"
    ids = read_one(tmp_path, text, plan(NPS)).rows["external_id"].to_pylist()
    assert [i.removeprefix(ids[0]) for i in (ids[0], ids[1], ids[3])] == ["", "-2", "-3"]
    reordered = (
        read_one(tmp_path, "NPS;tyhjä;PVM \n9;;2.1.2026\n9;;1.1.2026\n", plan(NPS)).rows["external_id"].to_pylist()
    )
    assert reordered == [ids[2], ids[0]]


def test_a_repeated_id_is_left_out_when_equal_and_rejected_when_not(tmp_path):
    text = "ID;Pvm;NPS\na;1.1.2026;9\na;1.1.2026;9\na;1.1.2026;3\nb;1.1.2026;11\nb;1.1.2026;1\n;1.1.2026;4\n"
    batch = read_one(tmp_path, text, plan(ColumnPlan("id", "external_id"), NPS))
    assert batch.rows["external_id"].to_pylist()[:2] == ["a", "b"]
    assert batch.rows["answer_nps"].to_pylist() == [9.0, 1.0, 4.0]
    assert batch.repeated == 1
    assert reasons(batch) == [(3, (("ID", "duplicate_in_file", "a"),)), (4, (("NPS", "off_scale", "11"),))]


def test_a_corrected_row_passes_the_same_checks_and_keeps_its_identity(tmp_path):
    text = "Pvm;NPS\n1.1.2026;9\n1.1.2026;90\n"
    used = plan(NPS)
    batch = read_one(tmp_path, text, used)
    (row,) = batch.rejected
    still = connectors.read_rows([row.raw], used, [row.external_id])
    assert still.rejected[0].reasons == row.reasons
    # Corrected to what another row says: without its own identity it would vanish into that row.
    mended = connectors.read_rows([{**row.raw, "NPS": "9"}], used, [row.external_id])
    assert mended.rows["answer_nps"].to_pylist() == [9.0]
    assert mended.rows["external_id"].to_pylist() == [row.external_id]
    assert row.external_id not in batch.rows["external_id"].to_pylist()


def test_columns_are_found_by_any_spelling_and_a_lost_one_is_named(tmp_path):
    assert read_one(tmp_path, "\ufeff PVM ;nps*\n1.1.2026;9\n", plan(NPS)).rows.num_rows == 1
    with pytest.raises(errors.MissingColumnError) as caught:
        read_one(tmp_path, "Pvm;NPS2\n1.1.2026;9\n", plan(NPS))
    assert (caught.value.context["column"], caught.value.context["suggestion"]) == ("NPS", "NPS2")


@pytest.mark.parametrize(
    "wrong",
    [
        plan(NPS, replace(NPS, column="toinen")),
        plan(ColumnPlan("a", "customer"), ColumnPlan("b", "customer")),
        plan(ColumnPlan("a", "pelle")),
        plan(NPS, shape="kuutio"),
        plan(NPS, default_date="eilen"),
    ],
)
def test_a_plan_that_contradicts_itself_is_an_error(wrong, tmp_path):
    with pytest.raises(errors.PlanError):
        read_one(tmp_path, "Pvm;NPS;toinen;a;b\n1.1.2026;9;8;;\n", wrong)


def test_weights_languages_and_perspectives(tmp_path):
    text = (
        "Pvm;NPS;Paino;Kieli;Kuka\n1.1.2026;9;0,5;Suomi;asiakas\n1.1.2026;9;1;sv-FI;henkilöstö\n1.1.2026;9;1;de;joku\n"
    )
    batch = read_one(
        tmp_path,
        text,
        plan(NPS, ColumnPlan("Paino", "weight"), ColumnPlan("Kieli", "language"), ColumnPlan("Kuka", "perspective")),
    )
    assert batch.rows.select(["weight", "language", "perspective"]).to_pylist() == [
        {"weight": 0.5, "language": "fi", "perspective": "customer"},
        {"weight": 1.0, "language": "sv", "perspective": "employee"},
    ]
    assert reasons(batch) == [(3, (("Kuka", "unknown_perspective", "joku"),))]


def test_long_rows_become_one_row_a_respondent(tmp_path):
    text = "id;kysymys;vastaus;Pvm\n1;NPS;9;1.1.2026\n2;NPS;0;2.1.2026\n1;Miksi;hyvä;1.1.2026\n"
    text += "1;Outo;x;1.1.2026\n2;NPS ;x;2.1.2026\n3;NPS;5;3.1.2026\n"
    questions = [NPS.to_dict(), ColumnPlan("Miksi", "comment", question="miksi").to_dict()]
    columns = (
        ColumnPlan("id", "external_id"),
        ColumnPlan("kysymys", "question"),
        ColumnPlan("vastaus", "answer"),
        WHEN,
    )
    batch = read_one(tmp_path, text, plan(*columns, shape="long", questions=questions))
    assert batch.rows.select(["external_id", "answer_nps"]).to_pylist() == [
        {"external_id": "1", "answer_nps": 9.0}, {"external_id": "3", "answer_nps": 5.0},
    ]  # fmt: skip
    assert batch.comments.to_pylist() == [{"external_id": "1", "question": "miksi", "text": "hyvä"}]
    assert reasons(batch) == [(2, (("NPS", "not_a_number", "x"),)), (4, (("kysymys", "unknown_question", "Outo"),))]


def test_series_events_and_outcomes_are_read_into_their_own_tables(tmp_path):
    series = plan(
        ColumnPlan("vk", "period", date_format="week:yw"), ColumnPlan("aika", "value"), ColumnPlan("kpl", "value"),
        ColumnPlan("piste", "touchpoint"),
        shape="observations", grain="week",
    )  # fmt: skip
    batch = read_one(
        tmp_path, "vk;piste;aika;kpl\n2026-W01;A;3,5;100\n2026-W02;A;;\n2026-W01;A;9;9\n2026-W60;A;1;1\n", series
    )
    assert batch.table == "observations"
    assert [(r["measure"], f"{r['period']}", r["value"]) for r in batch.rows.to_pylist()] == [
        ("aika", "2025-12-29", 3.5), ("kpl", "2025-12-29", 100.0),
    ]  # fmt: skip
    assert [code for row in batch.rejected for _, code, _ in row.reasons] == [
        "missing_value",
        "duplicate_in_file",
        "not_a_period",
    ]

    events = plan(
        ColumnPlan("kuka", "customer"),
        ColumnPlan("mikä", "kind"),
        WHEN,
        ColumnPlan("lisä", "attribute"),
        shape="events",
    )
    batch = read_one(tmp_path, "kuka;mikä;Pvm;lisä\n1;osto;1.1.2026;x\n1;;1.1.2026;\n", events)
    assert (batch.rows["kind"].to_pylist(), batch.rows["attributes"].to_pylist()) == (["osto"], ['{"lisä": "x"}'])
    assert [code for row in batch.rejected for _, code, _ in row.reasons] == ["missing_kind"]

    outcomes = plan(
        ColumnPlan("kuka", "customer"), ColumnPlan("kk", "period", date_format="month:my"), ColumnPlan("eur", "revenue"),
        ColumnPlan("lähti", "active"),
        shape="outcomes", grain="month", active_means="left",
    )  # fmt: skip
    batch = read_one(
        tmp_path, "kuka;kk;eur;lähti\n1;2/2026;1 000,50 €;ei\n2;2/2026;0;kyllä\n;2/2026;1;ehkä\n", outcomes
    )
    assert batch.rows.select(["revenue", "active"]).to_pylist() == [
        {"revenue": 1000.5, "active": True},
        {"revenue": 0.0, "active": False},
    ]
    assert {code for row in batch.rejected for _, code, _ in row.reasons} == {"missing_customer", "not_a_flag"}


@given(st.lists(st.lists(st.integers(0, 30), max_size=40), max_size=12))
def test_turns_count_every_earlier_occurrence(batches):
    seen, before = Seen(run_keys=25), []
    for keys in batches:
        turns = seen.occurrence(np.array(keys, dtype=np.uint64))
        for i, key in enumerate(keys):
            assert turns[i] == (before + keys[: i + 1]).count(key)
        before += keys
    seen.close()


def test_a_long_file_keeps_few_keys_in_memory_and_leaves_nothing_behind(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen = Seen(run_keys=100)
    for start in range(0, 1000, 50):
        assert (seen.occurrence(np.arange(start, start + 50, dtype=np.uint64)) == 1).all()
    assert (seen.occurrence(np.arange(1000, dtype=np.uint64)) == 2).all()
    assert sum(len(list(folder.iterdir())) for folder in tmp_path.iterdir()) == 11
    seen.close()
    assert list(tmp_path.iterdir()) == []
