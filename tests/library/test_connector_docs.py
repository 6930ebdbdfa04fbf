"""docs/connectors.md says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from connector_files import csv_file

from kapula import connectors
from kapula.connectors import errors
from kapula.connectors.contract import NOTE_CODES, SHAPES
from kapula.errors import SourceError

DOC = (Path(__file__).resolve().parents[2] / "docs" / "connectors.md").read_text(encoding="utf-8")


def test_every_connector_shape_and_error_stands_in_the_docs():
    codes = [
        kind.code
        for kind in vars(errors).values()
        if isinstance(kind, type) and issubclass(kind, SourceError) and kind is not SourceError
    ]
    assert len(codes) == 13
    for word in (*connectors.names(), *SHAPES, *codes, *NOTE_CODES):
        assert f"`{word}`" in DOC, word


def test_the_example_runs(tmp_path, monkeypatch, capsys):
    (code,) = re.findall(r"```python\n(.*?)```", DOC, re.DOTALL)
    csv_file(tmp_path)
    monkeypatch.chdir(tmp_path)
    found: dict[str, object] = {}
    exec(code, found)
    assert found["batch"].rows.num_rows == found["table"].num_rows == 24
