"""The frame of the command line: registration, start-up, streams, and the help that the docs embed."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kapula.schema import PERIODS
from kapula_cli import arguments, output, text
from kapula_cli.help import DOC, document
from kapula_cli.main import build_parser, command_names, load, main

ROOT = Path(__file__).resolve().parents[2]


def run(*given, **settings):
    return subprocess.run([sys.executable, *given], cwd=ROOT, capture_output=True, text=True, check=False, **settings)


@pytest.mark.parametrize("name", command_names())
def test_every_command_keeps_the_contract(name):
    module = load(name)
    assert name == module.NAME
    assert module.HELP
    assert "\n" not in module.HELP
    assert callable(module.run)
    assert build_parser([module]).format_help()


def test_the_measuring_commands_are_there():
    wanted = {"measure", "measures", "compare", "trend", "bench"}
    assert wanted & set(command_names()) == wanted


def test_help_needs_none_of_the_heavy_libraries():
    """What makes start-up slow is imports, and those can be counted without a clock."""
    told = run(
        "-c",
        "import sys; from kapula_cli.main import main\ntry: main(['--help'])\nexcept SystemExit: pass\nprint(sorted(sys.modules))",
    )
    loaded = told.stdout.splitlines()[-1]
    assert "kapula_cli.commands.measure" in loaded
    for heavy in ("pyarrow", "numpy", "pandas", "ibis", "duckdb", "django", "scipy"):
        assert f"'{heavy}'" not in loaded


def test_python_m_works_and_usage_errors_are_code_2():
    told = run("-m", "kapula_cli", "measure", "--json")
    assert (told.returncode, told.stdout) == (2, "")
    assert json.loads(told.stderr)["error"]["code"] == "usage"
    told = run("-m", "kapula_cli", "nosuch")
    assert told.returncode == 2
    assert "nosuch" in told.stderr


LEAVING = """
import subprocess, sys
command = subprocess.Popen(
    [sys.executable, "-m", "kapula_cli", "measures"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
)
command.stdout.close()
print(command.stderr.read().decode(), command.wait())
"""


def test_a_reader_that_leaves_is_no_error():
    assert run("-c", LEAVING).stdout.split() == ["0"]


def test_a_terminal_without_utf_8_still_gets_its_table():
    told = run("-m", "kapula_cli", "measures", env={"PYTHONIOENCODING": "ascii", "PATH": ""})
    assert told.returncode == 0, told.stderr
    assert "\\u2500" in told.stdout


def test_an_interruption_is_130(monkeypatch, capsys):
    def interrupted(args):
        raise KeyboardInterrupt

    monkeypatch.setattr(load("measures"), "run", interrupted)
    assert main(["measures"]) == 130
    assert capsys.readouterr().out == ""


def test_json_never_holds_what_json_has_not(capsys):
    output.as_json(True)
    with pytest.raises(ValueError, match="JSON"):
        output.answer({"value": float("nan")}, "")
    output.as_json(False)
    assert capsys.readouterr().out == ""


def test_periods_are_those_of_the_schema():
    assert arguments.PERIODS == PERIODS


@pytest.mark.parametrize(
    ("value", "unit", "shown"),
    [
        (39.84, "points", "39.8"),
        (0.4567, "share", "45.7 %"),
        (3.456, "scale", "3.46"),
        (12345.6, "raw", "12 346"),
        (None, "points", "–"),
    ],
)
def test_figures_are_shown_in_their_unit(value, unit, shown):
    assert text.number(value, unit) == shown


def test_the_docs_embed_the_real_help():
    """Regenerate with: python -m kapula_cli.help"""
    assert DOC.read_text(encoding="utf-8") == document(DOC.read_text(encoding="utf-8"))


def test_the_docs_tell_of_every_command():
    written = DOC.read_text(encoding="utf-8")
    assert [name for name in command_names() if f"### kapula {name}\n" not in written] == []
