"""Writing comments for the corpus and reading them again: what is wrong is told, what two readers see is kept."""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

TOOLS = Path(__file__).resolve().parents[2] / "tools" / "corpus"
LINE = (
    "Mies tuli tunnin myöhässä, mutta Jarilta löytyi vika heti || mixed 2 none "
    "|| delivery_reliability- tunnin myöhässä ;; staff_competence+ löytyi vika heti || r=t name={Jarilta} kinds={colloquial}"
)


@pytest.fixture(scope="module")
def compact() -> ModuleType:
    sys.path.insert(0, str(TOOLS))
    return import_module("compact")


@pytest.fixture(scope="module")
def second(compact: ModuleType) -> ModuleType:
    return import_module("second")


def test_a_line_becomes_a_comment_of_the_corpus(compact: ModuleType) -> None:
    made = compact.comment(LINE, "fi", "home_services")
    assert made["sentiment"] == "mixed"
    assert made["resolved"] is True
    assert [theme["code"] for theme in made["themes"]] == ["delivery_reliability", "staff_competence"]
    assert made["dimensions"] == ["effectiveness"]
    assert made["pii"] == [{"type": "name", "quote": "Jarilta"}]
    assert made["kinds"] == ["colloquial", "mixed"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("Hyvä", "1 parts"),
        ("Hyvä || good 2 none || -", "no sentiment"),
        ("Hyvä || positive 2 none || politeness+ Hyvä", "is not one"),
        ("Hyvä || positive 2 none || resolution+ Huono", "not in the text"),
        ("Hyvä || positive 2 none || - || name={Jari}", "not in the text"),
        ("Hyvä || positive 2 none || - || angry", "flag"),
    ],
)
def test_what_is_wrong_is_told(compact: ModuleType, line: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        compact.comment(line, "fi", "other")


def test_nothing_is_written_when_a_line_is_wrong(compact: ModuleType, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(f"# domain other\n{LINE}\nHyvä\n", encoding="utf-8")
    with pytest.raises(SystemExit, match=r"a\.txt:3"):
        compact.main(tmp_path / "a.txt", tmp_path / "a.jsonl")
    assert not (tmp_path / "a.jsonl").exists()


def test_a_theme_only_one_reader_saw_is_kept_as_perhaps(compact: ModuleType, second: ModuleType) -> None:
    line = compact.comment(LINE, "fi", "other")
    read = second.Read("mixed", {"delivery_reliability": "negative", "resolution": "positive"})
    told = second.ruled(line, read, [])
    assert [theme["code"] for theme in told["themes"]] == ["delivery_reliability"]
    assert told["perhaps"] == ["staff_competence", "resolution"]


def test_rulings_keep_drop_and_add(compact: ModuleType, second: ModuleType) -> None:
    line = compact.comment(LINE, "fi", "other") | {"intensity": 0}
    read = second.Read("negative", {"delivery_reliability": "negative", "resolution": "positive"})
    rulings = ["keep staff_competence", "add resolution+ löytyi vika heti", "r=n", "sentiment=positive"]
    told = second.ruled(line, read, rulings)
    assert [theme["code"] for theme in told["themes"]] == ["delivery_reliability", "staff_competence", "resolution"]
    assert "perhaps" not in told
    assert "resolved" not in told
    assert told["sentiment"] == "positive"
    assert told["intensity"] == 0


def test_agreement_is_counted_before_rulings(compact: ModuleType, second: ModuleType) -> None:
    line = compact.comment(LINE, "fi", "other")
    same = second.Read("mixed", {"delivery_reliability": "negative"})
    assert second.agreement([(line, same)]) == "1 read; sentiment 100.0%, kappa 1.00; themes F1 0.67"
    assert second.differences(line, same) == ["only the author: staff_competence+ «löytyi vika heti»"]


def test_an_id_tells_nothing_and_the_lines_keep_their_order(
    compact: ModuleType, second: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ("Hyvä", "Ihan ok", "Huono", "Surkea")
    lines = [compact.comment(f"{text} || neutral 0 none || -", "fi", "other") for text in texts]
    monkeypatch.setattr(second.corpus, "raw", lambda batch: iter(lines))
    monkeypatch.setattr(second, "HOME", tmp_path)
    second.share(["q01"], tmp_path)
    todo = dict(line.split("\t") for line in (tmp_path / "todo").read_text(encoding="utf-8").splitlines())
    assert set(todo.values()) == set(texts)
    assert not {name.partition(":")[2] for name in todo} & set("0123")
    (tmp_path / "read").write_text("".join(f"{name} negative none\n" for name in todo), encoding="utf-8")
    bad = next(name for name, text in todo.items() if text == "Huono")
    (tmp_path / "mend").write_text(f"{bad} sentiment=negative\n", encoding="utf-8")
    second.settle(tmp_path)
    kept = [json.loads(line) for line in (tmp_path / "q01.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["text"] for line in kept] == list(texts)
    assert [line["sentiment"] for line in kept] == ["neutral", "neutral", "negative", "neutral"]


def test_a_comment_there_twice_is_told_before_it_is_lost(
    compact: ModuleType, second: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [compact.comment(f"{text} || neutral 0 none || -", "fi", "other") for text in ("Hyvä", "Huono", "Hyvä")]
    monkeypatch.setattr(second.corpus, "raw", lambda batch: iter(lines))
    with pytest.raises(SystemExit, match="q01: there twice: Hyvä"):
        second.share(["q01"], tmp_path)
    assert not (tmp_path / "todo").exists()
