"""The model as a YAML file: the same model gives the same text, the text gives the same model, and mistakes have lines."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from insights_data import a_model_measure

from kapula_cli.main import main
from kapula_web.accounts.models import Organisation, User
from kapula_web.insights import modelfile
from kapula_web.insights.errors import ModelFileError
from kapula_web.insights.models import ModelMeasure
from kapula_web.insights.selectors import live_measures

SignIn = Callable[[User], Client]
FILE = "/o/aurinko/model/file/"
ONE = """kapula-model: 1
areas:
  experience:
    - code: recommend
      name: Suosittelu
      measure: nps
      columns: [nps]
"""


def text_of(organisation: Organisation) -> str:
    return modelfile.write(modelfile.entries_of(organisation))


@pytest.fixture
def rich(aurinko: Organisation, anna: User) -> Organisation:
    """Every field filled, three levels deep, in two areas."""
    top = a_model_measure(
        aurinko, owner=anna.memberships.get(), reviewed_at=date(2026, 11, 1), options={"promoter_min": 8},
        filters={"touchpoint": ["phone", "chat"]}, weight="weight", cluster="customer", higher_is_better=True,
        names={"fi": "Suosittelu: “näin” – 100 %", "en": "yes"}, unit_label="°", owner_role="Johtaja", target=30.5,
    )  # fmt: skip
    middle = a_model_measure(aurinko, code="middle", parent=top, target=None, headline=False)
    a_model_measure(aurinko, code="leaf", parent=middle, measure="expectation_gap", columns=["a", "b"])
    a_model_measure(
        aurinko, code="queue", area="business", table="observations", columns=["value"], series="queue", measure="mean"
    )
    return aurinko


def test_a_round_trip_changes_nothing(rich: Organisation) -> None:
    text = text_of(rich)
    entries = modelfile.read(text, rich)
    assert modelfile.changes(rich, entries) == []
    assert modelfile.write(entries) == text
    modelfile.apply(organisation=rich, actor=None, entries=entries)
    assert text_of(rich) == text


def test_a_file_makes_the_same_model_elsewhere(rich: Organisation, strand: Organisation) -> None:
    text = re.sub(r" *owner: anna@.*\n", "", text_of(rich))
    modelfile.apply(organisation=strand, actor=None, entries=modelfile.read(text, strand))
    assert text_of(strand) == text


def test_what_the_file_does_not_hold_is_archived_and_comes_back_with_it(rich: Organisation) -> None:
    text = text_of(rich)
    found = modelfile.apply(organisation=rich, actor=None, entries=modelfile.read(ONE, rich))
    assert {(one.kind, one.code) for one in found} == {
        ("changed", "recommend"), ("archived", "middle"), ("archived", "leaf"), ("archived", "queue"),
    }  # fmt: skip
    assert [one.code for one in live_measures(rich)] == ["recommend"]
    modelfile.apply(organisation=rich, actor=None, entries=modelfile.read(text, rich))
    assert text_of(rich) == text
    assert ModelMeasure.objects.filter(organisation=rich).count() == 4


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("kapula-model: 1\nareas: [", 2, "not_yaml"),
        ("just words", 1, "version"),
        ("kapula-model: 2\nareas: {}", 1, "version"),
        ("areas: {}", 1, "version"),
        ("kapula-model: 1", 1, "missing_key"),
        ("kapula-model: 1\nareas:\n  elsewhere: []", 3, "unknown_key"),
        ("kapula-model: 1\nareas:\n  brand: x", 3, "not_a_list"),
        (ONE.replace("measure: nps", "measure: npx"), 6, "not_allowed"),
        (ONE.replace("columns: [nps]", "columns: [nps, x]"), 7, "column_count"),
        (ONE.replace("columns: [nps]", "columns: nps"), 7, "not_a_list"),
        (ONE.replace("code: recommend", "code: Recommend!"), 4, "not_a_code"),
        (ONE + "      target: much\n", 8, "not_a_number"),
        (ONE + "      target: true\n", 8, "not_a_number"),
        (ONE + "      headline: maybe\n", 8, "not_a_truth"),
        (ONE + "      reviewed: last week\n", 8, "not_a_date"),
        (ONE + "      owner: nobody@aurinko.example\n", 8, "unknown_owner"),
        (ONE + "      colour: blue\n", 8, "unknown_key"),
        (ONE + "      code: again\n", 8, "same_code"),
        (ONE + ONE.split("experience:\n")[1], 8, "same_code"),
        (ONE.replace("      name: Suosittelu\n", ""), 4, "missing_key"),
        (ONE.replace("name: Suosittelu", "name: {de: Empfehlung}"), 5, "not_allowed"),
    ],
)
def test_every_mistake_is_told_with_its_line(aurinko: Organisation, text: str, line: int, code: str) -> None:
    with pytest.raises(ModelFileError) as caught:
        modelfile.read(text, aurinko)
    assert (line, code) in [(problem["line"], problem["code"]) for problem in caught.value.problems]


def test_all_mistakes_are_told_at_once(aurinko: Organisation) -> None:
    text = ONE.replace("measure: nps", "measure: npx") + "      target: much\n"
    with pytest.raises(ModelFileError) as caught:
        modelfile.read(text, aurinko)
    assert [problem["line"] for problem in caught.value.problems] == [6, 8]


def test_the_page_shows_what_would_change_before_anything_does(
    aurinko: Organisation, anna: User, signed_in: SignIn
) -> None:
    client = signed_in(anna)
    seen = client.post(FILE, {"text": ONE})
    assert "uusi" in seen.content.decode()
    assert not ModelMeasure.objects.exists()
    client.post(FILE, {"text": ONE, "yes": "1"})
    assert [one.code for one in live_measures(aurinko)] == ["recommend"]


def test_the_page_tells_the_lines_in_words(aurinko: Organisation, anna: User, signed_in: SignIn) -> None:
    response = signed_in(anna).post(FILE, {"text": ONE.replace("measure: nps", "measure: npx")})
    assert response.status_code == 422
    text = response.content.decode()
    assert "Rivi 6: Arvo ei ole sallittu." in text
    assert "csat_top_box" in text


def test_the_download_is_the_file(rich: Organisation, rauno: User, signed_in: SignIn) -> None:
    response = signed_in(rauno).get("/o/aurinko/model.yaml")
    assert response.content.decode() == text_of(rich)


def test_the_command_line_exports_and_imports(
    rich: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "model.yaml"
    assert main(["model", "export", str(file), "--organisation", "aurinko"]) == 0
    assert file.read_text(encoding="utf-8") == text_of(rich)
    capsys.readouterr()
    file.write_text(ONE, encoding="utf-8")
    assert main(["model", "import", str(file), "--organisation", "aurinko", "--dry-run", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["dry_run"] is True
    assert len(told["changes"]) == 4
    assert len(live_measures(rich)) == 4
    assert main(["model", "import", str(file)]) == 0
    assert [one.code for one in live_measures(rich)] == ["recommend"]


def test_the_command_line_tells_mistakes_and_changes_nothing(
    rich: Organisation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "model.yaml"
    file.write_text(ONE.replace("measure: nps", "measure: npx"), encoding="utf-8")
    assert main(["model", "import", str(file)]) == 2
    assert "Line 6" in capsys.readouterr().err
    assert len(live_measures(rich)) == 4
