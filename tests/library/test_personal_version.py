"""The version of the rules of personal data rises with them: what was found by older rules is looked for again only then."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

import kapula.text.personal
from kapula.text import reading
from kapula.text.personal import version
from kapula.text.personal.names import voikko
from kapula.text.personal.rules import RULES

FOLDER = Path(kapula.text.personal.__file__).parent
KNOWN = (1, "d9e64b130aa88f7e")
"""The version, and the digest of the rules it stands for."""


def decides() -> str:
    """A digest of what decides: the code and the lists of words."""
    found = hashlib.sha256()
    for file in sorted(FOLDER.rglob("*")):
        name = file.relative_to(FOLDER).as_posix()
        if file.suffix in (".py", ".txt") and name not in ("rules.py", "__init__.py"):
            found.update(f"{name}\n{file.read_text()}\n".encode())
    return found.hexdigest()[:16]


def test_the_version_rises_when_the_rules_change() -> None:
    assert (RULES, decides()) == KNOWN, (
        "What finds personal data has changed. If it finds anything otherwise, raise RULES in kapula/text/personal/rules.py, so that "
        "stored comments are read again; then write the new pair here."
    )


def test_comments_are_read_again_when_it_rises_or_voikko_comes(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = {reading.version()}
    monkeypatch.setattr("kapula.text.personal.rules.RULES", RULES + 1)
    seen.add(reading.version())
    there = voikko.installed() is not None
    monkeypatch.setattr(voikko, "installed", lambda: None if there else object())
    seen.add(reading.version())
    assert len(seen) == 3
    assert version() in reading.version().split("-")


@pytest.mark.parametrize("made_by", ["careful-90084a0d-1ba60ebac1a2", "2-careful-90084a0d-1v-a683096011db"])
def test_what_was_read_by_one_model_is_known_whatever_the_rules_were(made_by: str) -> None:
    assert reading.model_of(made_by) == "careful-90084a0d"
    assert reading.model_of(reading.version()) in reading.version()
    assert {reading.model_of(one) for one in ("fast-90084a0d-1", "hand-1", "")} == {"fast-90084a0d", "hand-1", ""}
