"""The docs of settings and roles say what the code does."""

from __future__ import annotations

import re
from pathlib import Path

from kapula_web.accounts.access import RIGHTS
from kapula_web.accounts.models import Role

ROOT = Path(__file__).resolve().parents[2]
VARIABLE = re.compile(r"\b(?:KAPULA_[A-Z_]*[A-Z]|DATABASE_URL)\b")


def test_every_setting_stands_in_the_docs_and_exists() -> None:
    code = "".join(path.read_text() for folder in ("src", "tests") for path in (ROOT / folder).rglob("*.py"))
    used = {name for name in VARIABLE.findall(code) if name != "KAPULA_OIDC"} | {
        "KAPULA_OIDC_CLIENT_ID",
        "KAPULA_OIDC_SECRET",
    }
    documented = set(re.findall(r"^\| `(\w+)` \|", (ROOT / "docs/settings.md").read_text(), re.M))
    assert used - documented == set()
    assert documented - used == set()


def test_the_table_of_rights_is_the_one_in_force() -> None:
    rows = re.findall(r"^\| `(\w+)` \|[^|]*\|(.*)\|$", (ROOT / "docs/roles.md").read_text(), re.M)
    roles = [Role.READER, Role.MEMBER, Role.TEAM_LEAD, Role.ANALYST, Role.OWNER]
    told = {
        right: {role for role, cell in zip(roles, cells.split("|"), strict=True) if "✓" in cell}
        for right, cells in rows
    }
    assert told == {right: set(holders) for right, holders in RIGHTS.items()}
