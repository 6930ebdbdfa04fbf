"""``kapula shares`` and ``kapula topics``: the library's answers, as JSON and as a text."""

from __future__ import annotations

import json

import numpy as np
import pytest

from kapula.text import reading
from kapula.text.shares import ErrorRates, shares
from kapula_cli.main import main

GOOD = ErrorRates(80, 20, 10, 190)


@pytest.fixture
def answers(tmp_path):
    rows = [f"{'price' if place % 3 == 0 else ''};2026-0{1 + place % 2}-05;{'ab'[place % 2]}" for place in range(120)]
    path = tmp_path / "answers.csv"
    path.write_text("\n".join(["themes;day;team", *rows]), encoding="utf-8")
    return path


def run(capsys, *arguments):
    code = main([str(one) for one in arguments])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_shares_are_the_librarys(capsys, answers, tmp_path):
    errors = tmp_path / "errors.json"
    errors.write_text(json.dumps({"price": GOOD.to_dict()}), encoding="utf-8")
    code, out, _ = run(capsys, "shares", answers, "--labels", "themes", "--by", "team", "--errors", errors, "--json")
    expected = shares(str(answers), "themes", by="team", errors={"price": GOOD}).to_dict()
    assert code == 0
    assert json.loads(out) == json.loads(json.dumps(expected))


def test_shares_over_time_as_a_text(capsys, answers):
    code, out, _ = run(capsys, "shares", answers, "--labels", "themes", "--time", "day")
    assert code == 0
    assert "2026-02" in out
    assert "uncorrected" in out


def test_errors_that_cannot_be_read_are_said(capsys, answers, tmp_path):
    broken = tmp_path / "errors.json"
    broken.write_text("[1]", encoding="utf-8")
    code, out, err = run(capsys, "shares", answers, "--labels", "themes", "--errors", broken, "--json")
    assert (code, out) == (2, "")
    assert json.loads(err)["error"]["code"] == "source"


@pytest.fixture
def by_hand(monkeypatch):
    """A reader that sees no themes and embeds by the first letters: the command is tried, not the model."""

    def read(texts, codebook=None, languages=(), tier="careful"):
        return {"themes": Column([[] for _ in texts]), "language": Column(["fi" for _ in texts])}

    def embed(texts, tier="careful"):
        found = np.array([[ord(letter) for letter in text.ljust(8)[:8]] for text in texts], dtype=np.float32)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    monkeypatch.setattr(reading, "analyse", read)
    monkeypatch.setattr(reading, "embed", embed)


class Column:
    def __init__(self, values):
        self.values = values

    def to_pylist(self):
        return self.values


@pytest.mark.usefixtures("by_hand")
def test_topics_say_when_there_is_too_little(capsys, tmp_path):
    path = tmp_path / "comments.csv"
    path.write_text("comment;day\nPysäköinti maksaa;2026-01-05\nKahvi oli kylmää;2026-01-06\n", encoding="utf-8")
    code, out, _ = run(capsys, "topics", path, "--column", "comment", "--time", "day", "--json")
    told = json.loads(out)
    assert code == 0
    assert (told["verdict"], told["n"], told["needed_n"]) == ("not_enough", 2, 60)
    assert told["emerging"]["verdict"] == "not_enough"
    code, out, _ = run(capsys, "topics", path, "--column", "comment")
    assert code == 0
    assert "60 distinct ones needed" in out
