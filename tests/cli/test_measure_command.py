"""``kapula measure``, ``compare``, ``trend`` and ``measures``: figures from files, as text and as JSON."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3

import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet
import pytest

from kapula_cli.main import main

SCORES = [10, 9, 9, 8, 7, 3, 0, 11]  # 3 promoters, 2 detractors of 7 answers; 11 is a blank
NPS = 100 * (3 - 2) / 7


def answers():
    days = [dt.date(2026, 1, 5) + dt.timedelta(days=3 * place) for place in range(8)]
    return pa.table({"NETPRO": SCORES, "Channel": ["web"] * 4 + ["phone"] * 4, "Day": days, "w": [1.0, 2.0] * 4})


@pytest.fixture
def csv(tmp_path):
    path = tmp_path / "answers.csv"
    pa.csv.write_csv(answers(), path)
    return str(path)


@pytest.fixture
def kapula(capsys):
    """Runs a command; gives exit code, standard output and standard error."""

    def run(*arguments):
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


def nps(*more):
    return ("--measure", "nps", "--column", "NETPRO", "--missing", "11", *more)


@pytest.mark.parametrize(("more", "value"), [((), 39.8), (("--weight", "WEIGHT"), 40.4)])
def test_sfo_2017(kapula, shared, more, value):
    """San Francisco Airport's survey of 2017: NPS 39.8 unweighted, 40.4 weighted, n = 2,746 (11 is a blank)."""
    code, out, err = kapula("measure", shared / "data/sfo/2017_SFO_Customer_Survey.csv", *nps("--json", *more))
    told = json.loads(out)
    assert (code, err, told["measure"]) == (0, "", "nps")
    (row,) = told["rows"]
    assert row["value"] == pytest.approx(value, abs=0.05)
    assert row["n"] == 2746
    assert row["low"] < row["value"] < row["high"]


def as_parquet(path):
    pa.parquet.write_table(answers(), path)


def as_semicolons(path):
    """As Finnish companies have it: semicolons, cp1252, a stray space and another case in the header."""
    rows = [f"{score};{channel}" for score, channel in zip(SCORES, answers()["Channel"].to_pylist(), strict=True)]
    path.write_bytes("\r\n".join([" NetPro ;Kohtaamispiste ä", *rows, ""]).encode("cp1252"))


def as_excel(path):
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet().write_column(0, 0, ["NETPRO", *SCORES])


def as_spss(path):
    import pandas
    import pyreadstat

    pyreadstat.write_sav(pandas.DataFrame({"NETPRO": [float(score) for score in SCORES]}), str(path))


@pytest.mark.parametrize(
    ("name", "write"),
    [("a.parquet", as_parquet), ("a.csv", as_semicolons), ("a.xlsx", as_excel), ("a.sav", as_spss)],
)
def test_every_kind_of_file_gives_the_same_figure(kapula, tmp_path, name, write):
    write(tmp_path / name)
    code, out, err = kapula("measure", tmp_path / name, *nps("--json"))
    assert code == 0, err
    (row,) = json.loads(out)["rows"]
    assert (row["value"], row["n"]) == (pytest.approx(NPS), 7)


@pytest.mark.parametrize(
    "arguments",
    [("#answers",), ("", "--table", "answers"), ("", "--query", "SELECT NETPRO FROM answers")],
)
def test_a_database_by_its_url(kapula, tmp_path, arguments):
    path = tmp_path / "survey.sqlite"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE answers (NETPRO integer)")
        database.execute("CREATE TABLE others (x integer)")
        database.executemany("INSERT INTO answers VALUES (?)", [(score,) for score in SCORES])
    database.close()
    tail, *more = arguments
    code, out, err = kapula("measure", f"sqlite:///{path}{tail}", *nps("--json", *more))
    assert code == 0, err
    assert json.loads(out)["rows"][0]["value"] == pytest.approx(NPS)


def test_groups_filters_and_periods(kapula, csv):
    code, out, _ = kapula("measure", csv, *nps("--json", "--by", "channel", "--time", "day", "--period", "month"))
    rows = json.loads(out)["rows"]
    assert code == 0
    assert [(row["by"], row["period"], row["n"]) for row in rows] == [("phone", "2026-01", 3), ("web", "2026-01", 4)]
    code, out, _ = kapula("measure", csv, *nps("--json", "--filter", "Channel=web", "--filter", "NETPRO=10"))
    assert [row["n"] for row in json.loads(out)["rows"]] == [1]


def test_the_text_shows_n_and_interval(kapula, csv):
    code, out, err = kapula("measure", csv, *nps("--by", "Channel"))
    head, line, phone, web, *rest = out.splitlines()
    assert (code, err) == (0, "")
    assert head.split() == ["group", "nps", "95", "%", "interval", "n"]
    assert set(line) == {"─", " "}
    assert phone.split()[0] == "phone"
    assert web.split()[:2] == ["web", "75.0"]
    assert web.split()[-1] == "4"
    assert "Set aside: no_answer 1." in rest


def test_withheld_figures_show_a_dash_and_say_why(kapula, csv):
    _, out, _ = kapula("measure", csv, *nps("--by", "Channel", "--minimum-n", "4"))
    assert "75.0" not in out
    assert "suppressed: Fewer answers than the minimum" in out


def test_answers_off_the_scale_are_an_error_that_names_them(kapula, csv):
    code, out, err = kapula("measure", csv, "--measure", "nps", "--column", "NETPRO")
    assert (code, out) == (2, "")
    assert "11 (1)" in err


def test_with_json_errors_go_to_standard_error_as_json_and_nothing_to_standard_output(kapula, csv):
    code, out, err = kapula("measure", csv, "--measure", "nps", "--column", "NETPRO", "--json")
    told = json.loads(err)["error"]
    assert (code, out) == (2, "")
    assert told["code"] == "off_scale"
    assert told["context"]["column"] == "NETPRO"
    assert told["hint"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("--measure", "npss", "--column", "NETPRO"), "unknown_measure"),
        (("--measure", "nps", "--column", "NETPR"), "unknown_column"),
        (("--measure", "nps", "--column", "Channel"), "column_type"),
        (("--measure", "nps", "--column", "NETPRO", "--filter", "web"), "parameter"),
        (("--measure", "nps", "--column", "NETPRO", "--option", "top=9"), "parameter"),
        (("--measure", "nps", "--column", "NETPRO", "--period", "week"), "parameter"),
        (("--column", "NETPRO"), "usage"),
        (("--measure", "nps", "--period", "fortnight"), "usage"),
    ],
)
def test_every_mistake_has_its_code(kapula, csv, arguments, code):
    exit_code, out, err = kapula("measure", csv, *arguments, "--json")
    assert (exit_code, out) == (2, "")
    assert json.loads(err)["error"]["code"] == code


def test_a_missing_file_is_an_input_error(kapula, tmp_path):
    code, out, err = kapula("measure", tmp_path / "none.csv", *nps())
    assert (code, out) == (2, "")
    assert "none.csv" in err


def test_declared_measures_and_options(kapula, csv, tmp_path):
    declared = tmp_path / "own.yaml"
    declared.write_text(
        "- {name: own, family: points, scale: [0, 10], options: {promoter_min: 10}}\n", encoding="utf-8"
    )
    code, out, _ = kapula(
        "measure", csv, "--declared", declared, "--measure", "own", "--column", "NETPRO", "--missing", "11", "--json"
    )
    assert code == 0
    assert json.loads(out)["rows"][0]["value"] == pytest.approx(100 * (1 - 2) / 7)
    code, _, err = kapula("measure", csv, "--declared", declared, "--measure", "other", "--column", "NETPRO")
    assert code == 2
    assert "own" in err
    code, out, _ = kapula("measure", csv, *nps("--json", "--option", "promoter_min=10"))
    assert json.loads(out)["rows"][0]["value"] == pytest.approx(100 * (1 - 2) / 7)


def test_compare_says_whether_the_difference_is_sure(kapula, csv):
    arguments = ("compare", csv, *nps("--between", "phone", "web", "--on", "Channel"))
    code, out, _ = kapula(*arguments, "--json")
    told = json.loads(out)
    assert code == 0
    assert told["value"] == pytest.approx(75 - (-200 / 3))
    assert told["low"] < told["value"] < told["high"]
    assert "-66.7 (n 3)" in kapula(*arguments)[1]


def test_trend_has_every_week_and_its_limits(kapula, tmp_path):
    path = tmp_path / "weeks.csv"
    days = [dt.date(2026, 1, 5) + dt.timedelta(weeks=week) for week in range(20) for _ in range(12)]
    pa.csv.write_csv(pa.table({"score": [10, 9, 8, 7, 6, 5] * 40, "day": days}), path)
    arguments = ("trend", path, "--measure", "nps", "--column", "score", "--time", "day", "--as-of", "2026-06-01")
    code, out, err = kapula(*arguments, "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert [row["period"] for row in told["rows"]][:2] == ["2026-W02", "2026-W03"]
    assert told["series"][0]["rows"][0]["limit_low"] < 0 < told["series"][0]["rows"][0]["limit_high"]
    text = kapula(*arguments)[1]
    assert "control limits" in text
    assert "Last full period against the one before: 0.0" in text


def test_the_measures_are_listed_with_scale_and_unit(kapula):
    code, out, _ = kapula("measures", "--json")
    told = {measure["name"]: measure for measure in json.loads(out)["measures"]}
    assert code == 0
    assert told["nps"]["unit"] == "points"
    assert (told["nps"]["scale"]["low"], told["nps"]["scale"]["high"]) == (0, 10)
    assert any(line.split()[:3] == ["nps", "0…10", "points"] for line in kapula("measures")[1].splitlines())
