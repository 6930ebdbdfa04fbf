"""A class that a template names has a style, or a script that looks for it: a name without either is a button that looks like none."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

WEB = Path(__file__).resolve().parents[2] / "src" / "kapula_web"
TEMPLATES = sorted(WEB.rglob("templates/**/*.html"))
STYLED = {
    name for path in WEB.rglob("*.css") for name in re.findall(r"\.([a-zA-Z][\w-]*)", path.read_text(encoding="utf-8"))
}
SCRIPTS = "\n".join(path.read_text(encoding="utf-8") for path in WEB.rglob("static/**/*.js"))


def classes(text: str) -> set[str]:
    """The whole names in its class attributes; those that a value completes ("status-{{ kind }}") are the value's own matter."""
    found: set[str] = set()
    plain = re.sub(r"\{%.*?%\}", " ", text, flags=re.DOTALL)
    for told in re.findall(r'class="([^"]*)"', plain):
        found |= {one for one in re.sub(r"[^\s{]*\{\{.*?\}\}\S*", " ", told).split() if re.fullmatch(r"[\w-]+", one)}
    return found


def test_the_names_are_found() -> None:
    told = '<p class="small {% if x %}warn{% endif %} tone-{{ y }} last">'
    assert classes(told) == {"small", "warn", "last"}
    assert len(STYLED) > 100


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_every_class_has_a_style_or_a_script(path: Path) -> None:
    named = classes(path.read_text(encoding="utf-8"))
    assert {one for one in named - STYLED if not re.search(rf"[\"'. ]{one}\b", SCRIPTS)} == set()
