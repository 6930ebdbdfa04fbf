"""``kapula import`` takes a file in by the same steps as the page, and speaks JSON to programs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
SURVEY = "Vastaustunnus;Päivä;Suosittelu;Palaute\n" + "".join(
    f"A{i};{1 + i % 28}.3.2026;{i % 11};Palaute numero {i}\n" for i in range(40)
)
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """An installation of its own with the organisation Aurinko; ``installed("import", …)`` runs a command in it."""
    folder = tmp_path_factory.mktemp("installation")
    environment = os.environ | {
        "KAPULA_DATA_DIR": str(folder),
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "kapula_web.settings",
    }
    environment.pop("DATABASE_URL", None)

    def run(*given: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", *given], cwd=folder, env=environment, capture_output=True, text=True, check=False
        )

    (folder / "make.py").write_text(
        "import django; django.setup()\n"
        "from django.core.management import call_command; call_command('migrate', verbosity=0)\n"
        "from kapula_web.accounts.models import Organisation; Organisation.objects.create(name='Aurinko', slug='aurinko')\n"
    )
    made = run("make")
    assert made.returncode == 0, made.stderr
    (folder / "kysely.csv").write_text(SURVEY, encoding="utf-8")
    return lambda *given: run("kapula_cli", *given)


def imported(installed: Run, *more: str) -> subprocess.CompletedProcess[str]:
    return installed("import", "kysely.csv", "--organisation", "aurinko", "--source", "kysely", "--json", *more)


@pytest.mark.slow
def test_a_file_comes_in_once(installed: Run, tmp_path: Path) -> None:
    tried = imported(installed, "--dry-run")
    assert tried.returncode == 0, tried.stderr
    look = json.loads(tried.stdout)
    assert (look["accepted"], look["rejected"], look["dry_run"]) == (40, 0, True)

    first = imported(installed, "--yes")
    assert first.returncode == 0, first.stderr
    assert json.loads(first.stdout)["import"]["added"] == 40
    again = json.loads(imported(installed, "--yes").stdout)["import"]
    assert (again["added"], again["unchanged"]) == (0, 40)

    plan = look["plan"]
    score = next(column for column in plan["columns"] if column["role"] == "score")
    score["high"] = 9
    changed = tmp_path / "plan.yaml"
    changed.write_text(yaml.safe_dump(plan, allow_unicode=True), encoding="utf-8")
    by_plan = json.loads(imported(installed, "--dry-run", "--plan", str(changed)).stdout)
    assert by_plan["reasons"] == {"off_scale": sum(i % 11 == 10 for i in range(40))}


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("import", "ei-ole.csv", "--organisation", "aurinko", "--source", "x"), "unreadable"),
        (("import", "kysely.csv", "--organisation", "muu", "--source", "x", "--yes"), "parameter"),
        (("import", "kysely.csv", "--organisation", "aurinko", "--source", "x"), "parameter"),
    ],
)
def test_what_cannot_be_done_is_told_as_json_on_standard_error(
    installed: Run, given: tuple[str, ...], code: str
) -> None:
    told = installed(*given, "--json")
    assert told.returncode == 2
    assert told.stdout == ""
    assert json.loads(told.stderr.splitlines()[-1])["error"]["code"] == code
