"""The law between the packages, and the library's freedom from Django."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def canonical(name: str) -> str:
    """A distribution's name as PyPA's normalisation has it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_the_import_law_holds():
    pytest.importorskip("importlinter")
    found = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()"],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert found.returncode == 0, found.stdout[-3000:] + found.stderr
    assert "2 kept, 0 broken" in found.stdout


IMPORT_ALL = """
import importlib, pkgutil, sys

class NoDjango:
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {"django", "kapula_web", "kapula_cli"}:
            raise ModuleNotFoundError(f"the library asked for {name}")

sys.meta_path.insert(0, NoDjango())
import kapula
names = [module.name for module in pkgutil.walk_packages(kapula.__path__, "kapula.")]
for name in names:
    importlib.import_module(name)
for name in kapula.__all__:
    getattr(kapula, name)
print(len(names))
"""


def test_every_module_of_the_library_imports_without_django():
    found = subprocess.run([sys.executable, "-c", IMPORT_ALL], cwd=ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stderr[-3000:]
    assert int(found.stdout) > 30


def pinned(lock: str) -> set[str]:
    """The names a lock file pins; each must carry its hashes."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    blocks = re.findall(r"^([A-Za-z0-9._-]+)==\S+(.*?)(?=^[A-Za-z0-9._-]+==|\Z)", text, re.MULTILINE | re.DOTALL)
    assert [name for name, rest in blocks if "--hash=sha256:" not in rest] == []
    return {canonical(name) for name, _ in blocks}


def names_of(requirements: list[str]) -> set[str]:
    return {canonical(re.split(r"[\\[<>=!~; ]", requirement)[0]) for requirement in requirements}


def test_every_direct_dependency_is_locked_with_its_hashes():
    project = PROJECT["project"]
    wanted = names_of(project["dependencies"]) | names_of(project["optional-dependencies"]["web"])
    assert wanted - pinned("requirements.lock") == set()
    assert names_of(PROJECT["dependency-groups"]["dev"]) - pinned("requirements-dev.lock") == set()
    assert names_of(PROJECT["dependency-groups"]["slow"]) - pinned("requirements-slow.lock") == set()


def test_what_the_library_alone_needs_is_not_in_the_web_part():
    """Someone who installs ``kapula`` for analysis gets no web framework."""
    assert "django" not in names_of(PROJECT["project"]["dependencies"])
    assert "django" in names_of(PROJECT["project"]["optional-dependencies"]["web"])
