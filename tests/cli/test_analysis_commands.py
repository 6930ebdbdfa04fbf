"""``kapula <analysis> FILE … --json`` prints exactly what the library's function gives; without it a text people can read."""

from __future__ import annotations

import json

import pyarrow.parquet as pq
import pytest

from kapula.analyses import registry
from kapula_cli.main import main

each = pytest.mark.parametrize("name", registry.names())


@pytest.fixture
def kapula(capsys, tmp_path):
    """Runs an analysis's command on its example; gives exit code, standard output and standard error."""

    def run(name, *more, rows=None):
        example = registry.get(name).example()
        path = tmp_path / f"{name}.parquet"
        pq.write_table(example.table.slice(0, rows), path)
        try:
            code = main([name.replace("_", "-"), str(path), *example.command, *more])
        except SystemExit as stop:
            code = stop.code
        told = capsys.readouterr()
        return code, told.out, told.err

    return run


@each
def test_json_is_the_librarys_answer(kapula, name):
    example = registry.get(name).example()
    code, out, err = kapula(name, "--json")
    expected = registry.get(name).run(example.table, **example.keywords).to_dict()
    assert (code, err) == (0, "")
    assert json.loads(out) == json.loads(json.dumps(expected, allow_nan=False))


@each
def test_text_says_how_many(kapula, name):
    code, out, _err = kapula(name)
    n = (
        registry.get(name)
        .run(registry.get(name).example().table, **registry.get(name).example().keywords)
        .to_dict()["n"]
    )
    assert code == 0
    assert len(out.splitlines()) > 1
    assert f"{n:,}" in out or str(n) in out


@each
def test_too_little_data_is_told_and_never_a_traceback(kapula, name):
    code, out, err = kapula(name, "--json", rows=2)
    assert code in (0, 2)
    found = json.loads(out or err)
    assert found.get("verdict") == "not_enough" or found["error"]["hint"]


def test_times_taken_for_years_name_the_option_for_their_unit(capsys, tmp_path):
    path = tmp_path / "waves.csv"
    rows = [f"{wave},{speed},{speed + (wave * 7 + speed) % 3}" for wave in range(1, 13) for speed in (1, 2, 3, 4, 5, 2)]
    path.write_text("\n".join(["wave,speed,score", *rows]), encoding="utf-8")
    asked = ["expectations", str(path), "--score", "score", "--performance", "speed", "--time", "wave"]
    assert main(asked) == 0
    assert (
        "unit_assumed: Times are plain numbers and were taken for years: say the unit (--unit)"
        in capsys.readouterr().out
    )
    assert main([*asked, "--unit", "month"]) == 0
    assert "unit_assumed" not in capsys.readouterr().out
