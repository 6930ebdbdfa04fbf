"""Aims in YAML: read as declared, and every fault told with its place, its line and how to mend it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kapula.analyses.intended import load, parse
from kapula.errors import ParameterError, SourceError

WHOLE = """
aims:
  - name: clear_invoice
    pillar: Me aina kerromme selvästi
    applies: {touchpoint: invoice}
    rules:
      - {column: answer_ease, op: ">=", value: 4}
      - {column: theme_unclear, op: absent, blank: no}
    combine: all
    good: {column: answer_nps, op: ">=", value: 9}
    target: 0.7
"""


def test_a_whole_aim(tmp_path: Path) -> None:
    path = tmp_path / "aims.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    (aim,) = load(path)
    assert (aim.name, aim.pillar, aim.target) == ("clear_invoice", "Me aina kerromme selvästi", 0.7)
    assert aim.applies == {"touchpoint": ("invoice",)}
    assert [(rule.column, rule.op, rule.value, rule.blank) for rule in aim.rules] == [
        ("answer_ease", ">=", 4, "unknown"),
        ("theme_unclear", "absent", None, "no"),
    ]
    assert parse(WHOLE) == (aim,)


@pytest.mark.parametrize(
    ("old", "new", "where", "line"),
    [
        ("op: absent", "op: away", "aims[0].rules[1].op", 8),
        ("value: 4", "value: four", "aims[0].rules[0].value", 7),
        ("column: answer_ease", "column:", "aims[0].rules[0].column", 7),
        ("combine: all", "combine: most", "aims[0].combine", 9),
        ("combine: all", "combine: at_least", "aims[0].needed", 3),
        ("combine: all", "combine: all\n    needed: 2", "aims[0].needed", 10),
        ("combine: all", "combine: weighted\n    needed: 70", "aims[0].needed", 10),
        ("target: 0.7", "target: 70", "aims[0].target", 11),
        ("target: 0.7", "goal: 0.7", "aims[0].goal", 11),
        ("blank: no", "blank: maybe", "aims[0].rules[1].blank", 8),
        ("name: clear_invoice", "name:", "aims[0].name", 3),
        ("applies: {touchpoint: invoice}", "applies: invoice", "aims[0].applies", 5),
        ("value: 9}", "value: 9, weight: -1}", "aims[0].good.weight", 10),
    ],
)
def test_a_fault_is_told_with_its_place_and_line(old: str, new: str, where: str, line: int) -> None:
    with pytest.raises(ParameterError) as error:
        parse(WHOLE.replace(old, new, 1))
    assert error.value.context["parameter"] == where
    assert error.value.context["line"] == line
    assert error.value.hint


def test_a_misspelled_key_is_offered_the_right_one() -> None:
    with pytest.raises(ParameterError, match="Did you mean 'target'"):
        parse(WHOLE.replace("target:", "taget:"))


@pytest.mark.parametrize("text", ["", "aims:", "aims: []", "aims: [x]", "- name: a", "rules: []", "aims: {name: a}"])
def test_what_holds_no_aims_is_refused(text: str) -> None:
    with pytest.raises(ParameterError) as error:
        parse(text)
    assert error.value.hint


def test_two_aims_of_one_name_and_a_key_given_twice() -> None:
    with pytest.raises(ParameterError, match=r"aims\[1\]\.name"):
        parse(WHOLE + WHOLE.split("aims:\n")[1])
    with pytest.raises(ParameterError) as error:
        parse(WHOLE + "    target: 0.8\n")
    assert error.value.context["line"] == 12


def test_what_is_no_yaml_or_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError) as error:
        parse("aims:\n  - {name: a")
    assert error.value.context["line"] >= 2
    with pytest.raises(SourceError):
        load(tmp_path / "nowhere.yaml")
