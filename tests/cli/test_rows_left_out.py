"""Every command that reads a file says which of its rows it had to leave out."""

from __future__ import annotations

import json

import pytest

from kapula_cli.main import main

ROWS = "pvm;NPS;hinta;laatu\n" + "".join(f"{1 + i % 28}.3.2026;{i % 11};{1 + i % 5};{1 + i % 4}\n" for i in range(60))
BROKEN = ROWS + "1.4.2026;9\n" + "2.4.2026;9;3;4;5\n" * 7
COMMANDS = {
    "measure": ["--measure", "nps", "--column", "NPS"],
    "trend": ["--measure", "nps", "--column", "NPS", "--time", "pvm", "--period", "week"],
    "drivers": ["--outcome", "NPS", "--drivers", "hinta,laatu", "--n-boot", "0"],
}


def run(capsys, tmp_path, name, contents, *more):
    path = tmp_path / "kysely.csv"
    path.write_text(contents, encoding="utf-8")
    try:
        code = main([name, str(path), *COMMANDS[name], "--json", *more])
    except SystemExit as stop:
        code = stop.code
    told = capsys.readouterr()
    return code, told.out, told.err


@pytest.mark.parametrize("name", ["measure", "trend", "drivers"])
def test_they_are_told_on_standard_error_and_the_answer_stands(name, capsys, tmp_path):
    code, out, err = run(capsys, tmp_path, name, BROKEN)
    whole = run(capsys, tmp_path, name, ROWS)
    assert (code, json.loads(out)) == (0, json.loads(whole[1]))
    assert whole[2] == ""
    assert err.startswith(
        "8 rows of kysely.csv were left out: line 62 has 2 fields, the header 4; lines 63, 64, 65, 66, 67 …"
    )
    assert "have 5 fields, the header 4." in err
    assert "quotation marks" in err


def test_those_beyond_the_first_are_counted(capsys, tmp_path):
    _, _, err = run(capsys, tmp_path, "measure", ROWS + "9;9\n" * 90)
    assert err.startswith("90 rows of kysely.csv were left out")
    assert "and 70 more" in err


def test_a_second_file_tells_of_its_own(capsys, tmp_path):
    from kapula_cli.source import open_file

    path = tmp_path / "toinen.csv"
    path.write_text(BROKEN, encoding="utf-8")
    assert open_file(str(path)).count().to_pyarrow().as_py() == 60
    assert "8 rows of toinen.csv were left out" in capsys.readouterr().err


def test_a_mark_given_back_in_the_last_of_many_columns_is_told(capsys, tmp_path):
    text = 'pvm;NPS;teksti\n1.3.2026;9;"auki\n2.3.2026;8;5" putki\n3.3.2026;7;ok\n'
    path = tmp_path / "kysely.csv"
    path.write_text(text, encoding="utf-8")
    assert main(["measure", str(path), *COMMANDS["measure"], "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["rows"][0]["n"] == 3
    assert "quotation mark that is never closed" in told.err
