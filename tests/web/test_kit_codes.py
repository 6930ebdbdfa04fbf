"""Every code of the library and of the services has words, and they say what they must."""

from __future__ import annotations

import pkgutil
import re
from importlib import import_module
from pathlib import Path

import pytest
from django.utils import translation

import kapula
import kapula_web
from kapula.errors import OffScaleError
from kapula_web.kit import codes
from kapula_web.kit.errors import worded, worded_error

SOURCE = Path(kapula_web.__file__).parent


def everything_imported() -> None:
    """Error classes and registrations exist once their modules are imported."""
    for package in (kapula, kapula_web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not re.search(r"\.(settings|wsgi|migrations)\b|__main__|spark", module.name):
                import_module(module.name)


@pytest.mark.parametrize("kind", sorted(codes.KNOWN))
def test_every_code_has_words(kind: str) -> None:
    everything_imported()
    known = codes.KNOWN[kind]()
    assert known, "a list of nothing proves nothing"
    assert known - codes.WORDS[kind].keys() == set()


def test_every_deed_in_the_log_has_words() -> None:
    texts = [path.read_text() for path in SOURCE.rglob("*.py")]
    deeds = {deed for text in texts for deed in re.findall(r'\baction="([a-z_]+\.[a-z_.]+)"', text)}
    assert "organisation.created" in deeds
    assert deeds - codes.WORDS["audit"].keys() == set()


@pytest.mark.parametrize("language", ["fi", "sv", "en"])
def test_an_error_says_what_where_and_how_to_mend_it(language: str) -> None:
    error = OffScaleError("x", column="NETPRO", scale="0–10", values={"11": 3}, count=3)
    with translation.override(language):
        text = worded_error(error)
    assert "NETPRO" in text
    assert "11 (3)" in text
    assert "{" not in text


def test_a_particular_that_is_not_known_is_a_dash_and_not_a_crash() -> None:
    with translation.override("fi"):
        assert codes.words("error", "unknown_column", {"column": "X"}) == (
            "Saraketta X ei ole. Tarkoititko saraketta –?"
        )


def test_braces_in_data_are_only_data() -> None:
    assert codes.fill("{column}", {"column": "{column.__class__}"}) == "{column.__class__}"


def test_an_error_of_another_version_still_says_something() -> None:
    with translation.override("fi"):
        assert worded("no_such_code", {}) == "Jokin meni vikaan. Yritä uudelleen."
