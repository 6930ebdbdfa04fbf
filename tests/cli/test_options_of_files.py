"""What is said of a file and of a setting that does not fit it: an answer warns, or the command is refused in words."""

from __future__ import annotations

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from test_hostile_inputs import COMMANDS, file

from kapula_cli import arguments
from kapula_cli.commands.linkage import whole_numbers
from kapula_cli.main import main

MEAN = ["--measure", "mean", "--column", "y"]
RENAMED = "a.csv has columns of one name; the later ones are called b (2).\n"


def ask(capsys, *given):
    try:
        code = main([str(one) for one in given])
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr()
    return code, told.out, told.err


class TestColumnsOfOneName:
    @pytest.mark.parametrize("name", ["drivers", "prune", "expectations", "linkage", "accounts"])
    def test_the_answer_warns_in_json_and_in_text(self, name, capsys, tmp_path):
        path = file(tmp_path, head="y,a,b,b,t")
        given = [{"g": "b (2)"}.get(one, one) for one in COMMANDS[name]]
        code, out, err = ask(capsys, name, path, *given, "--json")
        assert (code, err) == (0, RENAMED)
        assert json.loads(out)["warnings"][0] == "columns_renamed"
        assert "columns_renamed: The file has columns of one name" in ask(capsys, name, path, *given)[1]

    @pytest.mark.parametrize("folder", [False, True])
    @pytest.mark.parametrize("name", ["drivers", "measure"])
    def test_a_parquet_file_is_told_of_as_any_other(self, name, folder, capsys, tmp_path):
        made = tmp_path / "a"
        made.mkdir()
        columns = {
            "y": [i % 11 for i in range(90)],
            "a": [1 + i % 5 for i in range(90)],
            "b": [1 + i % 4 for i in range(90)],
        }
        table = pa.Table.from_arrays([*map(pa.array, columns.values()), pa.array([7] * 90)], names=[*columns, "b"])
        pq.write_table(table, made / "a.parquet")
        path, called = (made, "a") if folder else (made / "a.parquet", "a.parquet")
        given = {"drivers": COMMANDS["drivers"], "measure": ["--measure", "mean", "--column", "b (2)"]}[name]
        code, out, err = ask(capsys, name, path, *given, "--json")
        assert (code, err) == (0, f"{called} has columns of one name; the later ones are called b (2).\n")
        assert "columns_renamed" in json.loads(out)["warnings"]
        if name == "measure":
            assert json.loads(out)["rows"][0]["value"] == 7

    def test_other_files_do_not(self, capsys, tmp_path):
        """Nor does a command that comes after one that did."""
        ask(capsys, "measure", file(tmp_path, head="y,a,b,b,t"), *MEAN, "--json")
        code, out, err = ask(capsys, "measure", file(tmp_path), *MEAN, "--json")
        assert (code, json.loads(out)["warnings"], err) == (0, [], "")

    def test_a_second_file_counts_as_well(self, capsys, tmp_path):
        series = tmp_path / "series.csv"
        series.write_text("measure,period,value,value\n" + "".join(f"q,2026-0{1 + k},{k},{k}\n" for k in range(6)))
        _, out, _ = ask(capsys, "health", file(tmp_path), "--questions", "a,b", "--series", series, "--json")
        assert "columns_renamed" in json.loads(out)["warnings"]


class TestWhatAFileHasNoUseFor:
    @pytest.mark.parametrize(
        ("given", "message", "hint"),
        [
            (["--sheet", "X"], "a.csv has no sheet 'X': it is a text file, not a workbook.", "Leave the sheet out"),
            (
                ["--table", "X"],
                "a.csv is no database, and --table has no use.",
                "a workbook's sheet is named with --sheet",
            ),
            (["--query", "SELECT 1"], "a.csv is no database, and --query has no use.", "Leave --query out."),
            (["--query", "SELECT 1", "--table", "X"], "--table and --query were both given.", "Give one of them."),
        ],
    )
    @pytest.mark.parametrize("name", ["drivers", "accounts"])
    def test_an_option_is_not_passed_over(self, name, given, message, hint, capsys, tmp_path):
        code, out, err = ask(capsys, name, file(tmp_path), *COMMANDS[name], *given)
        assert (code, out) == (2, "")
        assert message in err
        assert hint in err

    def test_a_database_has_no_sheets_and_its_password_is_not_shown(self, capsys):
        code, _, err = ask(capsys, "measure", "postgresql://me:secret@127.0.0.1:1/db", *MEAN, "--sheet", "X")
        assert (code, "has no sheet 'X'" in err, "secret" in err) == (2, True, False)

    def test_a_query_of_a_database_that_is_not_there_opens_no_new_one(self, capsys, tmp_path):
        code, _, err = ask(capsys, "measure", tmp_path / "no.duckdb", *MEAN, "--query", "SELECT 1 AS y")
        assert code == 2
        assert "There is no file or folder" in err


class TestAnOptionThatWouldChangeNothing:
    """It is refused with what it is for, and how to mend the command."""

    @pytest.mark.parametrize(
        ("when", "holds"),
        [
            (lambda i: f"2026-0{1 + i % 6}-{1 + i % 28:02}", "dates"),
            (lambda i: f"2026-0{1 + i % 6}", "names of months"),
            (lambda i: f"20260{1 + i % 6}", "months written as numbers"),
        ],
    )
    def test_a_unit_of_times_that_are_no_plain_numbers(self, when, holds, capsys, tmp_path):
        path = file(tmp_path, t=when)
        given = ["expectations", path, *COMMANDS["expectations"], "--json"]
        code, out, err = ask(capsys, *given, "--unit", "week")
        error = json.loads(err)["error"]
        assert (code, out, error["context"]) == (2, "", {"parameter": "unit", "value": "week"})
        assert error["message"] == (
            f"The times in 't' are {holds}, and a unit has no use: it is how long a step of a plain number is."
        )
        assert error["hint"] == "Leave the unit out; the grain is what chooses the periods of dates."
        assert ask(capsys, *given)[0] == 0

    def test_a_grain_of_plain_numbers(self, capsys, tmp_path):
        path = file(tmp_path, t=lambda i: 1 + i % 9)
        given = ["expectations", path, *COMMANDS["expectations"], "--json"]
        code, out, err = ask(capsys, *given, "--grain", "month")
        error = json.loads(err)["error"]
        assert (code, out, error["context"]) == (2, "", {"parameter": "grain", "value": "month"})
        assert error["hint"] == "Leave the grain out; the unit is how long a step of a number is."
        assert ask(capsys, *given, "--unit", "month")[0] == 0

    @pytest.mark.parametrize("method", [["--method", "lmg"], ["--method", "johnson"], []])
    def test_cuts_of_a_method_that_makes_none(self, method, capsys, tmp_path):
        given = ["drivers", file(tmp_path), *COMMANDS["drivers"], "--json", "--cut", "2", "4"]
        code, out, err = ask(capsys, *given, *method)
        error = json.loads(err)["error"]
        assert (code, out, error["context"]["parameter"]) == (2, "", "cuts")
        assert error["message"].startswith(f"{[*method, 'lmg'][1 if method else 0]} has no use for cuts")
        assert error["hint"] == "Leave the cuts out, or use penalty_reward."
        assert ask(capsys, *given, "--method", "penalty_reward")[0] == 0


class TestATextFileNamedAsAWorkbook:
    def test_a_table_in_it_is_read_and_told(self, capsys, tmp_path):
        path = file(tmp_path).rename(tmp_path / "a.xlsx")
        code, _, err = ask(capsys, "measure", path, *MEAN)
        assert code == 0
        assert err.startswith("a.xlsx is a text file, not a workbook, and is read as one. Name it .csv")

    def test_what_is_no_table_is_called_what_it_is(self, capsys, tmp_path):
        (tmp_path / "a.xlsx").write_text("hello\n")
        code, _, err = ask(capsys, "measure", tmp_path / "a.xlsx", *MEAN)
        assert code == 2
        assert "kapula: a.xlsx is a text file, not a workbook, and cannot be read as a table." in err
        assert "Name it .csv if it is a table of text, or export the workbook again." in err

    def test_a_sheet_of_it_is_refused_with_what_to_do(self, capsys, tmp_path):
        path = file(tmp_path).rename(tmp_path / "a.xlsx")
        code, _, err = ask(capsys, "measure", path, *MEAN, "--sheet", "X")
        assert code == 2
        assert err == (
            "kapula: a.xlsx has no sheet 'X': it is a text file, not a workbook.\n"
            "Leave the sheet out. Name it .csv if it is a table of text, or export the workbook again.\n"
        )


MINIMUM = {
    "measure": MEAN,
    "compare": [*MEAN, "--between", "A", "B", "--on", "g"],
    "trend": [*MEAN, "--time", "t"],
    "intended": ["--aims", "[{name: n, rules: [{column: y, op: '>=', value: 7}]}]"],
    "memory": ["--customer", "g", "--time", "t", "--moment", "g", "--score", "a", "--remembered", "y"],
    "noticed": ["--mention", "y", "--team", "g", "--time", "t", "--rollout", "t"],
    "contact-reasons": ["--reason", "g", "--effort", "a", "--emotion", "b", "--resolved", "y"],
    "shares": ["--labels", "g"],
    **{name: COMMANDS[name] for name in ("decompose", "expectations", "linkage")},
}


@pytest.mark.parametrize("name", MINIMUM)
def test_a_minimum_below_zero_is_refused(name, capsys, tmp_path):
    code, out, err = ask(capsys, name, file(tmp_path), *MINIMUM[name], "--minimum-n", "-3", "--json")
    assert (code, out) == (2, "")
    assert json.loads(err)["error"]["context"] == {"parameter": "minimum_n", "value": -3}


def test_a_designed_moment_that_is_not_there_is_warned_of(capsys, tmp_path):
    given = [*MINIMUM["memory"], "--designed", "A, zz"]
    code, out, err = ask(capsys, "memory", file(tmp_path), *given)
    assert (code, err) == (0, "")
    assert "look for a mistyped name. (zz)" in out
    told = json.loads(ask(capsys, "memory", file(tmp_path), *given, "--json")[1])
    assert "designed_unknown" in told["warnings"]
    assert told["method"]["designed_unknown"] == ["zz"]


def test_a_measures_plain_name_is_answered_with_its_own(capsys, tmp_path):
    given = ["--column", "a", "--segment", "g", "--time", "t", "--from", "2026-01/2026-03", "--to", "2026-04/2026-06"]
    code, out, _ = ask(capsys, "decompose", file(tmp_path), "--measure", "csat", *given, "--json")
    assert (code, json.loads(out)["measure"]) == (0, "csat_top_box")
    assert (
        "csat_top_box"
        in ask(capsys, "measure", file(tmp_path), "--measure", "csat", "--column", "a")[1].splitlines()[0]
    )
    listed = {one["name"]: one["aliases"] for one in json.loads(ask(capsys, "measures", "--json")[1])["measures"]}
    assert {name: aliases for name, aliases in listed.items() if aliases} == {"ces7": ["ces"], "csat_top_box": ["csat"]}


@pytest.mark.parametrize(
    ("given", "names"),
    [
        ("a,b", ["a", "b"]),
        (" a ,, b,", ["a", "b"]),
        ('"price, quality",speed', ["price, quality", "speed"]),
        (None, []),
        ("", []),
    ],
)
def test_names_in_a_row(given, names):
    assert arguments.several(given) == names


@pytest.mark.parametrize("name", ["linkage", "health"])
def test_a_comma_too_many_names_no_column(name, capsys, tmp_path):
    given = ["a,,b," if one == "a,b" else one for one in COMMANDS[name]]
    assert ask(capsys, name, file(tmp_path), *given)[0] == 0


@pytest.mark.parametrize("given", ["5-2", "0-99999999999"])
def test_lags_that_end_before_they_begin_or_never_are_refused(given):
    from kapula.errors import ParameterError

    assert whole_numbers("0-2,5") == (0, 1, 2, 5)
    with pytest.raises(ParameterError, match=f"{given} are no lags"):
        whole_numbers(given)


@pytest.mark.parametrize(
    ("blank", "more", "said"),
    [({"t": lambda i: ""}, [], "No row with a time to follow. Set aside: no_period 90.\n"),
     ({}, ["--filter", "g=Z"], "No row with a time to follow.\n")],
)  # fmt: skip
def test_a_trend_of_nothing_says_so(blank, more, said, capsys, tmp_path):
    assert ask(capsys, "trend", file(tmp_path, **blank), *MINIMUM["trend"], *more) == (0, said, "")


@pytest.mark.parametrize("name", ["linkage", "accounts"])
def test_too_little_data_says_why(name, capsys, tmp_path):
    code, out, _ = ask(capsys, name, file(tmp_path, y=lambda i: 5), *COMMANDS[name])
    assert code == 0
    assert "not_enough" in out
    assert "zero_variance: All answers are the same." in out


def test_true_and_false_of_a_text_file_are_read_as_such(capsys, tmp_path):
    path = file(tmp_path, y=lambda i: "TRUE" if i % 3 else "FALSE")
    code, out, _ = ask(capsys, "measure", path, "--measure", "fcr", "--column", "y", "--json")
    assert (code, json.loads(out)["rows"][0]["value"]) == (0, pytest.approx(2 / 3))
    assert json.loads(ask(capsys, "measure", path, *MEAN, "--filter", "y=true", "--json")[1])["rows"][0]["n"] == 60
    details = tmp_path / "firms.csv"
    details.write_text("g,active\nA,true\nB,true\nC,false\n")
    given = ["--account", "g", "--score", "a", "--details", details, "--active", "active", "--json"]
    assert json.loads(ask(capsys, "accounts", path, *given)[1])["n"] == 2
